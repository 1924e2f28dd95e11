use super::find::Found;
use super::load;
use super::rulings::Rulings;
use crate::diag::{Diagnostic, Severity};
use crate::model::{Authority, AuthorityPerson};
use crate::read;
use rayon::prelude::*;

/// Reads the people files; says how many were left out because of an error.
///
/// Somebody whose name is withheld is as if they had no file.
pub(super) fn read(files: &[Found], rulings: &Rulings, diagnostics: &mut Vec<Diagnostic>) -> (Authority, usize) {
    let read: Vec<_> = files.par_iter().map(|file| one(file, rulings)).collect();
    let mut people = Vec::with_capacity(read.len());
    let mut left_out = 0;
    for (person, noted) in read {
        left_out += usize::from(person.is_none() && !noted.is_empty());
        people.extend(person);
        diagnostics.extend(noted);
    }
    (Authority { people }, left_out)
}

fn one(file: &Found, rulings: &Rulings) -> (Option<AuthorityPerson>, Vec<Diagnostic>) {
    let mut noted = Vec::new();
    let bytes = match load::bytes(file) {
        Ok(bytes) => bytes,
        Err(diagnostic) => return (None, vec![diagnostic]),
    };
    let source = read::decode(&file.path, &bytes).into_value(&mut noted);
    let source = match rulings.person(source, |source| read::person(source).value) {
        Ok(Some(source)) => source,
        Ok(None) => return (None, Vec::new()),
        Err(diagnostic) => return (None, vec![diagnostic]),
    };
    let person = read::person(&source).into_value(&mut noted);
    (person.filter(|_| !noted.iter().any(|d| d.severity == Severity::Error)), noted)
}
