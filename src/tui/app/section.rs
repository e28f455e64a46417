//! What an action does on a page of a section: its questions are rows, an answer goes on to the next open one.

use super::super::draft::Draft;
use super::super::field::Field;
use super::super::keys::{Action, Mode};
use super::super::policy::Policy;
use super::super::words;
use super::motion::edit;
use super::record::{Sections, What};
use super::{App, Overlay};
use crate::answers::{Answer, is_of_number};
use crate::encounter::Provenance;
use crate::interview::rows::{Row, keys, row_of, rows};
use crate::interview::{Interview, Stage};
use crate::questionnaire::{Control, Domain, OptionSet, Question, QuestionIndex};
use crate::site::Site;

impl<'q> App<'q> {
    /// For somebody who asks another person: a section is one page.
    pub fn by_section(mut interview: Interview<'q>, site: Site) -> App<'q> {
        interview.by_section();
        let mut app = App::on(interview, site);
        (app.policy, app.welcome) = (Policy::INTAKE, false);
        app.sections = Some(Sections::default());
        app.enter();
        app
    }

    /// The section on the screen, if it is one page.
    pub fn section(&self) -> Option<usize> {
        match self.interview.stage() {
            Stage::Asking(question) if self.sections.is_some() && !self.interview.is_once_more() => {
                Some(self.questionnaire().questions[*question].section)
            }
            _ => None,
        }
    }

    /// The questions on it, in their order.
    pub fn page_rows(&self) -> Vec<QuestionIndex> {
        self.section().map(|section| self.interview.page(section)).unwrap_or_default()
    }

    /// Is the focused row one of free text that is being written in?
    pub fn is_writing(&self) -> bool {
        self.sections.as_ref().is_some_and(|sections| sections.writing)
    }

    /// What can still be answered on a page, as rows that need an answer.
    pub fn open_rows(&self, section: usize) -> usize {
        self.interview.page(section).into_iter().filter(|&row| self.interview.needs_answer(row)).count()
    }

    /// Which keys work in the row of this question.
    pub(super) fn row_mode(&self, question: &Question) -> Mode {
        let has_letters = match &question.domain {
            Domain::Number(bounds) => !bounds.others.is_empty() && !self.draft.field.text().is_empty(),
            _ => false,
        };
        let says = &self.words().answers;
        match question.control {
            Control::Field if has_letters || (question.limits().is_none() && self.is_writing()) => {
                Mode::TextRow
            }
            Control::Field if question.limits().is_some() => Mode::NumberRow,
            _ if keys(question, says).iter().any(|key| matches!(key, 'j' | 'k' | 'o' | 'l')) => Mode::LongRow,
            _ => Mode::Row,
        }
    }

    pub(super) fn act_on_section(&mut self, index: QuestionIndex, action: Action) {
        let question = &self.questionnaire().questions[index];
        let page = self.page_rows();
        let at = page.iter().position(|row| *row == index).unwrap_or(0);
        match action {
            Action::Up | Action::WheelUp => self.move_to(index, page.get(at.saturating_sub(1)).copied()),
            Action::Down | Action::WheelDown => self.move_to(index, page.get(at + 1).copied()),
            Action::Home => self.move_to(index, page.first().copied()),
            Action::End => self.move_to(index, page.last().copied()),
            Action::NextPage | Action::PreviousPage => self.turn_section(index, action == Action::NextPage),
            Action::Next => self.next_on_row(index),
            Action::Back => self.undo_on_row(index),
            Action::Key(key) => self.key_on_row(index, question, key),
            Action::Unsure => self.key_on_row(index, question, 'u'),
            Action::NothingElse if self.leave_field(index) => {
                self.overlay = Some(Overlay::Nothing { scroll: 0 });
            }
            Action::Jump if self.leave_field(index) => {
                self.overlay = Some(Overlay::Jump { field: Field::default(), focus: 0 });
            }
            Action::Outline => self.overlay = Some(Overlay::Outline { scroll: 0 }),
            Action::Live => self.overlay = Some(Overlay::Live { scroll: 0 }),
            Action::Remark if self.leave_field(index) => {
                let note = self.interview.encounter().remarks.notes.get(&index);
                let field = Field::with(note.map_or("", String::as_str));
                match self.interview.sheet().get(index) {
                    Some(_) => self.overlay = Some(Overlay::Remark { question: index, field }),
                    None => self.notice = Some(self.words().intake.answer_first.to_owned()),
                }
            }
            Action::Provenance if self.leave_field(index) => self.turn_provenance(index),
            Action::Why => self.overlay = Some(Overlay::Why { question: index, scroll: 0 }),
            Action::Review if self.leave_field(index) => {
                self.interview.review();
                self.enter();
            }
            Action::FinishHere if self.leave_field(index) => self.finish_here(index),
            Action::Pick if question.control == Control::Field && question.limits().is_none() => {
                if let Some(sections) = &mut self.sections {
                    sections.writing = true;
                }
            }
            Action::Backspace if question.control != Control::Field => {
                let had = self.interview.sheet().get(index).is_some() || !self.draft.field.text().is_empty();
                self.draft = Draft::default();
                if had {
                    self.recorded(index, None);
                }
            }
            Action::Type(text) => self.type_on_row(index, question, &text),
            Action::Backspace
            | Action::Delete
            | Action::EraseBefore
            | Action::EraseWord
            | Action::Left
            | Action::Right => {
                edit(&mut self.draft.field, &action);
            }
            _ => {}
        }
    }

    /// Goes to another row, with what is typed taken. Where that can't be taken, it stays.
    fn move_to(&mut self, from: QuestionIndex, row: Option<QuestionIndex>) {
        let Some(row) = row.filter(|row| *row != from) else { return };
        if self.leave_field(from) && self.section().is_some() {
            self.look_at(row);
        }
    }

    /// Puts the focus on a question, whichever section it is in.
    pub(super) fn look_at(&mut self, question: QuestionIndex) {
        self.interview.look_at(question);
        self.enter();
    }

    fn turn_section(&mut self, from: QuestionIndex, forward: bool) {
        let all = self.interview.sections();
        let here = self.section().and_then(|here| all.iter().position(|section| *section == here));
        let Some(here) = here.filter(|_| self.leave_field(from)) else { return };
        let there = if forward { all.get(here + 1) } else { here.checked_sub(1).and_then(|at| all.get(at)) };
        if let Some(row) = there.and_then(|section| self.first_row(*section)) {
            self.look_at(row);
        }
    }

    /// Where the focus goes on a page: the first row that needs an answer, else one that may have one, else the first.
    fn first_row(&self, section: usize) -> Option<QuestionIndex> {
        let page = self.interview.page(section);
        let open = page.iter().find(|row| self.interview.needs_answer(**row));
        let may = page.iter().find(|row| self.interview.is_open(**row));
        open.or(may).or(page.first()).copied()
    }

    /// Enter takes what is typed, and goes on.
    fn next_on_row(&mut self, index: QuestionIndex) {
        let was = self.interview.sheet().get(index).cloned();
        if !self.leave_field(index) || self.section().is_none() {
            return;
        }
        if self.interview.needs_answer(index) {
            self.notice = Some(self.words().intake.row_open.to_owned());
            return;
        }
        let is_taken = self.interview.sheet().get(index) != was.as_ref();
        self.go_on_from(index, is_taken);
        self.guard.moved(Action::Next, self.now);
    }

    /// After an answer to `index`: to the next row that needs one, and from the last to the next page. `taken`: rows
    /// that may be left out are gone to as well.
    fn go_on_from(&mut self, index: QuestionIndex, taken: bool) {
        let page = self.page_rows();
        let needs = |row: &&QuestionIndex| self.interview.needs_answer(**row);
        let behind = page.iter().filter(|row| **row > index);
        let next = behind.clone().find(needs).or_else(|| page.iter().find(needs));
        let may = || behind.clone().find(|row| taken && self.interview.is_open(**row));
        match next.or_else(may).copied() {
            Some(row) => self.look_at(row),
            None => self.turn_page(),
        }
    }

    /// This page is done: to the next one with something to ask, or to the result.
    fn turn_page(&mut self) {
        let Some(here) = self.section() else { return };
        let old = self.interview.clone();
        let page = self.page_rows();
        self.interview.pass(&page);
        let is_unseen = |section: &usize| {
            let rows = self.interview.page(*section);
            rows.into_iter().any(|row| !self.interview.has_passed(row) || self.interview.needs_answer(row))
        };
        let all = self.interview.sections();
        let next = all.into_iter().filter(|section| *section > here).find(is_unseen);
        if let Some(row) = next.and_then(|section| self.first_row(section)) {
            return self.look_at(row);
        }
        let open: usize = self.interview.sections().into_iter().map(|section| self.open_rows(section)).sum();
        if !self.interview.finish_pages() {
            self.enter();
            self.notice = Some(self.words().intake.still_open(open));
        } else if self.keep_shown(&old) {
            self.enter();
        }
    }

    /// The key of an answer; one that says it all goes on.
    fn key_on_row(&mut self, index: QuestionIndex, question: &'q Question, key: char) {
        if let Some((min, max)) = question.scale() {
            return self.digit_on_row(index, question, key, (min, max));
        }
        let says = &self.words().answers;
        let Some(line) = row_of(question, key, says) else {
            self.refuse_key(key);
            return;
        };
        let Some(&row) = rows(question).get(line) else { return };
        let mut draft = Draft::of(question, self.interview.sheet().get(index), self.words());
        draft.pick(question, line);
        let answer = draft.answer(question, self.words()).unwrap_or_default();
        let is_on = draft.has(row);
        let is_alone = match row {
            Row::Option(option) => !question.takes_several() || question.exclusive().contains(option),
            Row::Unsure => true,
        };
        self.recorded(index, answer);
        if is_on && is_alone && self.section().is_some() && self.overlay.is_none() {
            self.after_answer(index);
        }
        self.guard.moved(Action::Key(key), self.now);
    }

    /// A digit on a scale. Where it can begin a larger value, Enter or the next digit says which it is.
    fn digit_on_row(
        &mut self,
        index: QuestionIndex,
        question: &'q Question,
        key: char,
        (min, max): (i32, i32),
    ) {
        if key == 'u' && question.unsure {
            self.recorded(index, Some(Answer::UNSURE));
            return self.after_answer(index);
        }
        let Some(digit) = key.to_digit(10).and_then(|digit| i32::try_from(digit).ok()) else {
            return self.refuse_key(key);
        };
        let begun: Option<i32> = self.draft.field.text().parse().ok();
        let is_there = |value: i32| (min..=max).contains(&value);
        let value = begun.map_or(digit, |begun| begun * 10 + digit);
        let say = &self.words().intake;
        if begun.is_some() && !is_there(value) {
            self.notice = Some(say.not_joined(&value.to_string(), self.draft.field.text()));
            self.guard.refused(self.now);
            return;
        }
        if begun.is_none() && value > 0 && (value * 10..value * 10 + 10).any(is_there) {
            self.draft.field = Field::with(value.to_string());
            self.notice = Some(say.type_on(&value.to_string()));
            return;
        }
        if !is_there(value) {
            self.notice = Some(words::not_on_scale(question, self.words()));
            self.guard.refused(self.now);
            return;
        }
        self.draft.field = Field::default();
        self.recorded(index, Some(Answer::Number(f64::from(value))));
        self.after_answer(index);
        self.guard.moved(Action::Key(key), self.now);
    }

    fn refuse_key(&mut self, key: char) {
        self.notice = Some(self.words().screen.no_such_key(key));
        self.guard.refused(self.now);
    }

    /// Records an answer to this row, as it reads along the edge.
    pub(super) fn recorded(&mut self, index: QuestionIndex, answer: Option<Answer>) {
        let question = &self.questionnaire().questions[index];
        let words = self.in_short(question, answer.as_ref());
        if let Err(refusal) = self.record(index, answer, words) {
            self.notice = Some(words::refusal(&refusal, question, self.words(), false));
            return;
        }
        if self.overlay.is_none() {
            let notice = self.notice.take();
            self.enter();
            self.notice = notice;
        }
    }

    /// Goes on after an answer, unless that brought up something else.
    fn after_answer(&mut self, index: QuestionIndex) {
        if self.section().is_some() && self.overlay.is_none() && !self.interview.needs_answer(index) {
            let notice = self.notice.take();
            self.go_on_from(index, true);
            self.notice = self.notice.take().or(notice);
        }
    }

    /// After an alert that an answer has raised: where it would have gone on without.
    pub(super) fn go_on_after_alert(&mut self, question: QuestionIndex) {
        if self.says_it_all(question) {
            self.after_answer(question);
        }
    }

    /// Can nothing be added to the answer to this question?
    fn says_it_all(&self, question: QuestionIndex) -> bool {
        let asked = &self.questionnaire().questions[question];
        let answer = self.interview.sheet().get(question);
        let is_alone = |answer: &Answer| {
            answer.is_unsure() || !answer.ticked().intersection(asked.exclusive()).is_empty()
        };
        !asked.takes_several() || answer.is_some_and(is_alone)
    }

    /// After something that could not be kept at first was kept.
    pub(super) fn go_on_after(&mut self, what: &What) {
        self.enter();
        if let (What::Answers(questions), Stage::Asking(_)) = (what, self.interview.stage())
            && let Some(&last) = questions.last()
            && self.says_it_all(last)
        {
            self.after_answer(last);
        }
    }

    /// An answer as short as it was typed.
    fn in_short(&self, question: &Question, answer: Option<&Answer>) -> String {
        let says = &self.words().answers;
        let Some(answer) = answer else { return "×".to_owned() };
        let keys = keys(question, says);
        let lines = rows(question);
        let key = |row: Row| lines.iter().position(|line| *line == row).map(|at| keys[at].to_string());
        match answer {
            Answer::Number(number) => self.words().number(*number),
            Answer::Text(text) => crate::tui::draw::cut(text, 12),
            Answer::Unsure { .. } => says.unsure.to_owned(),
            Answer::Options(ticked) if question.is_yes_no() => {
                (if *ticked == OptionSet::one(0) { says.no } else { says.yes }).to_owned()
            }
            Answer::Options(ticked) if !ticked.intersection(question.exclusive()).is_empty() => {
                self.words().intake.none.to_owned()
            }
            Answer::Options(ticked) => {
                ticked.iter().filter_map(|option| key(Row::Option(option))).collect::<Vec<_>>().join("+")
            }
        }
    }

    fn type_on_row(&mut self, index: QuestionIndex, question: &Question, text: &str) {
        let Domain::Number(bounds) = &question.domain else {
            if self.is_writing() {
                self.draft.field.insert(text);
            }
            return;
        };
        let is_of_unit = |c: char| !bounds.others.is_empty() && (c.is_alphabetic() || "/%°·^*".contains(c));
        if !text.chars().all(|c| is_of_number(c) || is_of_unit(c)) {
            self.notice = Some(self.words().screen.digits_only.to_owned());
            self.guard.refused(self.now);
            return;
        }
        // What was recorded is replaced and not added to.
        if self.is_as_recorded(index) {
            self.draft.field = Field::default();
        }
        self.draft.field.insert(text);
    }

    fn is_as_recorded(&self, index: QuestionIndex) -> bool {
        self.draft.field.text() == self.draft_of(index).field.text()
    }

    /// Takes what is typed in the row. `false`: it can't be taken, and that is said.
    pub(super) fn leave_field(&mut self, index: QuestionIndex) -> bool {
        let question = &self.questionnaire().questions[index];
        if let Some(sections) = &mut self.sections {
            sections.writing = false;
        }
        if let (Some((min, max)), Ok(value)) = (question.scale(), self.draft.field.text().parse::<i32>()) {
            self.draft.field = Field::default();
            if (min..=max).contains(&value) {
                self.recorded(index, Some(Answer::Number(f64::from(value))));
                return self.overlay.is_none();
            }
            self.notice = Some(words::not_on_scale(question, self.words()));
            return false;
        }
        if question.control != Control::Field || self.is_as_recorded(index) {
            return true;
        }
        match self.draft.answer(question, self.words()) {
            Ok(answer) => {
                self.recorded(index, answer);
                self.overlay.is_none()
            }
            Err(refusal) => {
                self.notice = Some(words::refusal(&refusal, question, self.words(), false));
                false
            }
        }
    }

    /// What is typed and not taken is dropped first; else the last answer is taken back.
    pub(super) fn undo_on_row(&mut self, index: QuestionIndex) {
        let is_begun = match self.questionnaire().questions[index].control {
            Control::Field => !self.is_as_recorded(index),
            _ => !self.draft.field.text().is_empty(),
        };
        if is_begun || self.is_writing() {
            let typed = self.draft.field.text().to_owned();
            self.draft = self.draft_of(index);
            if let Some(sections) = &mut self.sections {
                sections.writing = false;
            }
            if !typed.is_empty() {
                self.done(self.words().intake.undone(&typed));
            }
            return;
        }
        self.undo();
    }

    /// Takes the last answer back, wherever one is.
    pub(super) fn undo(&mut self) {
        if !self.take_back() {
            self.notice = Some(self.words().intake.nothing_to_undo.to_owned());
        } else if self.overlay.is_none() {
            let (notice, is_done) = (self.notice.take(), self.is_done);
            self.enter();
            (self.notice, self.is_done) = (notice, is_done);
        }
    }

    fn turn_provenance(&mut self, index: QuestionIndex) {
        if self.interview.sheet().get(index).is_none() {
            self.notice = Some(self.words().intake.answer_first.to_owned());
            return;
        }
        let next = self.interview.encounter().remarks.provenance(index).next();
        self.remark(index, |interview| interview.came_from(index, next));
        if self.overlay.is_none() {
            let [said, observed, record] = self.words().intake.provenance();
            self.done(match next {
                Provenance::Said => said,
                Provenance::Observed => observed,
                Provenance::Record => record,
            });
        }
    }

    /// What "nothing else" would record for each open row of the page, and the rows that it leaves open.
    pub fn nothing_else(&self) -> (Vec<(QuestionIndex, Option<Answer>)>, Vec<QuestionIndex>) {
        let (mut covered, mut left) = (Vec::new(), Vec::new());
        for row in self.page_rows() {
            let question = &self.questionnaire().questions[row];
            if !self.interview.is_open(row) {
                continue;
            }
            match self.interview.nothing(row, &self.words().answers) {
                Some(answer) => covered.push((row, Some(answer))),
                None if question.optional => covered.push((row, None)),
                None => left.push(row),
            }
        }
        (covered, left)
    }

    /// Records what was read back.
    pub(super) fn take_nothing_else(&mut self, index: QuestionIndex) {
        let (covered, left) = self.nothing_else();
        self.overlay = None;
        if !covered.is_empty() {
            self.record_all(covered, format!("N {}", self.words().intake.none));
        }
        if self.overlay.is_some() || self.section().is_none() {
            if self.overlay.is_none() {
                self.enter();
            }
            return;
        }
        self.interview.look_at(left.first().copied().unwrap_or(index));
        let needs = self.page_rows().into_iter().find(|row| self.interview.needs_answer(*row));
        match needs {
            Some(row) => self.look_at(row),
            None => self.turn_page(),
        }
    }

    /// A click on a row goes there.
    pub(super) fn tap_section_row(&mut self, row: usize) {
        let Stage::Asking(index) = *self.interview.stage() else { return };
        self.move_to(index, self.page_rows().get(row).copied());
    }

    /// A click on an answer does what its key does.
    pub(super) fn tap_answer(&mut self, row: QuestionIndex, line: usize) {
        let Stage::Asking(index) = *self.interview.stage() else { return };
        if row != index && !self.leave_field(index) {
            return;
        }
        self.look_at(row);
        let question = &self.questionnaire().questions[row];
        if let Some(&key) = keys(question, &self.words().answers).get(line) {
            self.key_on_row(row, question, key);
        }
    }

    /// The questions that are asked now and have this number or these words, nearest first.
    pub fn found(&self, typed: &str) -> Vec<QuestionIndex> {
        let typed = crate::text::folded(typed.trim());
        let asked: Vec<QuestionIndex> =
            self.interview.sections().into_iter().flat_map(|section| self.interview.page(section)).collect();
        if typed.is_empty() {
            return self.sections.as_ref().map(|sections| sections.first.clone()).unwrap_or_default();
        }
        if let Ok(number) = typed.parse::<usize>() {
            return asked.get(number.wrapping_sub(1)).copied().into_iter().collect();
        }
        let words = |row: QuestionIndex| {
            let asked = &self.questionnaire().questions[row];
            let section = self.questionnaire().section_of(row).title.to(self.audience());
            let options = asked.options.iter().map(|option| option.label.to(self.audience()));
            let all = [self.questionnaire().row_of(row).to(self.audience()), asked.ask.to(self.audience())];
            let [row, ask] = all.map(crate::text::folded);
            (
                format!("{row} {ask}"),
                crate::text::folded(&options.chain([section]).collect::<Vec<_>>().join(" ")),
            )
        };
        let (mut first, mut others) = (Vec::new(), Vec::new());
        for row in asked {
            let (ask, rest) = words(row);
            match (ask.contains(&typed), rest.contains(&typed)) {
                (true, _) => first.push(row),
                (false, true) => others.push(row),
                (false, false) => {}
            }
        }
        first.extend(others);
        first
    }
}
