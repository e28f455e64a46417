//! What the program needs of words beyond being words: room on the screen, keys, and that they can be told apart.

/// Texts that are never broken into lines, and how many columns each may take.
pub const ROOM: &[(&str, usize)] = &[
    ("name", 9),
    ("answers.unsure", 32),
    ("screen.front", 16),
    ("screen.back", 16),
    ("screen.right", 1),
    ("screen.left", 1),
    ("screen.lines_above", 38),
    ("screen.lines_below", 38),
    ("screen.lines_around", 38),
    ("screen.entries_above", 38),
    ("screen.entries_below", 38),
    ("screen.dialogs.leave_title", 34),
    ("screen.dialogs.save_title", 34),
    ("keys.space", 11),
    ("keys.backspace", 11),
    ("keys.page_down", 11),
    ("keys.page_up_down", 11),
    // Buttons.
    ("touch.back", 6),
    ("touch.why", 9),
    ("touch.unsure", 8),
    ("touch.large", 6),
    ("touch.not_large", 6),
    ("touch.staff", 11),
    ("touch.next", 8),
    ("touch.more", 8),
    ("touch.start", 8),
    ("touch.keep", 8),
    ("touch.close", 8),
    ("touch.finish", 8),
    ("touch.save", 8),
    ("handout.button", 8),
];

/// No text of the program is longer, in columns.
pub const LONGEST: usize = 500;

/// Texts side by side on one line: how many columns are around each, and how many there are for all of them.
pub const ROWS: &[(usize, usize, &[&str])] = &[
    (
        2,
        39,
        &[
            "screen.summary.result_short",
            "screen.summary.say_short",
            "screen.summary.answers_short",
            "screen.summary.clinician_short",
            "screen.summary.learn_short",
        ],
    ),
    (
        3,
        64,
        &[
            "screen.summary.result",
            "screen.summary.say",
            "screen.summary.answers",
            "screen.summary.clinician",
            "screen.summary.learn",
        ],
    ),
];

/// Words of which no two may be alike: the bottom line shows one of each.
pub const APART: &[&str] = &[
    "keys.choose",
    "keys.tick",
    "keys.scroll",
    "keys.step",
    "keys.page",
    "keys.start",
    "keys.next",
    "keys.open",
    "keys.take",
    "keys.save",
    "keys.copy",
    "keys.close",
    "keys.back",
    "keys.understood",
    "keys.go_on",
    "keys.why",
    "keys.answers",
    "keys.help",
    "keys.finish",
    "keys.leave",
    "keys.figure",
    "keys.language",
];

/// Lists that have a fixed number of entries.
pub const LENGTHS: &[(&str, usize)] =
    &[("writing.weekdays", 7), ("writing.months", 12), ("writing.short_months", 12)];

/// Words to type: each means one thing alone. The English ones are understood in every language besides.
pub const COMMANDS: &[&str] = &[
    "plain.commands.back.type",
    "plain.commands.review.type",
    "plain.commands.why.type",
    "plain.commands.repeat.type",
    "plain.commands.keep.type",
    "plain.commands.remove.type",
    "plain.commands.help.type",
    "plain.commands.quit.type",
    "plain.commands.language.type",
    "plain.commands.finish.type",
    "plain.commands.yes",
    "plain.commands.no",
    "plain.commands.go_on",
    "plain.commands.show",
    "plain.commands.change",
    "plain.commands.more",
    "plain.commands.phone",
    "plain.commands.sources",
    "plain.commands.clinician",
    "plain.commands.patient",
    "plain.commands.save",
    "plain.commands.replace",
    "plain.commands.learn",
];

/// Of these, the ones that something follows on the line: they are a single word.
pub const WITH_MORE: &[&str] = &[
    "plain.commands.change",
    "plain.commands.clinician",
    "plain.commands.patient",
    "plain.commands.save",
    "plain.commands.replace",
    "plain.commands.learn",
];

/// Answers as they are typed. What is in one of these lists is in no other, and is no command.
pub const ANSWERS: &[&str] =
    &["answers.typed_unsure", "answers.typed_none", "answers.typed_yes", "answers.typed_no"];

/// Letters that do something else while a question is asked.
pub const TAKEN_LETTERS: &str = "uwrq";
