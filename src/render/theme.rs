//! The default theme, embedded in the binary.
//!
//! `templates/` and `static/` of this repository. A site replaces any one file by having a file of
//! the same name.

use include_dir::{Dir, include_dir};

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// Templates by name, `components/chip.html` for the file `templates/components/chip.html`; by name.
pub fn templates() -> Vec<(&'static str, &'static str)> {
    // A template that is not UTF-8 could not have been committed: the tests draw every page with them.
    files(&TEMPLATES).into_iter().filter_map(|(name, bytes)| Some((name, std::str::from_utf8(bytes).ok()?))).collect()
}

/// Static files by path in the output folder, `theme.css`; by path.
pub fn static_files() -> Vec<(&'static str, &'static [u8])> {
    files(&STATIC)
}

fn files(dir: &'static Dir<'static>) -> Vec<(&'static str, &'static [u8])> {
    fn walk(dir: &'static Dir<'static>, out: &mut Vec<(&'static str, &'static [u8])>) {
        out.extend(dir.files().filter_map(|file| Some((file.path().to_str()?, file.contents()))));
        dir.dirs().for_each(|inner| walk(inner, out));
    }
    let mut out = Vec::new();
    walk(dir, &mut out);
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn theme_holds_what_base_asks_for() {
        let names: Vec<_> = static_files().into_iter().map(|(path, _)| path).collect();
        assert_eq!(names, ["icon.svg", "search.css", "search.js", "theme.css", "theme.js"]);
        assert!(templates().iter().any(|(name, _)| *name == "base.html"));
        assert!(templates().iter().any(|(name, _)| *name == "components/chip.html"));
    }
}
