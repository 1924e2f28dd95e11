//! Small facts for tests: the world of the Calder Record.

use super::{Archive, OneByOne, Pictures, join};
use crate::annotate;
use crate::config::Settings;
use crate::diag::Noted;
use crate::model::{
    Authority, AuthorityPerson, ChainFact, Facts, Form, Gender, Kind, Moment, Office, PhotoFact, PostFact, QuoteFact,
    Rule, Standing,
};
use crate::text::digest::{normal_words, quotation_id};
use crate::text::echo;
use jiff::civil::Date;
use std::sync::Arc;

/// An article of a day ("2031-11-14"), undated where it is empty; its slug and headline are its stem.
pub(crate) fn facts(path: &str, day: &str) -> Facts {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Facts {
        path: path.into(),
        slug: stem.into(),
        headline: stem.into(),
        section: Some("Harbour".into()),
        published: day.parse::<Date>().ok().map(Moment::day),
        ..Facts::default()
    }
}

fn chain<'f>(facts: &'f mut Facts, name: &str) -> &'f mut ChainFact {
    facts.chains.iter_mut().find(|chain| &*chain.name == name).expect("the name was given")
}

/// "Harbour Minister of Merrow" as copy would tie it to a name.
pub(crate) fn post_of(words: &str) -> PostFact {
    let office = Office { title: words.into(), of: None, from: None, to: None };
    annotate::post_of_office(&office).expect("the words name a post")
}

/// Parts of facts, one after another.
pub(crate) trait FactsExt: Sized {
    fn names(self, name: &str) -> Self;
    fn says(self, name: &str, words: &str) -> Self;
    fn holds(self, name: &str, post: &str) -> Self;
    fn held(self, name: &str, post: &str) -> Self;
    fn is(self, name: &str, gender: Gender) -> Self;
    fn aged(self, name: &str, age: u8) -> Self;
    fn asks(self, post: &str, words: &str) -> Self;
    fn shows(self, caption: &str, credit: &str) -> Self;
    fn pictures(self, file: &str) -> Self;
}

impl FactsExt for Facts {
    /// Names a person; a name of one word is a bare surname.
    fn names(mut self, name: &str) -> Self {
        if !self.chains.iter().any(|chain| &*chain.name == name) {
            let form = if name.contains(' ') { Form::FullName } else { Form::Surname };
            self.chains.push(ChainFact {
                name: name.into(),
                full: name.contains(' '),
                forms: vec![(name.into(), form, 1)],
                ..ChainFact::default()
            });
        }
        self
    }

    /// Lets a person say something.
    fn says(self, name: &str, words: &str) -> Self {
        let mut facts = self.names(name);
        let speaker = facts.chains.iter().position(|chain| &*chain.name == name).map(|at| at as u32);
        facts.quotes.push(QuoteFact {
            quote: facts.quotes.len() as u32,
            id: quotation_id(words).into(),
            text: words.into(),
            kind: if words.starts_with('“') { Kind::Direct } else { Kind::Indirect },
            speaker,
            unnamed: None,
            post: None,
            rule: Rule::Name,
            confidence: 0.94,
            checked: None,
            words: words.split_whitespace().count() as u32,
            context: "".into(),
            shingles: echo::shingles(&normal_words(words)).into(),
        });
        facts
    }

    /// Ties a post to a person: "Harbour Minister of Merrow".
    fn holds(self, name: &str, post: &str) -> Self {
        let mut facts = self.names(name);
        let fact = post_of(post);
        let chain = chain(&mut facts, name);
        chain.roles.push(post.into());
        chain.posts.push(fact);
        chain.posts.sort();
        facts
    }

    /// Says that a person held a post once.
    fn held(self, name: &str, post: &str) -> Self {
        let mut facts = self.names(name);
        let fact = PostFact { standing: Standing::Past, ..post_of(post) };
        let chain = chain(&mut facts, name);
        chain.posts.push(fact);
        chain.posts.sort();
        facts
    }

    /// Puts an honorific before a name.
    fn is(self, name: &str, gender: Gender) -> Self {
        let mut facts = self.names(name);
        chain(&mut facts, name).gender = Some(gender);
        facts
    }

    /// Gives an age.
    fn aged(self, name: &str, age: u8) -> Self {
        let mut facts = self.names(name);
        chain(&mut facts, name).age = Some(age);
        facts
    }

    /// Lets a post say something, without the name of its holder.
    fn asks(mut self, post: &str, words: &str) -> Self {
        self = self.says("Nobody", words);
        self.chains.retain(|chain| &*chain.name != "Nobody");
        let quote = self.quotes.last_mut().expect("it was said");
        (quote.speaker, quote.rule, quote.confidence) = (None, Rule::Unnamed, 1.0);
        quote.unnamed = Some(format!("the {post}").into());
        quote.post = Some(post_of(post).post.into());
        self
    }

    /// Has a photo without a file; a caption shows all whom the article names so far.
    fn shows(mut self, caption: &str, credit: &str) -> Self {
        self.photos.push(PhotoFact {
            caption: caption.into(),
            credit: Some(credit.into()),
            photographer: credit.split_once('/').map(|(photographer, _)| photographer.into()),
            agency: credit.split_once('/').map(|(_, agency)| agency.into()),
            shows: (0..self.chains.len() as u32).collect(),
            ..PhotoFact::default()
        });
        self
    }

    /// Has a photo that names a file.
    fn pictures(mut self, file: &str) -> Self {
        self.photos.push(PhotoFact { file: Some(file.into()), ..PhotoFact::default() });
        self
    }
}

/// A people file at `content/people/SLUG.md`.
pub(crate) fn person(slug: &str, name: &str) -> AuthorityPerson {
    AuthorityPerson {
        path: format!("content/people/{slug}.md").into(),
        slug: slug.into(),
        name: name.into(),
        ..AuthorityPerson::default()
    }
}

/// Pictures at these paths; files whose names begin alike up to the first `.` have the same bytes.
pub(crate) fn pictures(paths: &[&str]) -> Pictures {
    let mut pictures = Pictures::new("content");
    pictures.extend(paths.iter().map(|path| {
        let name = path.rsplit('/').next().unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default();
        (Box::from(*path), 1200, 800, crate::text::digest::sha256(stem.as_bytes()))
    }));
    pictures
}

/// Joins without pictures.
pub(crate) fn joined(facts: Vec<Facts>, people: Vec<AuthorityPerson>) -> Noted<Archive> {
    join(
        shared(facts),
        Vec::new(),
        &Authority { people },
        &Pictures::new("content"),
        &Settings::default().site,
        &OneByOne,
    )
}

/// Facts as the join takes them.
pub(crate) fn shared(facts: Vec<Facts>) -> Vec<Arc<Facts>> {
    facts.into_iter().map(Into::into).collect()
}
