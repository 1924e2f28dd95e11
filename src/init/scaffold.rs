use super::Form;
use super::write::Start;
use crate::config::Takes;
use crate::diag::{Diagnostic, codes};
use crate::text::slug;
use jiff::civil::Date;
use serde_json::json;
use std::path::Path;

/// A file for an editor to fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scaffold {
    /// From the site's folder.
    pub path: String,
}

/// Makes the file of a new article of a day, a draft where its form can say so.
///
/// Errors with `file-unreadable` where there is a file of that name, which stays as it is, or none can be written.
pub fn article(root: &Path, headline: &str, day: Date, form: Form) -> Result<Scaffold, Diagnostic> {
    let headline = line(headline);
    let name = Some(slug(&headline)).filter(|name| !name.is_empty()).unwrap_or_else(|| "report".to_owned());
    let (ending, text) = match form {
        Form::Wire => ("txt", format!("{headline}\n\n{day}\n\n")),
        Form::Markdown => {
            let title = Takes::Text.toml(&json!(headline));
            (
                "md",
                format!(
                    "+++\ntitle = {title}\ndate = {day}\ndraft = true\n# description = \"\"\n# authors = [\"\"]\n# tags = [\"\"]\n+++\n\n"
                ),
            )
        }
    };
    let (year, month) = (day.year(), day.month());
    new(root, format!("content/{year:04}/{month:02}/{:02}-{name}.{ending}", day.day()), &text)
}

/// Makes the file of a new person.
///
/// Errors as [`article`] does, and with `value-type` for a name without a letter.
pub fn person(root: &Path, name: &str) -> Result<Scaffold, Diagnostic> {
    let name = line(name);
    let slug = slug(&name);
    if slug.is_empty() {
        return Err(Diagnostic::new(codes::VALUE_TYPE, "", "the name holds no letter and no digit")
            .help("write onrecord new person \"Ingrid Marsh\""));
    }
    let name = Takes::Text.toml(&json!(name));
    let text = format!(
        "+++\nname = {name}\n# aliases = [\"\"]\n# pronouns = \"\"\n# summary = \"\"\n# portrait = \"{slug}.jpg\"\n# same_as = [\"https://\"]\n\n\
         # [[roles]]\n# title = \"\"\n# from = 2030-03-12\n# to = 2031-11-14\n+++\n\n"
    );
    new(root, format!("content/people/{slug}.md"), &text)
}

fn line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn new(root: &Path, path: String, text: &str) -> Result<Scaffold, Diagnostic> {
    let mut start = Start::new(root)?;
    start.write(&path, text.as_bytes())?;
    if start.files.iter().any(|file| file.kept) {
        return Err(Diagnostic::new(codes::FILE_UNREADABLE, &path, format!("`{path}` is there already"))
            .note("it was not touched")
            .help("open it, or give the new one another name"));
    }
    Ok(Scaffold { path })
}
