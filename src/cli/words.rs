//! What the authors' commands say, in one place.

/// `redflag new`: nothing is written over.
pub fn is_there_already(file: &str) -> String {
    format!("{file} is there already, and it was left as it is; choose another name")
}

pub fn not_written(file: &str, why: &str) -> String {
    format!("{file} was not written: {why}")
}

/// After `redflag new`. `argument` is the file as one types it in a command.
pub fn what_to_do_next(file: &str, argument: &str) -> String {
    format!(
        "Wrote {file}, a small questionnaire that works. Next:\n\
         \n  1. Open it in your editor and change it. For help while you type, put the schema beside it:\n\
         \n       redflag schema > redflag.schema.json\n\
         \n  2. Let every save be checked, in a second window:\n\
         \n       redflag check --watch {argument}\n\
         \n  3. Try it:\n\
         \n       redflag {argument}\n\
         \ndocs/format.md describes all that can stand in the file.\n"
    )
}
