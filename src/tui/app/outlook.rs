//! Looking ahead, for clinicians while they are asking.

use super::{App, Draft};
use crate::outlook;
use crate::questionnaire::QuestionIndex;

impl App<'_> {
    /// Finds out what can still come; not on the first page, which must not wait.
    pub(super) fn look_ahead(&mut self) {
        self.outlook = match self.welcome {
            true => None,
            false => outlook::for_clinician(&mut self.lookout, &self.interview),
        };
    }

    /// Does the key that stops early do so now?
    pub fn may_finish_here(&self) -> bool {
        self.outlook.as_ref().is_some_and(|outlook| outlook.decided().is_some())
    }

    /// Goes to the summary, if no answer can change the level any more.
    pub(super) fn finish_here(&mut self, index: QuestionIndex) {
        let Some(outlook) = &self.outlook else { return };
        let words = &self.words().outlook;
        let Some(level) = outlook.decided() else {
            self.notice = Some(words.not_decided.to_owned());
            return;
        };
        if self.has_something_new(index) {
            self.notice = Some(words.not_taken.to_owned());
            return;
        }
        self.keep_draft();
        self.interview.stop(level);
        self.enter();
    }

    /// Is something chosen or typed that the interview was not told yet?
    fn has_something_new(&self, index: QuestionIndex) -> bool {
        let said = |draft: &Draft| (draft.ticked, draft.unsure, draft.value, draft.field.text().to_owned());
        let rows = if self.is_grid() { self.rows() } else { vec![index] };
        rows.into_iter().any(|row| said(&self.row_draft(row)) != said(&self.draft_of(row)))
    }
}
