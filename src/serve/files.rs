use crate::text::percent;
use std::fs::{File, Metadata};
use std::path::Path;

/// What stands at an address.
#[derive(Debug)]
pub(super) enum Found {
    /// A file, opened.
    File(File, Metadata),
    /// A folder that was named without its last slash.
    Folder,
    /// Nothing that is anybody's.
    Nothing,
}

/// Finds the file of an address's path, which begins with `/` and is escaped, in a folder.
///
/// A folder's file is its `index.html`. No name that begins with a dot, that a system would read otherwise than it is
/// written, or that leads out of the folder, by link or by escape, is anything here.
pub(super) fn find(folder: &Path, path: &str) -> Found {
    let Some(names) = names(path) else {
        return Found::Nothing;
    };
    let Ok(folder) = folder.canonicalize() else {
        return Found::Nothing;
    };
    let asks_folder = path.ends_with('/');
    let mut file = folder.clone();
    file.extend(names.iter().map(String::as_str));
    if asks_folder {
        file.push("index.html");
    }
    // Where links lead is where the file is.
    let Some(file) = file.canonicalize().ok().filter(|file| file.starts_with(&folder)) else {
        return Found::Nothing;
    };
    match file.metadata() {
        Ok(about) if about.is_dir() && !asks_folder => Found::Folder,
        Ok(about) if about.is_file() => match File::open(&file) {
            Ok(file) => Found::File(file, about),
            Err(_) => Found::Nothing,
        },
        _ => Found::Nothing,
    }
}

/// The names in a path, escapes undone, without the empty one after a last slash.
fn names(path: &str) -> Option<Vec<String>> {
    let inner = path.strip_prefix('/')?;
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    if inner.is_empty() {
        return (path == "/").then(Vec::new);
    }
    let plain = |name: &str| {
        let name = percent::decode(name).into_owned();
        // `:` begins a stream or a drive on Windows, where a dot or a blank at the end is dropped as well.
        let odd = |c: char| c.is_control() || matches!(c, '/' | '\\' | ':');
        let fine = !name.is_empty() && !name.starts_with('.') && !name.ends_with(['.', ' ']) && !name.contains(odd);
        fine.then_some(name)
    };
    inner.split('/').map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn names_are_plain() {
        let check = |path: &str, expected: Option<&[&str]>| {
            let expected = expected.map(|names| names.iter().map(ToString::to_string).collect::<Vec<_>>());
            assert_eq!(names(path), expected, "{path}");
        };
        check("/", Some(&[]));
        check("/2031/11/14/calder-tunnel/", Some(&["2031", "11", "14", "calder-tunnel"]));
        check("/a%20b.jpg", Some(&["a b.jpg"]));
        check("/caf%C3%A9/", Some(&["café"]));
        for path in [
            "",
            "a",
            "//",
            "//a",
            "/a//b",
            "/.",
            "/..",
            "/../x",
            "/a/../b",
            "/%2e%2e/x",
            "/%2E./x",
            "/.onrecord",
            "/a/.git/x",
            "/%2eonrecord",
            "/a%2fb",
            "/a%5cb",
            "/a\\b",
            "/a%00",
            "/a%0a",
            "/c:",
            "/a::$DATA",
            "/a.",
            "/a%20",
        ] {
            check(path, None);
        }
        // Escapes are undone once.
        check("/%252e%252e/x", Some(&["%2e%2e", "x"]));
    }

    #[test]
    fn a_file_a_folder_or_nothing() {
        let site = tempfile::tempdir().expect("a folder");
        let folder = site.path().join("site");
        fs::create_dir_all(folder.join("people")).expect("a folder");
        fs::write(folder.join("index.html"), "home").expect("a file");
        fs::write(folder.join("people/index.html"), "people").expect("a file");
        fs::write(folder.join(".onrecord"), "manifest").expect("a file");
        fs::write(site.path().join("secret"), "secret").expect("a file");
        let check = |path: &str, expected: &str| {
            let found = match find(&folder, path) {
                Found::File(_, about) => format!("{} bytes", about.len()),
                Found::Folder => "folder".to_owned(),
                Found::Nothing => "nothing".to_owned(),
            };
            assert_eq!(found, expected, "{path}");
        };
        check("/", "4 bytes");
        check("/people/", "6 bytes");
        check("/people", "folder");
        check("/people/index.html", "6 bytes");
        check("/index.html/", "nothing");
        check("/nowhere", "nothing");
        check("/.onrecord", "nothing");
        check("/../secret", "nothing");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(site.path().join("secret"), folder.join("link")).expect("a link");
            std::os::unix::fs::symlink(site.path(), folder.join("out")).expect("a link");
            std::os::unix::fs::symlink("index.html", folder.join("inside.html")).expect("a link");
            check("/link", "nothing");
            check("/out/secret", "nothing");
            check("/out", "nothing");
            check("/inside.html", "4 bytes");
        }
    }
}
