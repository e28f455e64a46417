use crate::words::Settling;

pub const SETTLING: Settling = Settling {
    title: "Before your result",
    offer: |questions| match questions {
        1 => "You were not sure of one answer, and your result hangs on it.".to_owned(),
        _ => format!("You were not sure of {questions} answers, and your result hangs on them."),
    },
    how: "We can ask about that once more, one thing at a time, some with a simple test to try. What you are still not sure of counts as before.",
    ask_me: "Ask me once more",
    go_to_result: "Go to the result as it is",
    once_more: "asked once more",
    at_offer: "Type \"yes\" to be asked once more, or \"no\" to go to the result as it is.",
    heading: "Asked once more",
    not_sure: "Not sure",
    was_unsure: |ask, answer| format!("{ask} Not sure at first, then: {answer}"),
    still_unsure: |ask| format!("{ask} Not sure, asked once more: still not sure"),
};
