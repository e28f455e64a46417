//! Random questionnaires that look like real ones, of any length: screens with follow-ups, rules of few parts.

use std::fmt::Write;

/// Numbers that look random (xorshift), the same ones every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides.max(1)
    }
}

/// What a question can be asked in a rule; empty for those that only branch.
struct Asked {
    atoms: Vec<String>,
    /// Every answer of concern.
    any: String,
}

/// The text of a questionnaire with this many questions.
pub fn questionnaire(questions: usize) -> String {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut text = String::from(
        "id: random\nversion: \"1\"\ntitle: R\nsign_off: N\nwelcome: { about: A }\nsay: S\n\
         return_list: { title: R, items: [a] }\nlevels:\n",
    );
    for level in 0..5 {
        writeln!(text, "- {{ id: l{level}, title: T{level}, act: A }}").unwrap();
    }
    text += "unsure: { counts_as: one_level_less, at_least: l3 }\nsections:\n";
    let mut asked: Vec<Asked> = Vec::with_capacity(questions);
    while asked.len() < questions {
        let index = asked.len();
        if index.is_multiple_of(10) {
            writeln!(text, "- id: s{index}\n  title: S\n  questions:").unwrap();
        }
        question(&mut text, &mut asked, &mut dice);
    }
    text += "rules:\n";
    // Of questions far from each other, so that a follow-up isn't in a rule with what it follows up.
    let groups = asked.len().div_ceil(5);
    for group in 0..groups {
        let some = asked.iter().skip(group).step_by(groups);
        let any: Vec<String> = some.map(|asked| format!("{{ {} }}", asked.any)).collect();
        let any = any.join(", ");
        writeln!(text, "- {{ id: A{group}, level: l3, because: B, when: {{ any: [{any}] }} }}").unwrap();
    }
    for rule in 0..questions / 3 {
        let condition = condition(&asked, &mut dice, 3 * rule);
        let level = [0, 1, 1, 2, 2, 2][dice.below(6)];
        writeln!(text, "- {{ id: R{rule}, level: l{level}, because: B, when: {condition} }}").unwrap();
    }
    text += "next_steps:\n- { id: always, say: A }\n";
    text
}

fn question(text: &mut String, asked: &mut Vec<Asked>, dice: &mut Dice) {
    let index = asked.len();
    let id = format!("q{index}");
    // A follow-up to an answer of the question before, in the same section.
    let gate = (!index.is_multiple_of(10)).then(|| asked.last()).flatten();
    let gate = gate.and_then(|before| before.atoms.first().filter(|atom| atom.contains("o0"))).cloned();
    if let Some(gate) = gate.filter(|_| dice.below(2) == 0) {
        let options = "[{ id: long, label: L }, { id: new, label: N }]";
        writeln!(text, "  - {{ id: {id}, type: one_of, ordered: true, unsure: true, ask_if: {{ {gate} }}, ask: Q, options: {options} }}").unwrap();
        asked.push(Asked { atoms: vec![format!("{gate}, {id}: new")], any: format!("{id}: new") });
        return;
    }
    let atoms = match dice.below(10) {
        0..3 => {
            writeln!(text, "  - {{ id: {id}, type: yes_no, unsure: true, ask: Q }}").unwrap();
            vec![format!("{id}: yes")]
        }
        3..6 => {
            let count = 2 + dice.below(3);
            let options: Vec<String> =
                (0..count).map(|option| format!("{{ id: o{option}, label: L{option} }}")).collect();
            let options = options.join(", ");
            writeln!(text, "  - {{ id: {id}, type: many_of, ask: Q, options: [{options}, {{ id: none, label: N, exclusive: true }}] }}").unwrap();
            (0..count).map(|option| format!("{id}: o{option}")).collect()
        }
        6..9 => {
            let options = "[{ id: a, label: A }, { id: b, label: B }, { id: c, label: C }]";
            writeln!(text, "  - {{ id: {id}, type: one_of, ordered: true, ask: Q, options: {options} }}")
                .unwrap();
            ["b", "c"].map(|option| format!("{id}: {{ at_least: {option} }}")).to_vec()
        }
        _ => {
            writeln!(text, "  - {{ id: {id}, type: scale, min: 0, max: 10, concern: higher, ask: Q }}")
                .unwrap();
            [4, 7, 9].map(|bound| format!("{id}: {{ at_least: {bound} }}")).to_vec()
        }
    };
    let any = match atoms[0].contains(": o0") {
        true => {
            format!("{id}: [{}]", (0..atoms.len()).map(|o| format!("o{o}")).collect::<Vec<_>>().join(", "))
        }
        false => atoms[0].clone(),
    };
    asked.push(Asked { atoms, any });
}

/// Of questions near each other, and now and then of one far away.
fn condition(asked: &[Asked], dice: &mut Dice, around: usize) -> String {
    let atom = |dice: &mut Dice| {
        let at = match dice.below(8) {
            0 => dice.below(asked.len()),
            _ => (around + dice.below(12)).min(asked.len() - 1),
        };
        let atoms = &asked[at].atoms;
        format!("{{ {} }}", atoms[dice.below(atoms.len())])
    };
    match dice.below(4) {
        0 => atom(dice),
        1 => format!("{{ all: [{}, {}] }}", atom(dice), atom(dice)),
        2 => format!("{{ any: [{}, {{ all: [{}, {}] }}] }}", atom(dice), atom(dice), atom(dice)),
        _ => format!("{{ at_least: 2, of: [{}, {}, {}] }}", atom(dice), atom(dice), atom(dice)),
    }
}
