//! The tags of languages as BCP 47 writes them, such as `es-MX`. Also compiled by `build.rs`.

/// The tag of a locale: `es_MX.UTF-8@x` is `es-MX`. A tag stays as it is.
pub fn of_locale(locale: &str) -> String {
    locale.trim().split(['.', '@']).next().unwrap_or_default().replace('_', "-")
}

/// The language without country or script.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// Which of the tags is meant: the same one, else one that differs in the country or the script alone.
pub fn meant<'t>(wanted: &str, tags: impl Iterator<Item = &'t str> + Clone) -> Option<usize> {
    let same = tags.clone().position(|tag| tag.eq_ignore_ascii_case(wanted));
    let mut tags = tags;
    same.or_else(|| tags.position(|tag| primary(tag).eq_ignore_ascii_case(primary(wanted))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_tag_comes_before_one_of_another_country() {
        let tags = ["pt-BR", "es", "es-MX"];
        let meant = |wanted: &str| meant(wanted, tags.iter().copied());
        assert_eq!(["ES-mx", "es-AR", "pt", "es"].map(meant), [Some(2), Some(1), Some(0), Some(1)]);
        assert_eq!(["", "e", "est", "p-BR"].map(meant), [None; 4]);
    }

    #[test]
    fn a_locale_is_told_as_a_tag() {
        let tags = ["es_MX.UTF-8@euro", " de_AT ", "C.UTF-8", "pt-BR", ""].map(of_locale);
        assert_eq!(tags, ["es-MX", "de-AT", "C", "pt-BR", ""]);
    }
}
