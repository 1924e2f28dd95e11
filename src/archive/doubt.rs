//! Who may be one, and who may be two: what the archive's editor is asked.

use super::evidence::{Place, Sign};
use super::likeness::Likeness;
use super::{Archive, ArticleId, Person, PersonId};
use crate::diag::{Diagnostic, codes};
use jiff::civil::Date;
use std::cmp::Reverse;

/// A question about people, by their numbers.
#[derive(Clone, Debug)]
pub(super) enum Doubt {
    /// One name that several people bear, or may bear.
    Namesakes {
        /// Those that were told apart; one where nobody was.
        people: Vec<u32>,
        /// Places that are nobody's.
        left: Vec<Place>,
        /// What speaks for there being several.
        signs: Vec<Sign>,
    },
    /// Two names that may be one person's.
    Alike {
        /// The two.
        people: [u32; 2],
        /// How they are alike.
        likeness: Likeness,
        /// Quotations of the less quoted.
        n_quotes: u32,
    },
}

/// Questions asked in one build. The rest waits until these are settled.
const MOST_ASKED: usize = 50;
/// Articles named in one question.
const MOST_NAMED: usize = 3;

impl Doubt {
    /// Gives people other numbers.
    pub(super) fn renumber(&mut self, new: &[u32]) {
        match self {
            Self::Namesakes { people, .. } => people.iter_mut().for_each(|person| *person = new[*person as usize]),
            Self::Alike { people, .. } => people.iter_mut().for_each(|person| *person = new[*person as usize]),
        }
    }

    /// What is asked first: who was told apart, then who is quoted most.
    fn order(&self) -> impl Ord + use<> {
        match self {
            Self::Namesakes { people, .. } => (Reverse(people.len().min(2)), Reverse(u32::MAX), people.clone()),
            Self::Alike { people, n_quotes, .. } => (Reverse(0), Reverse(*n_quotes), people.to_vec()),
        }
    }
}

/// Asks about people: `person-doubtful`, the weightiest questions first, at most [`MOST_ASKED`].
///
/// `ids` are the people's ids by the numbers that doubts name.
pub(super) fn ask(archive: &Archive, mut doubts: Vec<Doubt>, ids: &[PersonId], notes: &mut Vec<Diagnostic>) {
    doubts.sort_by_cached_key(Doubt::order);
    let more = doubts.len().saturating_sub(MOST_ASKED);
    for doubt in doubts.iter().take(MOST_ASKED) {
        notes.push(match doubt {
            Doubt::Namesakes { people, left, signs } => {
                let people: Vec<PersonId> = people.iter().map(|person| ids[*person as usize]).collect();
                namesakes(archive, &people, left, signs)
            }
            Doubt::Alike { people: [a, b], likeness, .. } => {
                alike(archive, ids[*a as usize], ids[*b as usize], *likeness)
            }
        });
    }
    if more > 0 {
        let message = format!("{more} more questions about people wait until these are settled");
        notes.push(Diagnostic::new(codes::PERSON_DOUBTFUL, "content/people", message));
    }
}

fn namesakes(archive: &Archive, people: &[PersonId], left: &[Place], signs: &[Sign]) -> Diagnostic {
    let [first, .., last] = people else { return may_be_two(archive, people, signs) };
    let (first, last) = (archive.person(*first), archive.person(*last));
    let name = &first.name;
    let each = people.iter().map(|id| described(archive, *id)).collect::<Vec<_>>().join("; ");
    let mut note = format!("{each}; told apart by {}", signs_in_words(signs));
    if !left.is_empty() {
        let (n, are) = (left.len(), if left.len() == 1 { "mention is" } else { "mentions are" });
        note.push_str(&format!(
            "; {n} {are} left to nobody: {}",
            paths(archive, left.iter().map(|(at, _)| *at as usize))
        ));
    }
    let own = |person: &Person| paths(archive, person.articles.iter().rev().map(|id| id.index()));
    let help = format!(
        "if they are {n}, give each a people file with `name = \"{name}\"` and its own reports: \
         `content/people/{a}.md` with `articles = [{own_a}]`, `content/people/{b}.md` with `articles = [{own_b}]`; if they \
         are one, write `content/people/{a}.md` without `articles`",
        n = people.len(),
        a = first.slug,
        b = last.slug,
        own_a = own(first),
        own_b = own(last),
    );
    let message = format!("`{name}` is taken for {} people", people.len());
    Diagnostic::new(codes::PERSON_DOUBTFUL, first_path(archive, last), message).note(note).help(help)
}

fn may_be_two(archive: &Archive, people: &[PersonId], signs: &[Sign]) -> Diagnostic {
    let Some(id) = people.first() else { return Diagnostic::new(codes::PERSON_DOUBTFUL, "", "nobody is in doubt") };
    let person = archive.person(*id);
    let (name, slug) = (&person.name, &person.slug);
    let note = format!("kept as one, {}; against it: {}", described(archive, *id), signs_in_words(signs));
    let help = format!(
        "if they are one, write `content/people/{slug}.md` with `name = \"{name}\"`; if they are two, write two such files, \
         each with its reports in `articles = […]`"
    );
    Diagnostic::new(codes::PERSON_DOUBTFUL, first_path(archive, person), format!("`{name}` may be two people"))
        .note(note)
        .help(help)
}

fn alike(archive: &Archive, a: PersonId, b: PersonId, likeness: Likeness) -> Diagnostic {
    // The people file's person first, else who is quoted more, else whose name is in full.
    let weight = |id: PersonId| {
        let person = archive.person(id);
        (person.authority.is_some(), person.quotes.len(), person.name.len(), Reverse(id))
    };
    let (main, other) = if weight(a) >= weight(b) { (a, b) } else { (b, a) };
    let (x, y) = (archive.person(main), archive.person(other));
    let why = match likeness {
        Likeness::Spacing => "the names are spelt almost alike",
        Likeness::Middle => "one name has a middle name more, or fits two people",
        Likeness::Short => "one given name may be short for the other",
        Likeness::Initial => "one name gives only an initial",
        Likeness::Spelling => "the names may be two spellings of one",
    };
    let note = format!(
        "kept apart: {why}, but no post or company in common shows it; {}; {}",
        described(archive, main),
        described(archive, other)
    );
    let file = match &x.authority {
        Some(file) => format!("add to `{}`", file.path),
        None => format!("write `content/people/{}.md` with `name = \"{}\"` and", x.slug, x.name),
    };
    let help =
        format!("if they are one, {file} `aliases = [\"{}\"]`; if they are two, `not = [\"{}\"]`", y.name, y.slug);
    let message = format!("`{}` and `{}` may be one person", x.name, y.name);
    Diagnostic::new(codes::PERSON_DOUBTFUL, first_path(archive, y), message).note(note).help(help)
}

/// "`people/daniel-oake/` (broker; 3 reports, 2029 to 2031)"
fn described(archive: &Archive, id: PersonId) -> String {
    let person = archive.person(id);
    let role = person.roles.first().map_or(String::new(), |(role, _)| format!("{role}; "));
    let n = person.articles.len();
    let reports = if n == 1 { "report" } else { "reports" };
    let year = |date: Option<Date>| date.map(|date| date.year());
    let years = match (year(archive.first_seen(id)), year(archive.last_seen(id))) {
        (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
        (Some(first), _) => format!(", {first}"),
        _ => String::new(),
    };
    format!("`{}` ({role}{n} {reports}{years})", person.address())
}

fn signs_in_words(signs: &[Sign]) -> String {
    signs.iter().map(|sign| sign.words()).collect::<Vec<_>>().join(", ")
}

fn first_path<'a>(archive: &'a Archive, person: &Person) -> &'a str {
    person.articles.last().map_or("", |id| &archive.article(*id).facts.path)
}

/// Paths as a people file lists them; a few, the rest as "…".
fn paths(archive: &Archive, articles: impl Iterator<Item = usize>) -> String {
    let mut paths: Vec<&str> = articles.map(|at| &*archive.article(ArticleId::new(at)).facts.path).collect();
    paths.dedup();
    let more = paths.len() > MOST_NAMED;
    let mut out = paths.iter().take(MOST_NAMED).map(|path| format!("\"{path}\"")).collect::<Vec<_>>().join(", ");
    if more {
        out.push_str(", …");
    }
    out
}
