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
