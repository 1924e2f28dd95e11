//! People renamed, merged and split: what that makes of people files, `content/people/*.md`.

use super::person_file::PersonFile;
use crate::diag::{Diagnostic, codes};
use crate::text::slug;

/// A person as the archive knows them, with their people file.
#[derive(Clone, Copy, Debug)]
pub struct Someone<'a> {
    /// The last part of their address: `ingrid-marsh`.
    pub slug: &'a str,
    /// The name shown.
    pub name: &'a str,
    /// Where their people file lies, or would lie: `content/people/ingrid-marsh.md`.
    pub path: &'a str,
    /// The file's text; none where there is no file.
    pub text: Option<&'a str>,
}

/// What becomes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is written whole.
    Write {
        /// The path from the site's root.
        path: Box<str>,
        /// The new text.
        text: String,
    },
    /// It is taken away.
    Remove {
        /// The path from the site's root.
        path: Box<str>,
    },
}

/// Gives a person another name to be shown by.
///
/// The old name goes on meaning them, as an alias, and the address stays.
/// Errors where the people file is at fault, for a name without a letter, and where the old name means the person in
/// some reports only: an alias would reach all.
pub fn rename(person: Someone<'_>, name: &str) -> Result<Vec<Change>, Diagnostic> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if slug(&name).is_empty() {
        return Err(Diagnostic::new(codes::VALUE_TYPE, person.path, "a name needs a letter"));
    }
    let mut file = PersonFile::open(&person)?;
    if slug(person.name) != slug(&name) {
        reaches_all(&file, &person)?;
        file.add("aliases", person.name, slug);
        file.take("aliases", |alias| slug(alias) == slug(&name));
    }
    file.put("name", &name);
    Ok(vec![written(person, file)?])
}

/// Makes one person of two: `from` is `into` from now on, under all names that they have.
///
/// What is known of `from` and not of `into` is taken over, offices and biography are joined, and the file of `from`
/// goes; their address leads on.
/// Errors where a people file is at fault, and where a name of `from` means them in some reports only and is not that
/// of `into`: an alias would reach all.
pub fn merge(from: Someone<'_>, into: Someone<'_>) -> Result<Vec<Change>, Diagnostic> {
    if from.slug == into.slug {
        return Err(Diagnostic::new(codes::PERSON_TWICE, into.path, format!("`{}` is this person already", from.name)));
    }
    let (theirs, mut file) = (PersonFile::open(&from)?, PersonFile::open(&into)?);
    let is_namesake = slug(from.name) == slug(into.name);
    if is_namesake {
        // Together they are whoever bears the name where either did; one who did everywhere goes on doing so.
        let [ours, others] = [&file, &theirs].map(|file| file.list(scope(file)));
        if ours.is_empty() || others.is_empty() {
            file.take(scope(&file), |_| true);
        } else {
            let key = scope(&file);
            others.iter().for_each(|path| file.add(key, path, str::to_owned));
        }
    } else {
        reaches_all(&theirs, &from)?;
    }
    let own = file.list("aliases").iter().chain([&into.name.to_owned()]).map(|name| slug(name)).collect::<Vec<_>>();
    for name in std::iter::once(from.name.to_owned()).chain(theirs.list("aliases")) {
        if !own.contains(&slug(&name)) {
            file.add("aliases", &name, slug);
        }
    }
    for other in theirs.list("not").iter().filter(|other| slug(other) != into.slug) {
        file.add("not", other, slug);
    }
    file.take("not", |other| slug(other) == from.slug);
    for former in theirs.list("former").iter().map(String::as_str).chain([from.slug]) {
        file.add("former", former, slug);
    }
    let same_as = if theirs.toml.contains_key("sameAs") { "sameAs" } else { "same_as" };
    let ours = if file.toml.contains_key("sameAs") { "sameAs" } else { "same_as" };
    theirs.list(same_as).iter().for_each(|address| file.add(ours, address, str::to_owned));
    file.append_tables(["roles", "offices"], &theirs);
    file.inherit(&["pronouns"], &theirs);
    file.inherit(&["summary", "description"], &theirs);
    file.inherit(&["slot"], &theirs);
    file.inherit(&["extra"], &theirs);
    if file.inherit(&["portrait", "picture", "image"], &theirs) {
        file.inherit(&["portrait_alt"], &theirs);
        file.inherit(&["portrait_credit"], &theirs);
    }
    if !theirs.body.trim().is_empty() {
        let ours = file.body.trim_end().to_owned();
        file.body = format!("{ours}\n\n{}\n", theirs.body.trim());
    }
    let mut changes = vec![written(into, file)?];
    changes.extend(from.text.map(|_| Change::Remove { path: from.path.into() }));
    Ok(changes)
}

/// Makes two people of one: `other` is somebody else from now on, in `articles` (paths or folders) if any are given,
/// else wherever their name stands.
///
/// Each file says that it is not about the other. Errors where a people file is at fault, and where the two share a
/// name and no article says where it means whom.
pub fn split(person: Someone<'_>, other: Someone<'_>, articles: &[&str]) -> Result<Vec<Change>, Diagnostic> {
    if person.slug == other.slug {
        return Err(Diagnostic::new(codes::PERSON_TWICE, other.path, "two people need two addresses"));
    }
    let (mut file, mut theirs) = (PersonFile::open(&person)?, PersonFile::open(&other)?);
    let is_namesake = slug(person.name) == slug(other.name);
    if is_namesake && articles.is_empty() && theirs.list(scope(&theirs)).is_empty() {
        let message = format!("nothing says in which reports `{}` is somebody else", other.name);
        return Err(Diagnostic::new(codes::PERSON_TWICE, other.path, message).help("choose the reports"));
    }
    let key = scope(&theirs);
    articles.iter().for_each(|article| theirs.add(key, article, str::to_owned));
    file.take(scope(&file), |path| articles.contains(&path));
    file.take("aliases", |alias| slug(alias) == slug(other.name) && !is_namesake);
    file.take("former", |former| slug(former) == other.slug);
    file.add("not", other.slug, slug);
    theirs.add("not", person.slug, slug);
    Ok(vec![written(person, file)?, written(other, theirs)?])
}

/// The key under which a file says in which reports its name means its person.
fn scope(file: &PersonFile<'_>) -> &'static str {
    if file.toml.contains_key("reports") { "reports" } else { "articles" }
}

fn reaches_all(file: &PersonFile<'_>, person: &Someone<'_>) -> Result<(), Diagnostic> {
    if file.list(scope(file)).is_empty() {
        return Ok(());
    }
    let message = format!("`{}` means this person in some reports only, and an alias reaches all", person.name);
    Err(Diagnostic::new(codes::PERSON_TWICE, person.path, message).help("decide about these reports one by one"))
}

fn written(person: Someone<'_>, file: PersonFile<'_>) -> Result<Change, Diagnostic> {
    Ok(Change::Write { path: person.path.into(), text: file.text()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARSH: &str = "+++\n# Checked with the Assembly.\nname = \"Ingrid Marsh\"  # as she signs\nnot = [\"ivo-marsh\"]\n\n\
                         [[roles]]\ntitle = \"Harbour Minister\"\nfrom = 2030-03-12\n+++\n\nShe taught geography.\n";

    fn someone<'a>(slug: &'a str, name: &'a str, path: &'a str, text: Option<&'a str>) -> Someone<'a> {
        Someone { slug, name, path, text }
    }

    fn marsh(text: Option<&str>) -> Someone<'_> {
        someone("ingrid-marsh", "Ingrid Marsh", "content/people/ingrid-marsh.md", text)
    }

    #[track_caller]
    fn text(changes: &Result<Vec<Change>, Diagnostic>, at: usize) -> &str {
        match changes.as_ref().map(|changes| changes.get(at)) {
            Ok(Some(Change::Write { text, .. })) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_new_name_keeps_the_old_one_and_the_address() {
        let renamed = rename(marsh(Some(MARSH)), " Ingrid  Marsh-Renn ");
        let expected = MARSH
            .replace("name = \"Ingrid Marsh\"  #", "name = \"Ingrid Marsh-Renn\"  #")
            .replace("not = [\"ivo-marsh\"]\n", "not = [\"ivo-marsh\"]\naliases = [\"Ingrid Marsh\"]\n");
        assert_eq!(text(&renamed, 0), expected);
        // And back again.
        let back = someone("ingrid-marsh", "Ingrid Marsh-Renn", "content/people/ingrid-marsh.md", Some(&expected));
        assert!(text(&rename(back, "Ingrid Marsh"), 0).contains("aliases = [\"Ingrid Marsh-Renn\"]"));
        // Another spelling of the same name is no alias.
        assert!(!text(&rename(marsh(Some(MARSH)), "Íngrid Marsh"), 0).contains("aliases"));
        assert_eq!(
            text(&rename(marsh(None), "Ingrid Renn"), 0),
            "+++\nname = \"Ingrid Renn\"\naliases = [\"Ingrid Marsh\"]\n+++\n"
        );
        assert!(rename(marsh(None), " … ").is_err());
    }

    #[test]
    fn a_file_whose_name_is_not_the_address_says_the_address() {
        let person = someone("ingrid-marsh", "Ingrid Marsh", "content/people/minister.md", None);
        assert!(text(&rename(person, "Ingrid Renn"), 0).contains("slug = \"ingrid-marsh\"\n"));
    }

    #[test]
    fn two_become_one_with_all_that_is_known_of_them() {
        let toby = "+++\nname = \"Toby Renn\"\naliases = [\"T. Renn\"]\npronouns = \"he/him\"\nnot = [\"ingrid-marsh\", \
                    \"ola-brandt\"]\n[[offices]]\ntitle = \"Mayor\"\n+++\nHe rows.\n";
        let toby = someone("toby-renn", "Toby Renn", "content/people/toby-renn.md", Some(toby));
        let merged = merge(toby, marsh(Some(MARSH)));
        let expected = "+++\n# Checked with the Assembly.\nname = \"Ingrid Marsh\"  # as she signs\n\
                        not = [\"ivo-marsh\", \"ola-brandt\"]\naliases = [\"Toby Renn\", \"T. Renn\"]\nformer = [\"toby-renn\"]\npronouns = \
                        \"he/him\"\n\n[[roles]]\ntitle = \"Harbour Minister\"\nfrom = 2030-03-12\n[[roles]]\ntitle = \
                        \"Mayor\"\n+++\n\nShe taught geography.\n\nHe rows.\n";
        assert_eq!(text(&merged, 0), expected);
        assert_eq!(merged.expect("two changes")[1], Change::Remove { path: toby.path.into() });
        // Neither has a file.
        let merged = merge(Someone { text: None, ..toby }, marsh(None));
        assert_eq!(
            text(&merged, 0),
            "+++\nname = \"Ingrid Marsh\"\naliases = [\"Toby Renn\"]\nformer = [\"toby-renn\"]\n+++\n"
        );
        assert_eq!(merged.expect("one change").len(), 1);
        assert!(merge(marsh(None), marsh(None)).is_err());
    }

    #[test]
    fn namesakes_become_one_where_either_was() {
        let file =
            |slug: &str, articles: &str| format!("+++\nname = \"Daniel Oake\"\n{articles}not = [\"{slug}\"]\n+++\n");
        let (a, b) = ("oake-broker", "oake-goalkeeper");
        let (broker, keeper) =
            (file(b, "articles = [\"content/courts/\"]\n"), file(a, "articles = [\n  \"content/sport/\"\n]\n"));
        let [broker, keeper] = [(a, &broker), (b, &keeper)].map(|(slug, text)| {
            someone(
                slug,
                "Daniel Oake",
                if slug == a { "content/people/oake-broker.md" } else { "content/people/oake-goalkeeper.md" },
                Some(text),
            )
        });
        let merged = merge(broker, keeper);
        let expected = "+++\nname = \"Daniel Oake\"\narticles = [\n  \"content/sport/\",\n  \"content/courts/\"\n]\nformer = [\"oake-broker\"]\n+++\n";
        assert_eq!(text(&merged, 0), expected);
        let everywhere = file(a, "");
        let merged = merge(broker, Someone { text: Some(&everywhere), ..keeper });
        assert_eq!(text(&merged, 0), "+++\nname = \"Daniel Oake\"\nformer = [\"oake-broker\"]\n+++\n");
        // A name that is theirs in some reports cannot become an alias.
        assert!(merge(broker, marsh(None)).is_err());
        assert!(rename(broker, "Dan Oake").is_err());
    }

    #[test]
    fn one_becomes_two_who_know_of_each_other() {
        let with_alias = MARSH.replace("not =", "aliases = [\"Ida Marsh\", \"I. Marsh\"]\nnot =");
        let ida = someone("ida-marsh", "Ida Marsh", "content/people/ida-marsh.md", None);
        let parted = split(marsh(Some(&with_alias)), ida, &[]);
        let expected =
            MARSH.replace("not = [\"ivo-marsh\"]", "aliases = [\"I. Marsh\"]\nnot = [\"ivo-marsh\", \"ida-marsh\"]");
        assert_eq!(text(&parted, 0), expected);
        assert_eq!(text(&parted, 1), "+++\nname = \"Ida Marsh\"\nnot = [\"ingrid-marsh\"]\n+++\n");
        let namesake = someone("ingrid-marsh-rower", "Ingrid Marsh", "content/people/ingrid-marsh-rower.md", None);
        assert!(split(marsh(None), namesake, &[]).is_err());
        let parted = split(marsh(None), namesake, &["content/sport/"]);
        let expected = "+++\nname = \"Ingrid Marsh\"\narticles = [\"content/sport/\"]\nnot = [\"ingrid-marsh\"]\n+++\n";
        assert_eq!(text(&parted, 1), expected);
        assert_eq!(text(&parted, 0), "+++\nname = \"Ingrid Marsh\"\nnot = [\"ingrid-marsh-rower\"]\n+++\n");
    }

    #[test]
    fn a_file_at_fault_is_left_alone() {
        let broken = "+++\nname = \"Ingrid Marsh\"\nwikidata = \"Q1\"\n+++\n";
        let fault = rename(marsh(Some(broken)), "Ingrid Renn").expect_err("a fault");
        assert_eq!(fault.code.name(), "key-unknown");
        for broken in ["", "name = 1", "+++\nname = \"A\"", "---\nname: A\n---\n"] {
            assert!(rename(marsh(Some(broken)), "Ingrid Renn").is_err(), "{broken}");
        }
    }

    #[test]
    fn windows_lines_stay_so() {
        let windows = MARSH.replace('\n', "\r\n");
        let renamed = rename(marsh(Some(&windows)), "Ingrid Renn");
        let renamed = text(&renamed, 0);
        assert!(!renamed.replace("\r\n", "").contains('\n'), "{renamed:?}");
    }
}
