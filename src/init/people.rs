use crate::archive::{Archive, Person};
use crate::build::{self, BuildOptions, Quiet};
use crate::config::Takes;
use crate::diag::Diagnostic;
use crate::model::Form;
use serde_json::json;
use std::fmt::Write as _;
use std::path::Path;

/// Somebody who is quoted often, as a people file might say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The name as most articles give it.
    pub name: String,
    /// The last part of the address.
    pub slug: String,
    /// Quotations in all articles.
    pub n_quotes: usize,
    /// Articles that name the person.
    pub n_articles: usize,
    /// Other full names, most often first.
    pub aliases: Vec<String>,
    /// What articles call the person, most often first.
    pub roles: Vec<String>,
}

/// Other names, and offices, that are told.
const MOST_TOLD: usize = 5;

pub(super) fn proposals(root: &Path, most: usize) -> Result<Vec<Proposal>, Vec<Diagnostic>> {
    let mut options = BuildOptions::new(root);
    let out = root.join(".onrecord/init");
    options.out = Some(out.clone());
    options.cache = false;
    let mut found = Vec::new();
    let built = build::run_and_look(&options, &Quiet, &mut |site| found = most_quoted(site.archive, most));
    // Made for this look alone; where it cannot be removed the next build's cache sweep will.
    let _ = std::fs::remove_dir_all(out);
    match built {
        Ok(_) => Ok(found),
        Err(failure) => Err(failure.diagnostics),
    }
}

fn most_quoted(archive: &Archive, most: usize) -> Vec<Proposal> {
    let mut people: Vec<&Person> =
        archive.people.iter().filter(|person| person.authority.is_none() && !person.quotes.is_empty()).collect();
    people.sort_by_key(|person| (std::cmp::Reverse(person.quotes.len()), person.slug.clone()));
    people.truncate(most);
    people.into_iter().map(proposal).collect()
}

fn proposal(person: &Person) -> Proposal {
    let other = |form: &&(Box<str>, Form, u32)| form.1 == Form::FullName && form.0 != person.name;
    Proposal {
        name: person.name.to_string(),
        slug: person.slug.to_string(),
        n_quotes: person.quotes.len(),
        n_articles: person.articles.len(),
        aliases: person.forms.iter().filter(other).take(MOST_TOLD).map(|form| form.0.to_string()).collect(),
        roles: person.roles.iter().take(MOST_TOLD).map(|(role, _)| role.to_string()).collect(),
    }
}

/// "1 report", "14 reports"
fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

impl Proposal {
    /// The people file, from the site's folder.
    pub fn path(&self) -> String {
        format!("content/people/{}.md", self.slug)
    }

    /// What stands in it. Only the name is said; all else is for the editor to confirm.
    pub fn file(&self) -> String {
        let quoted = |text: &str| Takes::Text.toml(&json!(text));
        // What was found in copy goes into comments, where a line end would let it out.
        let commented = |text: &str| -> String { text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect() };
        let mut out = format!(
            "+++\n# Proposed by `onrecord init`: {} in {}. Correct it, and take this line out.\nname = {}\n",
            count(self.n_quotes, "quotation"),
            count(self.n_articles, "report"),
            quoted(&self.name)
        );
        let aliases: Vec<_> = self.aliases.iter().map(|alias| quoted(alias)).collect();
        let shown = if aliases.is_empty() { String::new() } else { "  # as the reports give it".to_owned() };
        let _ = writeln!(out, "# aliases = [{}]{shown}", aliases.join(", "));
        out += "# pronouns = \"\"\n# not = [\"somebody-of-the-same-name\"]\n";
        if !self.roles.is_empty() {
            let _ = writeln!(out, "\n# The reports say: {}.", commented(&self.roles.join("; ")));
        }
        let title = self.roles.first().map_or_else(|| quoted("Harbour Minister"), |role| quoted(role));
        let _ = write!(out, "# [[roles]]\n# title = {title}\n# from = 2030-03-12\n# to = 2031-11-14\n+++\n");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AuthorityPerson, Encoding, Source};
    use crate::read;
    use proptest::prelude::*;

    /// A people file as the program reads it, which must have nothing to say of it.
    fn read(path: &str, text: &str) -> AuthorityPerson {
        let source = Source { path: path.into(), text: text.into(), encoding: Encoding::Utf8 };
        let noted = read::person(&source);
        assert!(noted.diagnostics.is_empty(), "{:?}\n{text}", noted.diagnostics);
        noted.value.expect("a person")
    }

    /// The file with all that it proposes taken at its word.
    fn taken(file: &str) -> String {
        let keys = ["aliases", "[[roles]]", "title", "from", "to"];
        let is_key = |line: &&str| {
            keys.iter().any(|key| line.strip_prefix(*key).is_some_and(|l| l.is_empty() || l.starts_with(" =")))
        };
        let lines = file.split('\n').map(|line| line.strip_prefix("# ").filter(is_key).unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Words as one line, as all names are read.
    fn line(words: &str) -> String {
        let words = words
            .split_whitespace()
            .map(|word| word.replace(|c: char| c.is_control() || crate::text::bidi::turns(c), ""));
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn check(name: &str, alias: &str, role: &str) {
        let proposal = Proposal {
            name: name.to_owned(),
            slug: "ola-brandt".to_owned(),
            n_quotes: 2,
            n_articles: 1,
            aliases: vec![alias.to_owned(), "Ola".to_owned()],
            roles: vec![role.to_owned(), "skipper".to_owned()],
        };
        let file = proposal.file();
        let person = read(&proposal.path(), &file);
        assert_eq!((&*person.name, person.aliases.len(), person.offices.len()), (&*line(name), 0, 0), "{file}");
        let person = read(&proposal.path(), &taken(&file));
        assert_eq!(*person.name, *line(name), "{file}");
        let aliases: Vec<&str> = person.aliases.iter().map(|alias| &**alias).collect();
        assert_eq!(aliases, [&*line(alias), "Ola"], "{file}");
        assert_eq!(person.offices.iter().map(|office| &*office.title).collect::<Vec<_>>(), [line(role)], "{file}");
    }

    #[test]
    fn what_is_proposed_reads_back_word_for_word() {
        for words in [
            "Ola “Ollie” \"O\" Brandt",
            "O’Brandt's \\ \\u0041 \\\"",
            "Brandt\"\nadmin = true #",
            "Brandt\n+++\nname = \"Osric Pell\"",
            "\"\"\" ''' Brandt",
            "Brandt\u{2028}+++\u{2029}x = 1\u{85}y\u{b}z\u{c}+++\rw",
            "<script>alert(1)</script> & {{ x }} [[roles]]",
            "Brandt\u{7f}\u{1b}[31m\0",
            "\u{202e}tdnarB\u{200f} \u{feff}Ola",
        ] {
            check(words, words, words);
        }
    }

    proptest! {
        #[test]
        fn any_words_do(name in "\\PC{0,20}[a-z]", alias in "[\"'\\\\#\n\r\t\u{0}-\u{1f}\u{85}\u{2028}+=\\[\\]{}a-z ]{0,20}[a-z]", role in "(?s).{0,20}[a-z]") {
            check(&name, &alias, &role);
        }
    }
}
