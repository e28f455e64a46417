//! What is said on a screen of a store that did not do what it was asked for.

table! {
    /// Why nothing was kept, and the way out.
    pub struct Keeping {
        /// The key of the store is another one since the program was started.
        text key_changed;
        text nobody_signed_in;
        /// Somebody's role and what it is not allowed to do, from the entries below.
        line may_not(role: &str, deed: &str);
        text role_kiosk;
        text role_nurse;
        text role_clinician;
        text role_administrator;
        /// What a role may not do: start a check.
        text deed_ask;
        text deed_care;
        text deed_read;
        text deed_export;
        text deed_keep;
        text not_of_this_kiosk;
        text no_check;
        text erased;
        /// What was found, in English.
        line damaged(what: &str);

        // In brackets: what the database said, in English.
        line full(why: &str);
        line disk(why: &str);
        line busy(why: &str);
        line denied(why: &str);
        line lost(why: &str);
        line no_store(why: &str);
        line failed(why: &str);
        /// It is not known whether it was written.
        line unknown(why: &str);

        /// Who has written into the same check.
        line others_wrote(who: &str);
    }
}
