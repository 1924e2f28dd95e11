//! What a file's path tells of its article: date, slug and section.

use jiff::civil::Date;

use crate::config::ReadSettings;
use crate::text::{bidi, slug};

/// The date in a path; none where there is none, or none that a calendar has.
///
/// Taught by: `content/2031/11/14-tunnel.txt`, `2031-11-14-tunnel.md`, `2031/11/14/tunnel.md`,
/// `20311114-tunnel.txt`, `harbour/2031/11/14_tunnel.txt`, `2031/11-14-tunnel.txt`.
pub fn path_date(path: &str) -> Option<Date> {
    dated(path).map(|(date, _)| date)
}

/// The slug in a path: the file's stem without its date. Address-safe; empty where nothing else is left.
pub fn path_slug(path: &str) -> String {
    slug(dated(path).map_or_else(|| stem(path), |(_, rest)| rest))
}

/// The date in a path, and what its stem says beside it.
fn dated(path: &str) -> Option<(Date, &str)> {
    let stem = stem(path);
    let folders: Vec<&str> = folders(path).collect();
    if let [.., year, month, day] = folders[..]
        && let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
        && let Some(date) = date(year, month, day)
    {
        return Some((date, leading_date(stem).map_or(stem, |(_, rest)| rest)));
    }
    if let [.., year, month] = folders[..]
        && let (Some(year), Some(month), Some((day, rest))) =
            (number(year, 4), number(month, 2), leading_number(stem, 2))
        && let Some(date) = date(year, month, day)
    {
        return Some((date, rest));
    }
    if let [.., year] = folders[..]
        && let (Some(year), Some((month, rest))) = (number(year, 4), leading_number(stem, 2))
        && let Some((day, rest)) = leading_number(rest, 2)
        && let Some(date) = date(year, month, day)
    {
        return Some((date, rest));
    }
    leading_date(stem)
}

/// The section in a path: the first folder below the content folder that is no number, as a title.
///
/// "harbour" is "Harbour", "news-in-brief" is "News in brief"; none where there is no such folder.
pub fn path_section(path: &str, settings: &ReadSettings) -> Option<String> {
    let content = settings.content.trim_matches('/');
    let below = match path.strip_prefix(content) {
        Some(rest) if content.is_empty() || rest.starts_with('/') => rest,
        _ => path,
    };
    folders(below)
        .find(|f| !f.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '_')))
        .map(words)
        .filter(|w| !w.is_empty())
}

/// A path's name in words, for an article that has no headline: "calder-tunnel" is "Calder tunnel".
pub fn path_words(path: &str) -> String {
    words(&path_slug(path))
}

/// Words from a name that stands in an address: hyphens and underscores become spaces, the first letter large, and what
/// controls a terminal or turns the direction of text is left out.
fn words(name: &str) -> String {
    let name = name.replace(|c: char| c.is_control() || bidi::turns(c), "");
    let spaced = name.split(['-', '_', ' ']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    let mut chars = spaced.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// The file's name without folders and without its last ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rfind('.') {
        Some(dot) if dot > 0 => &name[..dot],
        _ => name,
    }
}

fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.rsplit_once('/').map_or("", |(folders, _)| folders).split('/').filter(|f| !f.is_empty() && *f != ".")
}

/// A whole date at the head of a name, and what follows it.
fn leading_date(name: &str) -> Option<(Date, &str)> {
    let (year, rest) = leading_number(name, 4).or_else(|| compact(name, 4))?;
    let (month, rest) = leading_number(rest, 2).or_else(|| compact(rest, 2))?;
    let (day, rest) = leading_number(rest, 2)?;
    Some((date(year, month, day)?, rest))
}

/// A number of that many digits that ends with the name or at a separator, which goes with it.
fn leading_number(name: &str, digits: usize) -> Option<(i16, &str)> {
    let (value, rest) = compact(name, digits)?;
    match rest.chars().next() {
        None => Some((value, rest)),
        Some('-' | '_' | '.' | ' ') => Some((value, &rest[1..])),
        Some(_) => None,
    }
}

/// A number of that many digits, whatever follows.
fn compact(name: &str, digits: usize) -> Option<(i16, &str)> {
    let head = name.get(..digits).filter(|h| h.bytes().all(|b| b.is_ascii_digit()))?;
    Some((head.parse().ok()?, &name[digits..]))
}

fn number(name: &str, digits: usize) -> Option<i16> {
    compact(name, digits).filter(|(_, rest)| rest.is_empty()).map(|(value, _)| value)
}

/// A date of our calendar; news is not older than print.
fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day).ok().filter(|_| (1600..=2999).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_slugs() {
        let check = |path: &str, date: &str, slug: &str| {
            assert_eq!(path_date(path).map_or(String::new(), |d| d.to_string()), date, "{path}");
            assert_eq!(path_slug(path), slug, "{path}");
        };
        check("content/2031/11/14-calder-tunnel.txt", "2031-11-14", "calder-tunnel");
        check("content/2031/11/14/calder-tunnel.txt", "2031-11-14", "calder-tunnel");
        check("content/2031-11-14-calder-tunnel.md", "2031-11-14", "calder-tunnel");
        check("content/20311114-calder-tunnel.txt", "2031-11-14", "calder-tunnel");
        check("content/20311114.txt", "2031-11-14", "");
        check("content/harbour/2031/11/14_tunnel.v2.txt", "2031-11-14", "tunnel-v2");
        check("content/harbour/tunnel.txt", "", "tunnel");
        check("content/harbour/10-things-to-see.txt", "", "10-things-to-see");
        check("content/2031/11/tunnel.txt", "", "tunnel");
        check("content/2031/13/14-tunnel.txt", "", "14-tunnel");
        check("content/2031-02-30-tunnel.txt", "", "2031-02-30-tunnel");
        check("content/2031/11/14/10-things.txt", "2031-11-14", "10-things");
        check("tunnel", "", "tunnel");
        check("", "", "");
        check("content/été/2031/1٣/٣.txt", "", "٣");
    }

    #[test]
    fn sections_are_the_first_named_folder() {
        let settings = crate::config::Settings::default().read;
        let check = |path: &str, section: Option<&str>| {
            assert_eq!(path_section(path, &settings).as_deref(), section, "{path}");
        };
        check("content/harbour/tunnel.txt", Some("Harbour"));
        check("content/2031/11/news-in-brief/tunnel.txt", Some("News in brief"));
        check("content/2031/11/14/tunnel.txt", None);
        check("content/\u{202e}harbour\u{7}/tunnel.txt", Some("Harbour"));
        check("content/2031-11/tunnel.txt", None);
        check("content/tunnel.txt", None);
        check("tunnel.txt", None);
        check("contents/tunnel.txt", Some("Contents"));
    }
}
