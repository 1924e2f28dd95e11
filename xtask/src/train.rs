//! Learns the models, one after the other: each learns from what the ones before it will say.

use crate::data::{Corpus, Item};
use crate::learn::{Choice, Learned, Perceptron, Plan, Random, answer, rank};
use onrecord::annotate::candidates::Candidate;
use onrecord::annotate::kinds::{self, Chosen};
use onrecord::annotate::lexicon::Lexicon;
use onrecord::annotate::model::Weights;
use onrecord::annotate::people::People;
use onrecord::annotate::pronouns::{self, Memory};
use onrecord::annotate::reading::{ParagraphKind, Reading, Shape};
use onrecord::annotate::speakers::{self, Around, Last};
use onrecord::annotate::speech::{self, Said, Speech};
use onrecord::annotate::tagger::{self, Tag, Usual, best};
use onrecord::annotate::{names, reported, resolve, who};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// Learns all models and writes them; prints what each reaches on the articles kept out.
pub fn train(corpus: &Corpus, out: &Path) -> io::Result<()> {
    let lexicon = Lexicon::english();
    println!("{} articles to learn from, {} kept out", corpus.train.len(), corpus.dev.len());
    let usual = usual(&corpus.train, lexicon);
    std::fs::write(out.join("usual.bin"), Usual::bytes(&usual))?;
    let usual = Usual::new(&Usual::bytes(&usual));
    let mut weights = learn_tags(corpus, lexicon, &usual);
    weights.save(&out.join("tags.bin"))?;
    let tags = Tags { usual, weights };
    println!("tags      {:.4}", measure_tags(&corpus.dev, lexicon, &tags));

    let mut names = learn_names(corpus, lexicon, &tags);
    names.save(&out.join("names.bin"))?;
    let (p, r) = measure_names(&corpus.dev, lexicon, &tags, &names);
    println!("names     precision {p:.4} recall {r:.4} against silver");

    let mut pronouns = Learned::new(1, 12);
    for _ in 0..3 {
        let choices = pronoun_choices(&corpus.train, lexicon, &tags, &names, &pronouns);
        pronouns = rank(&choices, Plan { bits: 13, epochs: 4, rate: 0.1, decay: 1e-5, least: 3 });
    }
    pronouns.save(&out.join("pronouns.bin"))?;
    let choices = pronoun_choices(&corpus.dev, lexicon, &tags, &names, &pronouns);
    println!("pronouns  {:.4} of {}", accuracy(&choices, &pronouns), choices.len());

    let stages = Stages { lexicon, tags: &tags, names: &names, pronouns: &pronouns };
    let choices = speaker_choices(&corpus.train, &stages);
    let mut speakers = rank(&choices, Plan { bits: 17, epochs: 3, rate: 0.08, decay: 1e-4, least: 4 });
    speakers.save(&out.join("speakers.bin"))?;
    let choices = speaker_choices(&corpus.dev, &stages);
    println!("speakers  {:.4} of {}", accuracy(&choices, &speakers), choices.len());

    let examples = kind_examples(&corpus.train, &stages, &speakers);
    let mut kinds = answer(examples, Plan { bits: 14, epochs: 3, rate: 0.05, decay: 1e-3, least: 6 });
    kinds.save(&out.join("kinds.bin"))?;
    let examples = kind_examples(&corpus.dev, &stages, &speakers);
    let right = examples.iter().filter(|(f, yes)| (score(&kinds, f) >= 0.0) == *yes).count();
    println!("kinds     {:.4} of {}", right as f64 / examples.len().max(1) as f64, examples.len());

    let choices = reported_choices(&corpus.train, &stages);
    let mut reported = rank(&choices, Plan { bits: 15, epochs: 3, rate: 0.08, decay: 1e-5, least: 3 });
    reported.save(&out.join("reported.bin"))?;
    let choices = reported_choices(&corpus.dev, &stages);
    println!("reported  {:.4} of {}", accuracy(&choices, &reported), choices.len());
    Ok(())
}

fn score(weights: &impl Weights, features: &[u64]) -> f32 {
    let mut score = [0.0];
    weights.add(features, &mut score);
    score[0]
}

fn accuracy(choices: &[Choice], weights: &impl Weights) -> f64 {
    let right = choices.iter().filter(|c| {
        let scores: Vec<f32> = c.options.iter().map(|f| score(weights, f)).collect();
        best(&scores) == c.right
    });
    right.count() as f64 / choices.len().max(1) as f64
}

// ------------------------------------------------------------------ parts of speech

fn silver_tags(item: &Item, reading: &Reading<'_>) -> Vec<Option<Tag>> {
    let tag =
        |w: &onrecord::annotate::reading::Word| item.layers.get(&item.in_file(w.span())).map(|l| Tag::of_penn(&l.0));
    reading.words.iter().map(tag).collect()
}

/// All that the tagger needs.
struct Tags {
    usual: Usual,
    weights: Learned,
}

/// Words in small letters whose tag is nearly always the same.
fn usual(items: &[Item], lexicon: &Lexicon) -> BTreeMap<u64, Tag> {
    let mut counts: BTreeMap<u64, [u32; 16]> = BTreeMap::new();
    for item in items {
        let reading = Reading::new(&item.article, lexicon);
        for (word, tag) in reading.words.iter().zip(silver_tags(item, &reading)) {
            if let (Some(tag), Shape::Lower) = (tag, word.shape) {
                counts.entry(word.key).or_default()[tag as usize] += 1;
            }
        }
    }
    let usual = |n: &[u32; 16]| {
        let all: u32 = n.iter().sum();
        let (tag, most) = Tag::ALL.iter().zip(n).max_by_key(|(_, n)| **n)?;
        (all >= 20 && f64::from(*most) >= 0.985 * f64::from(all)).then_some(*tag)
    };
    counts.iter().filter_map(|(key, n)| Some((*key, usual(n)?))).collect()
}

fn learn_tags(corpus: &Corpus, lexicon: &Lexicon, usual: &Usual) -> Learned {
    let read: Vec<_> = corpus
        .train
        .iter()
        .map(|item| {
            let reading = Reading::new(&item.article, lexicon);
            let silver = silver_tags(item, &reading);
            (reading, silver)
        })
        .collect();
    let mut order: Vec<usize> = (0..read.len()).collect();
    let mut random = Random(7);
    let mut perceptron = Perceptron::new(16, 15);
    let mut features = Vec::new();
    for _ in 0..5 {
        random.shuffle(&mut order);
        for &a in &order {
            let (reading, silver) = &read[a];
            for sentence in &reading.sentences {
                let mut before = [16_u8; 2];
                for i in sentence.clone() {
                    let word = &reading.words[i];
                    let tag = tagger::fixed(word, usual).unwrap_or_else(|| {
                        features.clear();
                        tagger::features_of(
                            &reading.words[sentence.clone()],
                            i - sentence.start,
                            before,
                            &mut features,
                        );
                        let mut scores = [0.0; 16];
                        perceptron.weights.add(&features, &mut scores);
                        let guess = best(&scores);
                        if let Some(right) = silver[i] {
                            perceptron.learn(&features, right as usize, guess);
                        }
                        Tag::ALL[guess]
                    });
                    before = [tag as u8, before[0]];
                }
            }
        }
    }
    perceptron.mean()
}

fn measure_tags(items: &[Item], lexicon: &Lexicon, tags: &Tags) -> f64 {
    let (mut right, mut all) = (0, 0);
    for item in items {
        let mut reading = Reading::new(&item.article, lexicon);
        let silver = silver_tags(item, &reading);
        tagger::tag(&mut reading, &tags.usual, &tags.weights);
        for (word, tag) in reading.words.iter().zip(silver) {
            if let Some(tag) = tag {
                all += 1;
                right += usize::from(tag == word.tag);
            }
        }
    }
    right as f64 / f64::from(all.max(1))
}

// ------------------------------------------------------------------ names

fn tagged<'a>(item: &'a Item, lexicon: &Lexicon, tags: &Tags) -> Reading<'a> {
    let mut reading = Reading::new(&item.article, lexicon);
    tagger::tag(&mut reading, &tags.usual, &tags.weights);
    reading
}

fn silver_persons(item: &Item, reading: &Reading<'_>) -> Vec<Option<bool>> {
    reading.words.iter().map(|w| item.layers.get(&item.in_file(w.span())).map(|l| l.1)).collect()
}

fn learn_names(corpus: &Corpus, lexicon: &Lexicon, tags: &Tags) -> Learned {
    let read: Vec<_> = corpus
        .train
        .iter()
        .map(|item| {
            let reading = tagged(item, lexicon, tags);
            let silver = silver_persons(item, &reading);
            let habits = names::habits(&reading);
            (reading, silver, habits)
        })
        .collect();
    let mut order: Vec<usize> = (0..read.len()).collect();
    let mut random = Random(11);
    let mut perceptron = Perceptron::new(names::LABELS, 15);
    let mut features = Vec::new();
    for _ in 0..6 {
        random.shuffle(&mut order);
        for &a in &order {
            let (reading, silver, habits) = &read[a];
            for sentence in &reading.sentences {
                let heading = reading.is_shouting(sentence.start);
                let (mut before, mut truth) = (0, 0);
                for i in sentence.clone() {
                    let right = match silver[i] {
                        Some(true) if truth != 0 => 2,
                        Some(true) => 1,
                        _ => 0,
                    };
                    if names::may_be_name(&reading.words[i], before) {
                        features.clear();
                        names::features_of(reading, sentence.clone(), i, before, heading, habits, &mut features);
                        let mut scores = [0.0; names::LABELS];
                        perceptron.weights.add(&features, &mut scores);
                        if before == 0 {
                            scores[2] = f32::MIN;
                        }
                        let guess = best(&scores);
                        // After a miss the name goes on as a beginning, as it must be read then.
                        let right = if right == 2 && before == 0 { 1 } else { right };
                        if silver[i].is_some() {
                            perceptron.learn(&features, right, guess);
                        }
                        before = guess;
                    } else {
                        before = 0;
                    }
                    truth = right;
                }
            }
        }
    }
    perceptron.mean()
}

fn measure_names(items: &[Item], lexicon: &Lexicon, tags: &Tags, weights: &impl Weights) -> (f64, f64) {
    let (mut both, mut found, mut silver_n) = (0, 0, 0);
    for item in items {
        let reading = tagged(item, lexicon, tags);
        let silver = silver_persons(item, &reading);
        let mut ours = vec![false; reading.words.len()];
        for name in names::names(&reading, weights) {
            ours[name].fill(true);
        }
        for (mine, theirs) in ours.iter().zip(silver) {
            let Some(theirs) = theirs else { continue };
            both += usize::from(*mine && theirs);
            found += usize::from(*mine);
            silver_n += usize::from(theirs);
        }
    }
    (both as f64 / found.max(1) as f64, both as f64 / silver_n.max(1) as f64)
}

// ------------------------------------------------------------------ pronouns

fn name_tokens(name: &str) -> Vec<String> {
    let lower = name.to_lowercase().replace("’s", "").replace("'s", "").replace('-', " ");
    let keep = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut tokens: Vec<String> = lower.split_whitespace().map(keep).filter(|t| !t.is_empty()).collect();
    while tokens.len() > 1 && matches!(tokens[tokens.len() - 1].as_str(), "jr" | "sr" | "ii" | "iii" | "mp") {
        tokens.pop();
    }
    tokens
}

/// Whether two names, each as full as the article has it, are one person's.
pub fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (name_tokens(a), name_tokens(b));
    let (Some(x), Some(y)) = (a.last(), b.last()) else { return false };
    if a == b {
        return true;
    }
    let initial = |p: &str, q: &str| p == q || p.len() == 1 && q.starts_with(p) || q.len() == 1 && p.starts_with(q);
    a.len() > 1 && b.len() > 1 && x == y && initial(&a[0], &b[0])
}

fn is_person(item: &Item, gold: &str, ours: &str) -> bool {
    same_name(gold, ours)
        || item
            .persons
            .iter()
            .filter(|p| p.0 == gold)
            .flat_map(|p| &p.1)
            .any(|alias| alias.contains(' ') && same_name(alias, ours))
}

fn person_name<'a>(reading: &Reading<'a>, people: &People, person: u32) -> &'a str {
    reading.span(people.persons[person as usize].name.clone()).of(reading.text)
}

fn pronoun_choices(
    items: &[Item],
    lexicon: &Lexicon,
    tags: &Tags,
    names: &impl Weights,
    weights: &impl Weights,
) -> Vec<Choice> {
    let mut out = Vec::new();
    for item in items {
        let reading = tagged(item, lexicon, tags);
        let (people, candidates) = who(&reading, names);
        let resolved = pronouns::pronouns(&reading, &people, &candidates, weights);
        let mut memory = Memory::default();
        let mut named = 0;
        for (c, candidate) in candidates.iter().enumerate() {
            pronouns::see_until(&mut memory, &reading, &people, &candidates, c, &mut named);
            let Some(gender) = pronouns::gender_of(candidate.sort) else {
                continue;
            };
            let word = candidate.words.start;
            let here = item.in_file(reading.words[word].span());
            let gold = item.attributions.values().filter(|a| {
                a.speaker_type == "person"
                    && a.how == "pronoun"
                    && a.conf != "low"
                    && a.source.first().is_some_and(|s| s.0 == here.0)
            });
            let gold = gold.min_by_key(|a| a.id);
            if let Some((gold, speaker)) = gold.and_then(|g| Some((g, g.speaker.as_deref()?))) {
                let found = memory.antecedents(&reading, &people, word, gender);
                let right =
                    found.iter().position(|a| is_person(item, speaker, person_name(&reading, &people, a.person)));
                if let Some(right) = right {
                    let options = found.into_iter().map(|a| a.features).collect();
                    out.push(Choice { options, right, weight: if gold.conf == "mid" { 0.6 } else { 1.0 } });
                }
            }
            if let Some(r) = resolved[c] {
                memory.resolved(word, gender, r.person, candidate.sort.is_personal() && candidate.link.is_some());
            }
        }
    }
    out
}

// ------------------------------------------------------------------ speakers

/// The models that speakers build on.
struct Stages<'s> {
    lexicon: &'s Lexicon,
    tags: &'s Tags,
    names: &'s Learned,
    pronouns: &'s Learned,
}

/// An article as far as the speaker stage sees it.
struct Seen<'a> {
    reading: Reading<'a>,
    candidates: Vec<Candidate>,
    persons: Vec<Option<u32>>,
}

fn see<'a>(item: &'a Item, stages: &Stages<'_>) -> Seen<'a> {
    let reading = tagged(item, stages.lexicon, stages.tags);
    let (people, candidates) = who(&reading, stages.names);
    let pronouns = pronouns::pronouns(&reading, &people, &candidates, stages.pronouns);
    let persons = resolve::persons(&reading, &people, &candidates, &pronouns);
    Seen { reading, candidates, persons }
}

fn overlap(a: (usize, usize), b: (usize, usize)) -> f64 {
    let inside = a.1.min(b.1).saturating_sub(a.0.max(b.0));
    let all = a.1.max(b.1) - a.0.min(b.0);
    inside as f64 / all.max(1) as f64
}

/// The gold attribution of a segment.
fn gold_of(item: &Item, span: (usize, usize)) -> Option<usize> {
    item.quotes.iter().find(|q| overlap((q.0, q.1), span) >= 0.8).map(|q| q.2)
}

/// Which candidate of a window the gold source means: one that holds a key word, else one that overlaps.
fn right_candidate(item: &Item, seen: &Seen<'_>, window: &[usize], attribution: usize) -> Option<usize> {
    let gold = item.attributions.get(&attribution)?;
    let keys = if gold.keys.is_empty() { &gold.source } else { &gold.keys };
    let span = |c: usize| item.in_file(seen.reading.span(seen.candidates[c].words.clone()));
    let holds = |c: &usize| keys.iter().any(|k| span(*c).0 <= k.0 && k.1 <= span(*c).1);
    let touches = |c: &usize| gold.source.iter().any(|k| span(*c).0 < k.1 && k.0 < span(*c).1);
    window.iter().position(holds).or_else(|| window.iter().position(touches))
}

fn speaker_choices(items: &[Item], stages: &Stages<'_>) -> Vec<Choice> {
    let mut out = Vec::new();
    let (mut all, mut missed) = (0, 0);
    for item in items {
        let seen = see(item, stages);
        let around = Around::new(&seen.reading, &seen.candidates, &seen.persons);
        let mut last: Option<Last> = None;
        let mut window = Vec::new();
        for s in 0..seen.reading.segments.len() {
            let segment = &seen.reading.segments[s];
            if seen.reading.paragraphs[segment.paragraph].kind == ParagraphKind::Caption {
                last = None;
            }
            let Some(attribution) = gold_of(item, item.in_file(segment.marked.span)) else { continue };
            around.window(s, last, &mut window);
            all += 1;
            let Some(right) = right_candidate(item, &seen, &window, attribution) else {
                missed += 1;
                continue;
            };
            let frame = speakers::frame(&around, s);
            let options = window
                .iter()
                .map(|&c| {
                    let mut features = Vec::new();
                    speakers::features(&around, s, &frame, c, last, &mut features);
                    features
                })
                .collect();
            out.push(Choice { options, right, weight: 1.0 });
            let c = window[right];
            last = Some(Last { candidate: c, person: seen.persons[c], segment: s });
        }
    }
    println!("          {missed} of {all} segments have no right candidate");
    out
}

// ------------------------------------------------------------------ kinds

fn kind_examples(items: &[Item], stages: &Stages<'_>, weights: &Learned) -> Vec<(Vec<u64>, bool)> {
    let mut out = Vec::new();
    for item in items {
        let seen = see(item, stages);
        let around = Around::new(&seen.reading, &seen.candidates, &seen.persons);
        let mut last: Option<Last> = None;
        let mut window = Vec::new();
        for s in 0..seen.reading.segments.len() {
            let segment = &seen.reading.segments[s];
            around.window(s, last, &mut window);
            let frame = speakers::frame(&around, s);
            let scores: Vec<f32> = window
                .iter()
                .map(|&c| {
                    let mut features = Vec::new();
                    speakers::features(&around, s, &frame, c, last, &mut features);
                    score(weights, &features)
                })
                .collect();
            let candidate = (!scores.is_empty()).then(|| window[best(&scores)]);
            let mut features = Vec::new();
            kinds::features(&around, s, Chosen { candidate, scores: speech::top_two(&scores) }, &mut features);
            let span = item.in_file(segment.marked.span);
            let yes = gold_of(item, span).is_some();
            let no = item.scare.iter().any(|q| overlap(*q, span) >= 0.8);
            if yes || no {
                out.push((features, yes));
            }
            if !scores.is_empty() && (yes || !no) {
                let c = window[best(&scores)];
                last = Some(Last { candidate: c, person: seen.persons[c], segment: s });
            }
        }
    }
    out
}

// ------------------------------------------------------------------ reported speech

fn reported_choices(items: &[Item], stages: &Stages<'_>) -> Vec<Choice> {
    let mut out = Vec::new();
    for item in items {
        let seen = see(item, stages);
        let reading = &seen.reading;
        // What gold takes for quoted speech counts as quoted.
        let mut speech = Speech::default();
        for segment in 0..reading.segments.len() {
            if gold_of(item, item.in_file(reading.segments[segment].marked.span)).is_some() {
                speech.said.push(Said { segment, candidate: None, person: None, chance: 0.0, speech: 1.0 });
            }
        }
        let quoted = reported::quoted_before(reading, &speech);
        let mut ranges = Vec::new();
        for anchor in reported::anchors(reading, &seen.candidates) {
            reported::options(reading, &seen.candidates, &anchor, &mut ranges);
            if ranges.is_empty() {
                continue;
            }
            let cue = item.in_file(reading.words[anchor.cue].span());
            let mut gold = item.attributions.values().filter(|a| a.cue.iter().any(|c| c.0 < cue.1 && cue.0 < c.1));
            let gold: Vec<_> = gold.by_ref().filter(|a| a.direct != serde_json::Value::Bool(true)).collect();
            // Beliefs and wishes are neither right nor wrong.
            if !gold.is_empty() && gold.iter().all(|a| !a.speech) {
                continue;
            }
            let fits = |range: &std::ops::Range<usize>| {
                let span = item.in_file(reading.span(range.clone()));
                let of = |a: &&crate::data::Attribution| {
                    let whole = a.content.iter().fold((usize::MAX, 0), |w, c| (w.0.min(c.0), w.1.max(c.1)));
                    overlap(whole, span)
                };
                gold.iter().filter(|a| a.speech).map(of).fold(0.0, f64::max)
            };
            let mut right = 0;
            let mut best_fit = 0.6;
            for (i, range) in ranges.iter().enumerate() {
                let fit = fits(range);
                if fit > best_fit {
                    (right, best_fit) = (i + 1, fit);
                }
            }
            let mut options = vec![Vec::new()];
            for range in &ranges {
                let mut features = Vec::new();
                reported::features_of(reading, &seen.candidates, &quoted, &anchor, range.clone(), &mut features);
                options.push(features);
            }
            out.push(Choice { options, right, weight: 1.0 });
        }
    }
    out
}
