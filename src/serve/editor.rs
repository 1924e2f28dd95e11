use crate::text::percent;
use std::path::Path;

/// The address that opens a file in an editor, at a line.
///
/// `{file}`, `{line}` and `{column}` stand for the absolute path, percent-encoded, and the place; without a place both
/// are 1.
pub(super) fn link(pattern: &str, root: &Path, path: &str, place: Option<(u32, u32)>) -> String {
    let (line, column) = place.unwrap_or((1, 1));
    let file = root.join(path);
    let file = file.to_string_lossy().replace('\\', "/");
    pattern
        .replace("{line}", &line.to_string())
        .replace("{column}", &column.to_string())
        .replace("{file}", &percent::encode(&file).replace('#', "%23"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_filled_in() {
        let check = |pattern: &str, path: &str, place, expected: &str| {
            assert_eq!(link(pattern, Path::new("/site"), path, place), expected);
        };
        let code = "vscode://file{file}:{line}:{column}";
        check(code, "content/a b.txt", Some((19, 4)), "vscode://file/site/content/a%20b.txt:19:4");
        check(code, "site.toml", None, "vscode://file/site/site.toml:1:1");
        // A name that looks like a pattern is a name.
        check("x:{file}#{line}", "content/{line}.txt", Some((2, 1)), "x:/site/content/%7Bline%7D.txt#2");
    }
}
