//! A kiosk in English.

use super::super::{Kiosk, Staff};

pub const KIOSK: Kiosk = Kiosk {
    touch_or_key: "Touch the screen or press any key",
    press: |key| format!("press {key}"),

    privacy: "Your answers stay in this machine only while you are here. Nothing is saved, and all of it is erased when \
              you finish or walk away.",
    privacy_desk: "Your answers stay in this machine only while you are here, and are erased when you finish or walk away. The \
                   desk sees them only if you choose that at the end.",
    start: "Start",
    other_language: "Back",

    still_there: "Are you still there?",
    erased_in: |seconds| match seconds {
        1 => "Your answers are erased in 1 second.".to_owned(),
        _ => format!("Your answers are erased in {seconds} seconds."),
    },
    result_erased_in: |seconds| match seconds {
        1 => "Your result is erased in 1 second.".to_owned(),
        _ => format!("Your result is erased in {seconds} seconds."),
    },
    call_first: "If you need help now and have not called yet, ask for staff.",
    stay: "I am still here",

    call_staff: "Call staff",
    calling: |ticket| format!("Calling staff. Your number here is {ticket}."),
    called: |ticket| format!("Staff are called. Your number here is {ticket}."),
    not_called: |ticket| {
        format!("The call did not go through. Go to the desk. Your number here is {ticket}.")
    },
    ask_desk: "Need help? Ask at the desk.",

    stop: "Stop and erase",
    stop_and_erase: "Stop. Erase my answers",
    back_to_result: "Back to the result",
    print_slip: "Print the result on a slip of paper",
    finish_and_erase: "Finish. Erase everything here",
    show_desk: "Show my answers to the desk",
    consent: "The staff here will see your answers and your result. They are kept for the clinic. Your name is not \
              with them: you get a number to say at the desk.",
    agree: "Yes, show them",
    disagree: "No, go back",
    handed_over: |ticket| format!("The desk has your answers. Say this number there: {ticket}"),
    handed_over_before: |ticket| format!("The desk has your answers already. Your number is {ticket}"),
    not_handed_over: "The desk's computer does not answer, so your answers stay here. Tell them at the desk, or take \
                      the slip with you.",
    printing: "Printing...",
    printed: "Printed. Take the slip with you: it holds health data.",
    not_printed: "The printer does not work. Write down what you need, or ask at the desk.",
    first_question: "This is the first question.",
    enter_at_alert: "Enter does nothing here. Press 0 when you have called, + for the other questions, or - if your \
                     answer was a mistake.",

    moment: "One moment.",
    out_of_order: "This screen is out of order. Ask at the desk.",

    staff: Staff {
        title: "For staff",
        type_pin: "Type the PIN, then Enter.",
        take: "OK",
        erase: "Erase",
        close: "Close",
        wrong: "That is not the PIN.",
        wait: |seconds| match seconds {
            1 => "No PIN is taken for 1 second.".to_owned(),
            _ => format!("No PIN is taken for {seconds} seconds."),
        },
        no_pin: "The site file has no PIN, so nobody gets in here. `redflag kiosk pin` makes one.",
        menu: "This person's answers are erased when you restart or leave.",
        restart: "Restart",
        leave: "Leave the kiosk",
        test_bell: "Test the bell",
        test_printer: "Test the printer",
        counts: "Counts",
        not_set: "The site file has no command for this.",
        trying: "Trying...",
        worked: "It worked.",
        failed: |why| format!("It failed: {why}."),
        test_slip: "This is a test of the printer.",

        since: |day| format!("Since {day}"),
        started: "Started",
        finished: "Finished",
        stopped: "Stopped",
        walked_away: "Walked away",
        ended_by_staff: "Ended by staff",
        crashed: "Crashes",
        calls: "Staff called",
        failed_calls: "Calls that failed",
        left_at: "Left at",
        levels: "Results",

        not_started: |why| format!("it could not be started: {why}"),
        status: |status| format!("it ended with status {status}"),
        killed: |signal| format!("signal {signal} ended it"),
        too_long: |seconds| format!("it took longer than {seconds} seconds"),
    },
};
