//! Stories on small questionnaires: what is done, and the page that it leads to.

mod again;
mod kept;
mod levels;
mod moving;
mod pages;
mod record;
mod settling;

use super::*;
use crate::answers::small;

/// Each line of `story` is `what is done -> the page`; see [`act`] and [`page`].
fn tell(questionnaire: &Questionnaire, story: &str) {
    let mut interview = Interview::new(questionnaire, Audience::Patient, jiff::civil::date(2026, 11, 21));
    go_on_telling(&mut interview, story);
}

fn go_on_telling(interview: &mut Interview, story: &str) {
    for line in story.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (action, expected) = line.split_once(" -> ").expect("an arrow");
        act(interview, action.trim());
        assert_eq!(page(interview), expected.trim(), "after `{}` in {story}", action.trim());
    }
}

/// `start` does nothing, `leave` leaves the question out, `open a` revisits it; else a method or an answer.
fn act(interview: &mut Interview, action: &str) {
    let questionnaire = interview.questionnaire();
    match (action, action.strip_prefix("open ")) {
        ("start", _) => {}
        ("back", _) => drop(interview.back()),
        ("first back", _) => assert!(!interview.back()),
        ("confirm", _) => interview.confirm(),
        ("decline", _) => interview.decline(),
        ("review", _) => interview.review(),
        ("go on", _) => interview.go_on(),
        ("finish", _) => interview.finish(),
        ("settle", _) => interview.settle(),
        ("leave it", _) => interview.leave_unsettled(),
        ("yes" | "no" | "unsure", _) if matches!(interview.stage(), Stage::Settling { .. }) => {
            let said = match action {
                "yes" => Answer::option(1),
                "no" => Answer::option(0),
                _ => Answer::UNSURE,
            };
            interview.answer(Some(said)).expect("an answer that fits");
        }
        ("resume", _) => interview.resume(),
        (_, Some(id)) => interview.revisit(questionnaire.question_index(id).expect("a question")),
        ("leave", _) => interview.answer(None).expect("may be left out"),
        (answer, _) => {
            let Stage::Asking(question) = *interview.stage() else { panic!("nothing is asked") };
            let id = &questionnaire.questions[question].id;
            let sheet = small::sheet(questionnaire, &format!("{{'{id}': {answer}}}"));
            interview.answer(sheet.get(question).cloned()).expect("an answer that fits");
        }
    }
}

fn page(interview: &Interview) -> String {
    let questionnaire = interview.questionnaire();
    let id = |question: QuestionIndex| questionnaire.questions[question].id.as_str();
    let level = |level: LevelIndex| questionnaire.levels[level].id.as_str();
    match interview.stage() {
        Stage::Asking(question) => id(*question).to_owned(),
        Stage::SettingAside { loses, .. } => {
            format!("sets aside {}", loses.iter().map(|&lost| id(lost)).collect::<Vec<_>>().join(" "))
        }
        Stage::Lowering { from, to, .. } => {
            format!("from {} to {}", level(*from), to.map_or("nothing", level))
        }
        Stage::Alert { level: reached, .. } => format!("alert {}", level(*reached)),
        Stage::Review => "review".to_owned(),
        Stage::OfferSettling => format!("offer {}", interview.unsettled()),
        Stage::Settling { question, option } => {
            format!("{} {}?", id(*question), questionnaire.questions[*question].options[*option].id)
        }
        Stage::Summary => {
            let assessment = interview.assessment();
            match assessment.complete {
                true => format!("summary {}", level(assessment.level)),
                false => format!("summary so far {}", level(assessment.certain)),
            }
        }
    }
}

fn of_four() -> Questionnaire {
    small::questionnaire(
        "a, type: yes_no, unsure: true
         b, type: yes_no, unsure: true, ask_if: { a: yes }
         c, type: yes_no, unsure: true
         d, type: yes_no, unsure: true",
        "now: { b: yes }
         soon: { c: yes }
         later: { d: yes }",
    )
}
