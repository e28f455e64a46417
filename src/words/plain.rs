//! What is said and understood line by line.

table! {
    /// Sentences with their full stop, one a line.
    pub struct Plain {
        table commands: Commands;

        // The greeting.
        /// To somebody who is greeted in another language.
        text in_this_language;
        /// After a change of language.
        text now_in_this_language;
        counted all_questions(all: usize);
        line some_questions(fewest: usize, most: usize);
        /// Whom another questionnaire is for, and the word that starts it.
        line offered(label: &str, word: &str);
        text besides_answers;
        text words_as_answers;

        // A question.
        /// Its number, of how many, in which section; the section ends its own sentence.
        line question(number: usize, of: &str, section: &str);
        /// From the first to the second.
        line range(fewest: usize, most: usize);
        /// How many questions with the same answers come now; and their keys, at each but the first.
        counted rows_follow(rows: usize);
        line same_answers(keys: &str);
        /// A value of a scale, and what it means as a sentence.
        line value_means(value: i32, meaning: &str);
        line answer_until_now(answer: &str);
        text keep_it;
        text keep_or_remove_it;

        // What can be typed at a question.
        text type_a_number;
        /// Where some answers have a letter.
        text type_a_key;
        text type_yes_or_no;
        text type_yes_no_or_unsure;
        /// Two numbers as an example.
        line type_several(example: &str);
        /// From, to and an example.
        line type_between(min: &str, max: &str, example: &str);
        /// From and to.
        line type_on_scale(min: &str, max: &str);
        text type_text;
        text read_page;
        text or_unsure;
        text or_leave_out;

        // Why a line was not taken.
        line no_answer(typed: &str);
        text one_only;
        /// "No" was typed at a list; the key of "none of these".
        line no_alone(key: &str);
        /// "Yes" was typed where several answers begin with it.
        text several_yes;
        text empty_is_no_answer;
        /// The label that stands alone, its number, and an example of others.
        line not_together(label: &str, key: &str, others: &str);
        line not_understood(typed: &str);
        /// After what was typed, where it was too long to repeat.
        text and_so_on;
        /// The longest line, in characters.
        line line_too_long(max: usize);
        text line_not_text;

        // What came of a line.
        line your_answer(answer: &str);
        text left_out;
        text nothing_to_keep;
        text nothing_to_remove;
        text first_question;
        text no_answers_yet;
        text nothing_changed;

        // A change that makes the result less urgent.
        line result_until_now(level: &str);
        line result_with_change(level: &str);
        line answer_with_change(answer: &str);

        // In a list of answers, instead of one.
        text in_list_left_out;

        // What can be typed elsewhere.
        text at_setting_aside;
        text at_lowering;
        text at_alert;
        text at_review;
        text back_at_review;
        text at_summary;
        text at_unfinished_summary;
        text more_clinician;
        text more_phone;
        text more_sources;
        /// The number of a page, and its title.
        line more_learn(number: usize, title: &str);

        // What to say on the phone, a sentence at a time: its number, and of how many.
        line sentence_of(at: usize, all: usize);
        text last_sentence;

        // Saving.
        /// Names as examples: of a text, of a web page, of a text for a clinician.
        line save_needs_name(text: &str, page: &str, clinician: &str);
        line file_exists(name: &str);
        line not_saved(why: &str);

        // The end.
        text leave;
        /// The file that the answers are saved in.
        line leave_saved(file: &str);
        text leave_or_stay;
        text left;
        text input_ended;
        text finished;
        /// And why the check ended.
        line not_finished(why: &str);
        text result_so_far;
    }
}

table! {
    /// The words that are commands. The English ones are understood in every language.
    pub struct Commands {
        /// Other words for them, in small letters and without accents.
        list also_back;
        list also_why;
        // Anywhere; each with what it does, without a full stop.
        pair back;
        pair review;
        pair why;
        pair repeat;
        pair keep;
        pair remove;
        pair help;
        pair quit;
        pair language;
        /// Only for clinicians.
        pair finish;

        // Where they are offered.
        text yes;
        text no;
        text go_on;
        text show;
        text change;
        text more;
        /// What to say on the phone, a sentence at a time.
        text phone;
        text sources;
        text clinician;
        /// After `save`, before a name.
        text patient;
        text save;
        text replace;
        text learn;
    }
}
