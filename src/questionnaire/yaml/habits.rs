//! Conditions as people write them who know other notations, and how the format says the same.

/// What to write for `days > 21` and the like. `is_number`: whether a number answers the question with an id; `None` if
/// there is no such question.
pub(super) fn comparison(words: &str, is_number: impl Fn(&str) -> Option<bool>) -> Option<String> {
    let at = words.find(['<', '>', '=', '!'])?;
    let (id, rest) = words.split_at(at);
    let bound = rest.trim_start_matches(['<', '>', '=', '!']);
    let sign = &rest[..rest.len() - bound.len()];
    let (id, bound) = (id.trim(), bound.trim());
    let counts = is_number(id)?;
    let is_plain = !bound.is_empty() && bound.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c));
    if !is_plain {
        return None;
    }
    let condition = match (sign, counts) {
        (">=", _) => format!("{{ {id}: {{ at_least: {bound} }} }}"),
        (">", _) => format!("{{ {id}: {{ above: {bound} }} }}"),
        ("<", _) => format!("{{ {id}: {{ below: {bound} }} }}"),
        ("<=", _) => format!("{{ not: {{ {id}: {{ above: {bound} }} }} }}"),
        ("=" | "==", false) => format!("{{ {id}: {bound} }}"),
        ("!=" | "<>", false) => format!("{{ not: {{ {id}: {bound} }} }}"),
        _ => return None,
    };
    Some(format!("write `{condition}`"))
}

/// What to write for `noisy and late`, where a condition is needed.
pub(super) fn joined(words: &str) -> Option<String> {
    [(" and ", "all"), (" or ", "any")].into_iter().find_map(|(word, key)| {
        words.contains(word).then(|| {
            format!("write `{{ {key}: [...] }}`, with each condition in braces: `{{ question: option }}`")
        })
    })
}

/// What to write for `low or high`, where an option is needed: a list of options that there are.
pub(super) fn several(words: &str, options: &[&str]) -> Option<String> {
    let named: Vec<&str> = words.split([' ', ',', '/']).filter(|word| !matches!(*word, "" | "or")).collect();
    let is_list = named.len() > 1 && named.iter().all(|word| options.contains(word));
    is_list.then(|| format!("for any of these, write `[{}]`", named.join(", ")))
}

/// What to write for an entry that is only words, where an id and a label belong.
pub(super) fn labelled(words: &str) -> String {
    let mut id = String::new();
    for c in words.to_lowercase().chars() {
        match c {
            c if c.is_ascii_alphanumeric() => id.push(c),
            _ if id.ends_with('_') || id.is_empty() => {}
            _ => id.push('_'),
        }
        if id.len() >= 20 {
            break;
        }
    }
    let id = match id.trim_end_matches('_') {
        id if id.starts_with(|c: char| c.is_ascii_lowercase()) => id,
        _ => "an_id",
    };
    format!("give it an id and a label: `{{ id: {id}, label: {} }}`", super::stumble::in_quotes(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(words: &str) -> Option<String> {
        comparison(words, |id| match id {
            "days" => Some(true),
            "mood" => Some(false),
            _ => None,
        })
    }

    #[test]
    fn each_sign_has_its_comparison() {
        for (words, condition) in [
            ("days > 21", "{ days: { above: 21 } }"),
            ("days>=21", "{ days: { at_least: 21 } }"),
            ("days < 2.5", "{ days: { below: 2.5 } }"),
            ("days <= -1", "{ not: { days: { above: -1 } } }"),
            ("mood = low", "{ mood: low }"),
            ("mood == low", "{ mood: low }"),
            ("mood != low", "{ not: { mood: low } }"),
            ("mood >= low", "{ mood: { at_least: low } }"),
        ] {
            assert_eq!(compared(words), Some(format!("write `{condition}`")), "{words}");
        }
        // A number is never compared with `=`, and of what isn't there nothing is known.
        for words in ["days = 3", "days => 3", "other > 3", "days >", "days > 3 and more", "> 3", "days", ""]
        {
            assert_eq!(compared(words), None, "{words}");
        }
    }

    #[test]
    fn words_between_options_make_a_list_of_them() {
        let options = ["low", "high", "none"];
        let list = Some("for any of these, write `[low, high]`".to_owned());
        for words in ["low or high", "low, high", "low/high"] {
            assert_eq!(several(words, &options), list, "{words}");
        }
        for words in ["low", "low and high", "low or far", "or", ""] {
            assert_eq!(several(words, &options), None, "{words}");
        }
    }

    #[test]
    fn an_id_is_made_of_the_words_or_left_to_the_author() {
        for (words, id) in [
            ("Fluids and food", "fluids_and_food"),
            ("Nothing at all, for more than a day", "nothing_at_all_for_m"),
            ("3 days", "an_id"),
            ("Näher als je", "n_her_als_je"),
            ("“”", "an_id"),
        ] {
            let start = format!("give it an id and a label: `{{ id: {id}, label: \"");
            assert!(labelled(words).starts_with(&start), "{}", labelled(words));
        }
    }
}
