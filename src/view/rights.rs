//! Licences that have a deed on the web.

/// The deed of a Creative Commons licence named in a notice, "CC BY-SA 4.0"; or the address that the notice is.
///
/// None for what is no licence, or none that we know: a wrong licence is worse than none.
pub(super) fn deed(notice: &str) -> Option<String> {
    if notice.starts_with("https://") && !notice.contains(char::is_whitespace) {
        return Some(notice.to_owned());
    }
    let words: Vec<String> = notice.split_whitespace().map(str::to_ascii_lowercase).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["cc0"] | ["cc0", "1.0"] => Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned()),
        ["cc", terms, version] => {
            let known = ["by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"].contains(&terms);
            let is_version = ["1.0", "2.0", "2.5", "3.0", "4.0"].contains(&version);
            (known && is_version).then(|| format!("https://creativecommons.org/licenses/{terms}/{version}/"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_with_a_deed_are_known() {
        let check = |notice: &str, expected: Option<&str>| assert_eq!(deed(notice).as_deref(), expected, "{notice}");
        check("CC BY-SA 4.0", Some("https://creativecommons.org/licenses/by-sa/4.0/"));
        check("CC0 1.0", Some("https://creativecommons.org/publicdomain/zero/1.0/"));
        check("https://northsound.example/terms", Some("https://northsound.example/terms"));
        check("CC BY-SA", None);
        check("All rights reserved", None);
        check("not CC BY 4.0", None);
        check("", None);
    }
}
