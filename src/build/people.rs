use super::find::Found;
use super::load;
use crate::diag::{Diagnostic, Severity};
use crate::model::{Authority, AuthorityPerson};
use crate::read;
use rayon::prelude::*;

/// Reads the people files; says how many were left out because of an error.
pub(super) fn read(files: &[Found], diagnostics: &mut Vec<Diagnostic>) -> (Authority, usize) {
    let read: Vec<(Option<AuthorityPerson>, Vec<Diagnostic>)> = files.par_iter().map(one).collect();
    let mut people = Vec::with_capacity(read.len());
    for (person, noted) in read {
        people.extend(person);
        diagnostics.extend(noted);
    }
    let left_out = files.len() - people.len();
    (Authority { people }, left_out)
}

fn one(file: &Found) -> (Option<AuthorityPerson>, Vec<Diagnostic>) {
    let mut noted = Vec::new();
    let bytes = match load::bytes(file) {
        Ok(bytes) => bytes,
        Err(diagnostic) => return (None, vec![diagnostic]),
    };
    let source = read::decode(&file.path, &bytes).into_value(&mut noted);
    let person = read::person(&source).into_value(&mut noted);
    (person.filter(|_| !noted.iter().any(|d| d.severity == Severity::Error)), noted)
}
