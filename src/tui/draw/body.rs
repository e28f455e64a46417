//! The shape of a body, from the front and from the back, at any size.

use crate::questionnaire::Region;

/// From which side the body is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Front,
    Back,
}

/// Half widths along the height of the body, which is 100 from the crown to the soles. The hands are widest apart, at
/// [`HALF_WIDTH`].
type Profile = [(f32, f32)];

/// How far the body reaches to either side.
pub const HALF_WIDTH: f32 = 47.0;

const TORSO: &Profile =
    &[(14.0, 12.0), (17.0, 24.0), (22.0, 23.0), (31.0, 22.0), (40.0, 18.0), (47.0, 22.0), (53.0, 24.0)];
/// The middle of an arm, and half its width.
const ARM: &Profile = &[(17.0, 28.0), (22.0, 30.0), (36.0, 34.0), (50.0, 40.0), (58.0, 41.0)];
const ARM_WIDTH: &Profile =
    &[(17.0, 4.0), (22.0, 6.0), (36.0, 5.0), (49.0, 4.0), (51.0, 5.5), (55.0, 5.5), (58.0, 3.5)];
/// The outer and the inner edge of a leg.
const LEG_OUTSIDE: &Profile =
    &[(53.0, 24.0), (62.0, 21.0), (70.0, 17.0), (82.0, 17.0), (93.0, 11.0), (95.0, 12.0), (100.0, 20.0)];
const LEG_INSIDE: &Profile = &[(53.0, 0.0), (57.0, 1.5), (70.0, 4.0), (93.0, 5.0), (100.0, 5.0)];

/// Where the height of a squat figure comes from: a trunk with room for its parts, and short legs.
const SQUAT: &Profile = &[
    (0.0, 0.0),
    (0.12, 12.0),
    (0.19, 17.0),
    (0.44, 40.0),
    (0.7, 57.0),
    (0.78, 70.0),
    (0.86, 77.0),
    (0.93, 95.0),
    (1.0, 100.0),
];

/// The value of a profile, straight between its points.
fn at(profile: &Profile, place: f32) -> f32 {
    let mut before = profile[0];
    for &next in profile {
        if place <= next.0 {
            let span = next.0 - before.0;
            let share = if span > 0.0 { (place - before.0) / span } else { 1.0 };
            return before.1 + (next.1 - before.1) * share.clamp(0.0, 1.0);
        }
        before = next;
    }
    before.1
}

/// The part of the body at a place in a picture: `x` from -1 at its left edge to 1 at its right, `y` from 0 at its top
/// to 1 at its bottom. A squat figure has shorter legs.
pub fn region_at(x: f32, y: f32, squat: bool, side: Side) -> Option<Region> {
    let y = if squat { at(SQUAT, y) } else { y * 100.0 };
    // Left and right are alike.
    let x = x.abs() * HALF_WIDTH;
    if (x / 13.0).powi(2) + ((y - 6.2) / 6.4).powi(2) <= 1.0 {
        return Some(Region::Head);
    }
    if 11.0 < y && y < 17.0 && x < 6.5 {
        return Some(Region::Neck);
    }
    let width = at(TORSO, y);
    let is_arm = (x - at(ARM, y)).abs() <= at(ARM_WIDTH, y);
    let below_shoulders = y >= 14.5 + (x - 6.0).max(0.0) * 0.15;
    if below_shoulders && y < 23.0 && x > 13.0 && (x <= width || is_arm) {
        return Some(Region::Shoulder);
    }
    if is_arm && (22.0..58.5).contains(&y) {
        return Some(if y < 50.0 { Region::Arm } else { Region::Hand });
    }
    if below_shoulders && y < 53.0 && x <= width {
        return Some(trunk(x / width, y, side));
    }
    let is_leg = (53.0..=100.0).contains(&y) && at(LEG_INSIDE, y) <= x && x <= at(LEG_OUTSIDE, y);
    is_leg.then(|| leg(x, y, side))
}

/// `across`: 0 in the middle, 1 at the edge.
fn trunk(across: f32, y: f32, side: Side) -> Region {
    match (side, y) {
        (Side::Back, ..30.0) => Region::UpperBack,
        (Side::Back, ..39.0) if across > 0.55 => Region::Ribs,
        (Side::Back, ..39.0) => Region::UpperBack,
        (Side::Back, ..48.0) => Region::LowBack,
        (Side::Back, _) if across > 0.68 => Region::Hip,
        (Side::Back, _) => Region::Buttock,
        (Side::Front, ..27.0) => Region::Chest,
        (Side::Front, ..40.0) if across > 0.5 => Region::Ribs,
        (Side::Front, ..31.0) => Region::Chest,
        (Side::Front, ..44.0) => Region::Belly,
        (Side::Front, ..49.0) => Region::Pelvis,
        (Side::Front, _) if across > 0.55 => Region::Hip,
        (Side::Front, _) => Region::Groin,
    }
}

fn leg(x: f32, y: f32, side: Side) -> Region {
    match (side, y) {
        (Side::Back, ..57.0) if x > 16.5 => Region::Hip,
        (Side::Back, ..57.0) => Region::Buttock,
        (Side::Front, ..57.0) if x > 13.0 => Region::Hip,
        (Side::Front, ..57.0) => Region::Groin,
        (_, ..70.0) => Region::Thigh,
        (_, ..77.0) => Region::Knee,
        (_, ..95.0) => Region::LowerLeg,
        _ => Region::Foot,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_on_the_body_seen_from_one_side_or_the_other() {
        for squat in [false, true] {
            for (name, wanted) in Region::NAMES {
                let places =
                    (0..200).flat_map(|y| (0..100).map(move |x| (x as f32 / 50.0 - 1.0, y as f32 / 200.0)));
                let is_there = places.into_iter().any(|(x, y)| {
                    [Side::Front, Side::Back].iter().any(|&side| region_at(x, y, squat, side) == Some(wanted))
                });
                assert!(is_there, "{name}, squat: {squat}");
            }
        }
    }

    #[test]
    fn the_body_reaches_from_the_crown_to_the_soles_and_is_the_same_on_both_sides() {
        for side in [Side::Front, Side::Back] {
            assert_eq!(region_at(0.0, 0.01, false, side), Some(Region::Head));
            assert_eq!(region_at(0.3, 0.99, false, side), Some(Region::Foot));
            for step in 0..100 {
                let (x, y) = (step as f32 / 100.0, (step * 7 % 100) as f32 / 100.0);
                assert_eq!(region_at(x, y, true, side), region_at(-x, y, true, side));
            }
        }
        assert_eq!(region_at(0.0, 0.3, false, Side::Front), Some(Region::Chest));
        assert_eq!(region_at(0.0, 0.3, false, Side::Back), Some(Region::UpperBack));
    }
}
