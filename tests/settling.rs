//! Laws of asking once more what was "not sure", over interviews drawn at random.

mod random;
mod support;

use std::sync::LazyLock;

use redflag::answers::Answer;
use redflag::encounter::{Said, Settling};
use redflag::interview::{Interview, Stage};
use redflag::library::builtin;
use redflag::questionnaire::{Audience, Questionnaire};
use redflag::report::{Format, Report};
use redflag::site::Site;
use support::{BACK_PAIN, SMALL, in_a_row};

use random::Dice;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

static SPINE_ALERT: LazyLock<Questionnaire> = LazyLock::new(|| {
    let built_in = builtin::find("spine-alert").expect("it is built in");
    built_in.questionnaire().expect("it is read")
});

/// Answers at random up to the offer, or to a result without one.
fn up_to_offer<'q>(questionnaire: &'q Questionnaire, audience: Audience, dice: &mut Dice) -> Interview<'q> {
    let mut interview = Interview::new(questionnaire, audience, TODAY);
    // Few signs and many doubts, so that doubts decide.
    let calm = !dice.one_in(4);
    loop {
        match *interview.stage() {
            Stage::Asking(question) => {
                let asked = &questionnaire.questions[question];
                let least = asked.least_concerning();
                let answer = match asked.limits() {
                    _ if asked.unsure && dice.one_in(5) => Some(Answer::UNSURE),
                    Some((min, _)) if calm && !asked.optional => {
                        Some(Answer::Number(min.max(30.0_f64.min(min + 30.0))))
                    }
                    _ if calm && asked.optional => None,
                    _ if calm && !least.is_empty() => Some(Answer::option(least.iter().next().expect("one"))),
                    _ => random::answer(asked, dice),
                };
                let scale = asked.scale().map(|(min, _)| Answer::Number(f64::from(min)));
                let answer = if calm && answer.as_ref().is_some_and(|it| !it.is_unsure()) {
                    scale.or(answer)
                } else {
                    answer
                };
                interview.answer(answer).expect("an answer that fits");
            }
            Stage::Alert { .. } => interview.go_on(),
            Stage::SettingAside { .. } | Stage::Lowering { .. } => interview.confirm(),
            _ => return interview,
        }
    }
}

fn each(rounds: usize, mut look: impl FnMut(Interview<'static>, &mut Dice)) -> usize {
    let mut dice = Dice::new(11);
    let mut offers = 0;
    for round in 0..rounds {
        let questionnaire: &'static Questionnaire = match round % 4 {
            0 => &SMALL,
            1 => &SPINE_ALERT,
            _ => &BACK_PAIN,
        };
        let audience = [Audience::Patient, Audience::Clinician][round / 2 % 2];
        let interview = up_to_offer(questionnaire, audience, &mut dice);
        if *interview.stage() == Stage::OfferSettling {
            offers += 1;
            look(interview, &mut dice);
        }
    }
    offers
}

#[test]
fn declining_changes_nothing_and_it_is_offered_once() {
    let offers = each(300, |mut interview, _| {
        let (sheet, level) = (interview.sheet().clone(), interview.assessment());
        interview.leave_unsettled();
        assert_eq!((interview.stage(), interview.sheet()), (&Stage::Summary, &sheet));
        assert_eq!(interview.assessment(), level);
        interview.review();
        interview.back();
        assert_eq!(interview.stage(), &Stage::Summary);
    });
    assert!(offers > 30, "{offers}");
}

/// What was ticked stays, only an explicit no lowers, and what is still unsure counts as before.
#[test]
fn settling_hides_nothing() {
    let mut lowered = 0;
    let offers = each(400, |mut interview, dice| {
        let questionnaire = interview.questionnaire();
        let before = interview.sheet().clone();
        let level = interview.assessment().level;
        // Some say "not sure" to all, some no to all, some anything.
        let manner = dice.below(3);
        interview.settle();
        for step in 0..400 {
            let say = |dice: &mut Dice| match manner {
                0 => 2,
                1 => 0,
                _ => dice.below(3),
            };
            match *interview.stage() {
                Stage::Settling { question, .. } => {
                    let said = [Answer::option(0), Answer::option(1), Answer::UNSURE][say(dice)].clone();
                    let ticked = interview.sheet().get(question).map(Answer::ticked).unwrap_or_default();
                    interview.answer(Some(said)).expect("fits");
                    let now = interview.sheet().get(question).map(Answer::ticked).unwrap_or_default();
                    assert!(ticked.without(now).is_empty(), "a tick was taken back");
                }
                Stage::Asking(question) => {
                    let asked = &questionnaire.questions[question];
                    let kept = interview.given().filter(|_| manner == 0);
                    let answer = match (kept, interview.is_once_more(), manner) {
                        (Some(kept), true, _) => Some(kept),
                        (_, true, 1) => Some(match asked.limits() {
                            Some((min, _)) => Answer::Number(min),
                            None => Answer::option(0),
                        }),
                        _ => random::answer(asked, dice),
                    };
                    interview.answer(answer).expect("fits");
                }
                Stage::Alert { .. } => interview.go_on(),
                Stage::SettingAside { .. } | Stage::Lowering { .. } => interview.confirm(),
                Stage::OfferSettling => panic!("it was offered twice"),
                Stage::Review => unreachable!("nobody opens it"),
                Stage::Summary => break,
            }
            assert!(step < 399, "it ends");
        }
        assert_eq!(interview.encounter().settling, Some(Settling::Done));
        let after = interview.assessment().level;
        let said =
            |wanted: &Said| interview.encounter().settled.iter().any(|it| it.said.as_ref() == Some(wanted));
        if manner == 0 {
            assert_eq!(interview.sheet(), &before, "still unsure is as before");
            assert_eq!(after, level);
        }
        if after > level {
            lowered += 1;
            let answered =
                interview.encounter().settled.iter().any(|it| matches!(it.said, Some(Said::Answer(_))));
            assert!(said(&Said::No) || answered, "only a no lowers");
        }
        for settled in &interview.encounter().settled {
            let was = settled.was.ticked();
            let now = interview.sheet().get(settled.question).map(Answer::ticked).unwrap_or_default();
            assert!(was.without(now).is_empty() || settled.option.is_none(), "a sign was hidden");
        }
        // It is told, kept, and gone on with.
        let report = Report::of_interview(&interview, &Site::default());
        let any_said = interview.encounter().settled.iter().any(|it| it.said.is_some());
        let is_live = |it: &redflag::encounter::Settled| interview.facts().is_asked(it.question);
        if any_said && interview.encounter().settled.iter().any(is_live) {
            assert!(!report.settled.is_empty());
            for format in [Format::Text, Format::Markdown, Format::Html] {
                let written = in_a_row(&format.write(&report));
                assert!(written.contains("Asked again"), "{written}");
            }
        }
        let resumed = Interview::from_json(questionnaire, &interview.to_json()).expect("an encounter");
        assert!(resumed.misfits.is_empty(), "{:?}", resumed.misfits);
        assert_eq!(resumed.interview.encounter(), interview.encounter());
    });
    assert!(offers > 40 && lowered > 10, "{offers} {lowered}");
}

/// Back and forth, kept and read at every page: the same as without.
#[test]
fn going_back_and_being_kept_change_nothing() {
    each(120, |mut interview, dice| {
        let questionnaire = interview.questionnaire();
        interview.settle();
        for _ in 0..60 {
            let resumed = Interview::from_json(questionnaire, &interview.to_json()).expect("an encounter");
            assert_eq!((resumed.interview.stage(), resumed.misfits.len()), (interview.stage(), 0));
            assert_eq!(resumed.interview.encounter(), interview.encounter());
            interview = resumed.interview;
            match *interview.stage() {
                Stage::Settling { .. } if dice.one_in(4) => {
                    let sheet = interview.sheet().clone();
                    interview.back();
                    assert_eq!(interview.sheet(), &sheet, "going back changes nothing");
                }
                Stage::Settling { .. } => {
                    let said = [Answer::option(0), Answer::option(1), Answer::UNSURE][dice.below(3)].clone();
                    interview.answer(Some(said)).expect("fits");
                }
                Stage::Asking(question) if dice.one_in(6) => {
                    interview.back();
                    let _ = question;
                }
                Stage::Asking(question) => {
                    let answer = random::answer(&questionnaire.questions[question], dice);
                    interview.answer(answer).expect("fits");
                }
                Stage::Alert { .. } if dice.one_in(2) => drop(interview.back()),
                Stage::Alert { .. } => interview.go_on(),
                Stage::SettingAside { .. } | Stage::Lowering { .. } if dice.one_in(2) => interview.decline(),
                Stage::SettingAside { .. } | Stage::Lowering { .. } => interview.confirm(),
                Stage::OfferSettling => interview.settle(),
                Stage::Review | Stage::Summary => break,
            }
        }
    });
}
