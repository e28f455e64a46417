//! What both shells say around a question.

table! {
    pub struct Asking {
        /// Above what must be done instead of the check.
        text stop_here;
        text why_we_ask;
        /// Instead of a reason, where the questionnaire gives none.
        text no_reason;
        text rests_on;
        text answers_so_far;
        /// In a list of answers, at a page without a question.
        text page_to_read;

        text only_language;
        text unreadable_language;

        // Before a change that has consequences.
        text no_longer_apply;
        text set_aside;
        text less_urgent;
        /// Instead of a level.
        text no_result;

        // On the first page: what becomes of the answers.
        text not_kept;
        text not_kept_clinician;
        line kept_in(file: &str);
        line reported_in(file: &str);

        /// At an alert; a colon follows.
        text say_on_the_phone;

        /// What has been saved, by its whole path.
        line saved(path: &str);
        // Why a file was not saved, for the middle of a sentence.
        text something_else_there;
        text no_folder;
        text not_allowed;
        /// Where there is no room left.
        line disk_full(folder: &str);
        text read_only;
        text nobody_reads;
        text no_control_characters;
        /// A name with the ending of another kind of file.
        line no_such_format(ending: &str);
        /// Which report was not written and why. It is printed instead.
        line report_printed(path: &str, why: &str);
        /// Which report was not written and why. It is nowhere.
        line report_not_printed(path: &str, why: &str);
    }
}

impl Asking {
    /// What becomes of the answers, a sentence each: they are saved in these files, or nowhere unless that is asked for.
    pub fn what_becomes(&self, for_clinician: bool, destinations: &Destinations) -> Vec<String> {
        let keep = destinations.keep.iter().map(|file| self.kept_in(file));
        let files: Vec<String> =
            keep.chain(destinations.report.iter().map(|file| self.reported_in(file))).collect();
        match (&files[..], for_clinician) {
            ([], false) => vec![self.not_kept.to_owned()],
            ([], true) => vec![self.not_kept_clinician.to_owned()],
            _ => files,
        }
    }
}

/// The files that a check goes into, as they may be shown.
#[derive(Debug, Clone, Default)]
pub struct Destinations {
    /// The answers, however the program ends.
    pub keep: Option<String>,
    /// The result, once it is reached.
    pub report: Option<String>,
}

impl Destinations {
    pub fn any(&self) -> Option<&str> {
        self.keep.as_deref().or(self.report.as_deref())
    }
}
