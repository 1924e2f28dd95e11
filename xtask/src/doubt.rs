//! Which speakers were right: what the model of confidence learns from.

use crate::data::{Attribution, Item};
use crate::train::{fit, gold_of, is_direct, is_person, overlap};
use onrecord::annotate::confidence;
use onrecord::annotate::lexicon::Lexicon;
use onrecord::annotate::model::Models;
use onrecord::annotate::people::People;
use onrecord::annotate::reading::Reading;
use onrecord::annotate::reported::stretches::Stretch;
use onrecord::annotate::{pronouns, reported, resolve, speech, tagger, who};
use onrecord::config::Statements;

/// Features of speakers that the models gave to articles they never saw, and whether they are right.
pub fn examples(items: &[&Item], models: &Models) -> Vec<(Vec<u64>, bool)> {
    let mut out = Vec::new();
    for item in items {
        of_article(item, models, &mut out);
    }
    out
}

fn of_article(item: &Item, models: &Models, out: &mut Vec<(Vec<u64>, bool)>) {
    let mut reading = Reading::new(&item.article, Lexicon::english());
    tagger::tag(&mut reading, &models.usual, &models.tags);
    let (people, candidates) = who(&reading, &models.names);
    let pronouns = pronouns::pronouns(&reading, &people, &candidates, &models.pronouns);
    let persons = resolve::persons(&reading, &people, &candidates, &pronouns);
    let speech = speech::speech(&reading, &candidates, &persons, models);
    for said in &speech.said {
        let span = item.in_file(reading.segments[said.segment].marked.span);
        let name = name(&reading, &people, said.person);
        let right = match gold_of(item, span) {
            Some(id) => item.attributions.get(&id).and_then(|a| is_right(item, a, name)),
            // Words that are nobody's, given to somebody.
            None => item.scare.iter().any(|s| overlap(*s, span) >= 0.8).then_some(false).filter(|_| name.is_some()),
        };
        if let Some(right) = right {
            let mut features = Vec::new();
            confidence::of_quotation(&reading, &candidates, &pronouns, said, &mut features);
            out.push((features, right));
        }
    }
    for statement in reported::reported(&reading, &candidates, &speech, Statements::All, &models.reported) {
        let stretch = Stretch { words: statement.words.clone(), hole: statement.hole.clone() };
        let name = name(&reading, &people, statement.candidate.and_then(|c| persons[c]));
        let mut gold: Vec<&Attribution> =
            item.attributions.values().filter(|a| !is_direct(a) && fit(item, &reading, a, &stretch) >= 0.5).collect();
        gold.sort_unstable_by_key(|a| a.id);
        if let Some(right) = gold.first().and_then(|a| is_right(item, a, name)) {
            let mut features = Vec::new();
            confidence::of_statement(&reading, &candidates, &pronouns, &statement, name.is_some(), &mut features);
            out.push((features, right));
        }
    }
}

fn name<'a>(reading: &Reading<'a>, people: &People, person: Option<u32>) -> Option<&'a str> {
    person.map(|p| reading.span(people.persons[p as usize].name.clone()).of(reading.text))
}

/// Whether a name, or that there is none, is what gold says; `None` where gold is unsure.
fn is_right(item: &Item, attribution: &Attribution, name: Option<&str>) -> Option<bool> {
    if !matches!(attribution.conf.as_str(), "gold" | "high") {
        return None;
    }
    match (attribution.speaker_type.as_str(), attribution.speaker.as_deref(), name) {
        ("person", Some(gold), Some(name)) => Some(is_person(item, gold, name)),
        ("person", _, None) => Some(false),
        ("nonperson", _, name) => Some(name.is_none()),
        _ => None,
    }
}
