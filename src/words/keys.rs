//! What the keys are called, and what they do.

table! {
    pub struct Keys {
        // Names that differ between keyboards.
        text space;
        text backspace;
        text page_down;
        text page_up_down;

        // One word each, for the bottom line.
        text choose;
        text answer;
        text row;
        text tick;
        text scroll;
        text step;
        text page;
        text start;
        /// To be asked once more.
        text ask_once_more;
        /// To the result.
        text result;
        text next;
        /// Instead of `next`, where it returns to the list of answers.
        text save_and_return;
        text open;
        text take;
        text save;
        text copy;
        text close;
        text back;
        text understood;
        text go_on;
        /// From a summary that is not finished.
        text resume;
        text why;
        text answers;
        /// What to say on the phone.
        text what_to_say;
        /// The result for a phone.
        text on_my_phone;
        /// Why the result is what it is.
        text reasons;
        /// Stands for the name of the other language.
        text language;
        /// Another questionnaire, on the first page.
        text offered;
        text large;
        text help;
        text finish;
        text finish_here;
        text leave;
        text figure;
        text unsure;

        // On a page of a section.
        text section;
        text nothing_else;
        text undo;
        text jump;
        text outline;
        text live;
        text remark;
        text provenance;

        // What they do, for the help.
        text does_choose_by_key;
        text does_tick_by_key;
        text does_choose_by_letter;
        text does_answer_row;
        text does_move_rows;
        text does_choose_in_row;
        text does_choose_value;
        text does_choose_way;
        text does_choose_to_stay;
        text does_choose;
        text does_move;
        text does_move_on_scale;
        text does_tick;
        text does_choose_here;
        text does_take_back;
        text does_undo;
        text does_move_lines;
        text does_turn_pages;
        text does_start;
        text does_ask_once_more;
        text does_decline;
        text does_next;
        text does_open;
        text does_take;
        text does_save_under;
        text does_close;
        text does_back_one;
        text does_back;
        text does_back_in_summary;
        text does_understood;
        text does_go_on;
        text does_why;
        text does_unsure;
        /// Where letters are typed into a line.
        text does_unsure_typed;
        text does_answers;
        text does_edit;
        text does_phone;
        text does_on_my_phone;
        text does_next_line;
        text does_previous_line;
        text does_reasons;
        text does_language;
        text does_offered;
        text does_large;
        text does_save;
        text does_copy;
        text does_choose_in_save;
        text does_help;
        text does_finish;
        text does_finish_here;
        text does_leave;
        text does_erase;
        text does_scroll;
        text does_page;
        text does_figure;

        // On a page of a section.
        text does_nothing_else;
        text does_take_nothing;
        text does_next_row;
        text does_undo_answer;
        text does_move_rows_only;
        text does_turn_sections;
        text does_jump;
        text does_outline;
        text does_live;
        text does_remark;
        text does_provenance;
        text does_open_text;
        text does_clear_row;
        text does_type_number;
        text does_answer_by_letter;

        // In a kiosk.
        text does_around;
        text does_finish_and_erase;
        text does_call;
        text does_stop;
    }
}
