//! Taking a result along, in English.

use super::super::Handout;

pub const HANDOUT: Handout = Handout {
    result: "Result",
    title: "On my phone",
    how: "Point the camera of your phone at the square.",
    offers: "Your phone offers a contact: whom to call, with your result as a note. Nothing is sent.",
    holds: "In it: the result and the date. No name, and nothing that you answered.",
    holds_what_to_say: "In it: the result, the date, and what to say on the phone. No name.",
    private: "Whoever sees this screen can take it too.",
    no_room: "This window has no room for the square.",
    no_colours: "The square needs colours, which are off here.",
    instead: "Write this down, or take a picture of it:",
    close: "Esc back",
    button: "QR code",
};
