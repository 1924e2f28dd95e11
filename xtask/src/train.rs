//! Learns the models, one after the other: each learns from what the ones before it will say.

use crate::data::{Attribution, Item};
use crate::doubt;
use crate::learn::{Choice, Learned, Perceptron, Plan, Random, answer, rank};
use onrecord::annotate::candidates::Candidate;
use onrecord::annotate::kinds::{self, Chosen};
use onrecord::annotate::lexicon::Lexicon;
use onrecord::annotate::model::{Models, Table, Weights};
use onrecord::annotate::people::People;
use onrecord::annotate::pronouns::{self, Memory};
use onrecord::annotate::reading::{ParagraphKind, Reading, Shape};
use onrecord::annotate::reported::anchors::anchors;
use onrecord::annotate::reported::features::Counts;
use onrecord::annotate::reported::stretches::{Stretch, stretches};
use onrecord::annotate::speakers::{self, Around, Last};
use onrecord::annotate::speech::{self, Said, Speech};
use onrecord::annotate::tagger::{self, Tag, Usual, best};
use onrecord::annotate::{names, reported, resolve, who};
use std::collections::BTreeMap;

/// The files that hold all weights, by name.
pub type Files = Vec<(&'static str, Vec<u8>)>;

/// Learns all models from `train`; prints what each reaches on `dev`.
pub fn train(train: &[&Item], dev: &[&Item]) -> Files {
    let lexicon = Lexicon::english();
    println!("{} articles to learn from, {} kept out", train.len(), dev.len());
    let mut files = Files::new();
    let bytes = Usual::bytes(&usual(train, lexicon));
    let usual = Usual::new(&bytes);
    files.push(("usual.bin", bytes));
    let mut weights = learn_tags(train, lexicon, &usual);
    files.push(("tags.bin", weights.file()));
    let tags = Tags { usual, weights };
    println!("tags      {:.4}", measure_tags(dev, lexicon, &tags));

    let mut names = learn_names(train, lexicon, &tags);
    files.push(("names.bin", names.file()));
    let (p, r) = measure_names(dev, lexicon, &tags, &names);
    println!("names     precision {p:.4} recall {r:.4} against silver");

    let mut pronouns = Learned::new(1, 12);
    for _ in 0..3 {
        let choices = pronoun_choices(train, lexicon, &tags, &names, &pronouns);
        pronouns = rank(&choices, Plan { bits: 13, epochs: 4, rate: 0.1, decay: 1e-5, least: 3 });
    }
    files.push(("pronouns.bin", pronouns.file()));
    let choices = pronoun_choices(dev, lexicon, &tags, &names, &pronouns);
    println!("pronouns  {:.4} of {}", accuracy(&choices, &pronouns), choices.len());

    let stages = Stages { lexicon, tags: &tags, names: &names, pronouns: &pronouns };
    let rankers = rankers(train, &stages);
    let choices = speaker_choices(dev, &stages);
    println!("speakers  {:.4} of {}", accuracy(&choices, &rankers.speakers), choices.len());
    let examples = kind_examples(dev, &stages, &rankers.speakers);
    let right = examples.iter().filter(|(f, yes)| (score(&rankers.kinds, f) >= 0.0) == *yes).count();
    println!("kinds     {:.4} of {}", right as f64 / examples.len().max(1) as f64, examples.len());
    let choices = reported_choices(dev, &stages);
    println!("reported  {:.4} of {}", accuracy(&choices, &rankers.reported), choices.len());

    // How sure the rankers are of what they learned says nothing; how sure they are of what they never saw does.
    let mut examples = Vec::new();
    for half in 0..2 {
        let (learn, ask): (Vec<&Item>, Vec<&Item>) = train.iter().partition(|item| half_of(item) != half);
        let mut files = files.clone();
        files.extend(self::rankers(&learn, &stages).files());
        examples.extend(doubt::examples(&ask, &models(&files)));
    }
    let n = examples.len();
    let mut confidence = answer(examples, Plan { bits: 12, epochs: 4, rate: 0.05, decay: 1e-3, least: 10 });
    println!("doubt     learned from {n} speakers");
    files.extend(rankers.files());
    files.push(("confidence.bin", confidence.file()));
    files
}

/// Both printings of an article are in one half.
fn half_of(item: &Item) -> u32 {
    item.id.bytes().map(u32::from).sum::<u32>() % 2
}

/// The models that choose.
struct Rankers {
    speakers: Learned,
    kinds: Learned,
    reported: Learned,
}

impl Rankers {
    fn files(mut self) -> Files {
        vec![
            ("speakers.bin", self.speakers.file()),
            ("kinds.bin", self.kinds.file()),
            ("reported.bin", self.reported.file()),
        ]
    }
}

fn rankers(train: &[&Item], stages: &Stages<'_>) -> Rankers {
    let choices = speaker_choices(train, stages);
    let mut speakers = rank(&choices, Plan { bits: 17, epochs: 3, rate: 0.08, decay: 1e-4, least: 4 });
    speakers.quantise();
    let examples = kind_examples(train, stages, &speakers);
    let kinds = answer(examples, Plan { bits: 14, epochs: 3, rate: 0.05, decay: 1e-3, least: 6 });
    let choices = reported_choices(train, stages);
    let reported = rank(&choices, Plan { bits: 17, epochs: 3, rate: 0.05, decay: 1e-3, least: 4 });
    Rankers { speakers, kinds, reported }
}

/// The models that files of weights make; what they are read from stays in memory for good.
pub fn models(files: &Files) -> Models {
    let file = |name: &str| -> &'static [u8] {
        let bytes = files.iter().find(|f| f.0 == name).map(|f| f.1.clone()).unwrap_or_default();
        Box::leak(bytes.into_boxed_slice())
    };
    Models {
        usual: Usual::new(file("usual.bin")),
        tags: Table::new(file("tags.bin")),
        names: Table::new(file("names.bin")),
        speakers: Table::new(file("speakers.bin")),
        pronouns: Table::new(file("pronouns.bin")),
        kinds: Table::new(file("kinds.bin")),
        reported: Table::new(file("reported.bin")),
        confidence: Table::new(file("confidence.bin")),
    }
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
fn usual(items: &[&Item], lexicon: &Lexicon) -> BTreeMap<u64, Tag> {
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

fn learn_tags(train: &[&Item], lexicon: &Lexicon, usual: &Usual) -> Learned {
    let read: Vec<_> = train
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

fn measure_tags(items: &[&Item], lexicon: &Lexicon, tags: &Tags) -> f64 {
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
    let marked =
        |names: &Vec<(usize, usize)>, place: (usize, usize)| names.iter().any(|n| n.0 < place.1 && place.0 < n.1);
    let silver = |place| match &item.names {
        Some(names) => Some(marked(names, place)),
        None => item.layers.get(&place).map(|l| l.1),
    };
    reading.words.iter().map(|w| silver(item.in_file(w.span()))).collect()
}

fn learn_names(train: &[&Item], lexicon: &Lexicon, tags: &Tags) -> Learned {
    let read: Vec<_> = train
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

fn measure_names(items: &[&Item], lexicon: &Lexicon, tags: &Tags, weights: &impl Weights) -> (f64, f64) {
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

pub fn is_person(item: &Item, gold: &str, ours: &str) -> bool {
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
    items: &[&Item],
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
            let gold = gold.and_then(|g| Some((g.speaker.as_deref()?, if g.conf == "mid" { 0.6 } else { 1.0 })));
            let marked = item.pronouns.iter().find(|p| p.0 == here.0).map(|p| (p.1.as_str(), item.weight));
            if let Some((speaker, weight)) = marked.or(gold) {
                let found = memory.antecedents(&reading, &people, word, gender);
                let right =
                    found.iter().position(|a| is_person(item, speaker, person_name(&reading, &people, a.person)));
                if let Some(right) = right {
                    let options = found.into_iter().map(|a| a.features).collect();
                    out.push(Choice { options, right, weight });
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

pub fn overlap(a: (usize, usize), b: (usize, usize)) -> f64 {
    let inside = a.1.min(b.1).saturating_sub(a.0.max(b.0));
    let all = a.1.max(b.1) - a.0.min(b.0);
    inside as f64 / all.max(1) as f64
}

/// The gold attribution of a segment.
pub fn gold_of(item: &Item, span: (usize, usize)) -> Option<usize> {
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

fn speaker_choices(items: &[&Item], stages: &Stages<'_>) -> Vec<Choice> {
    let mut out = Vec::new();
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
            let Some(right) = right_candidate(item, &seen, &window, attribution) else {
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
            out.push(Choice { options, right, weight: item.weight });
            let c = window[right];
            last = Some(Last { candidate: c, person: seen.persons[c], segment: s });
        }
    }
    out
}

// ------------------------------------------------------------------ kinds

fn kind_examples(items: &[&Item], stages: &Stages<'_>, weights: &Learned) -> Vec<(Vec<u64>, bool)> {
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

fn reported_choices(items: &[&Item], stages: &Stages<'_>) -> Vec<Choice> {
    let mut out = Vec::new();
    for item in items {
        let seen = see(item, stages);
        let reading = &seen.reading;
        // What gold takes for quoted speech counts as quoted.
        let mut speech = Speech::default();
        for segment in 0..reading.segments.len() {
            if gold_of(item, item.in_file(reading.segments[segment].marked.span)).is_some() {
                speech.said.push(Said { segment, speech: 1.0, ..Said::default() });
            }
        }
        let counts = Counts::new(reading, &speech);
        let mut list = Vec::new();
        for anchor in anchors(reading, &seen.candidates) {
            stretches(reading, &seen.candidates, &anchor, &mut list);
            if list.is_empty() {
                continue;
            }
            let cue = item.in_file(reading.words[anchor.cue].span());
            let at_cue = |a: &&Attribution| a.cue.iter().any(|c| c.0 < cue.1 && cue.0 < c.1);
            let gold: Vec<_> = item.attributions.values().filter(at_cue).filter(|a| !is_direct(a)).collect();
            let sentence = item.in_file(reading.span(reading.sentence_of(anchor.cue)));
            if item.unclear.iter().any(|u| u.0 < sentence.1 && sentence.0 < u.1) {
                continue;
            }
            // Beliefs and wishes are neither right nor wrong.
            if !gold.is_empty() && gold.iter().all(|a| !a.speech) {
                continue;
            }
            let mut right = 0;
            let mut best_fit = LEAST_FIT;
            for (i, stretch) in list.iter().enumerate() {
                for a in gold.iter().filter(|a| a.speech) {
                    let fit = fit(item, reading, a, stretch);
                    if fit > best_fit {
                        (right, best_fit) = (i + 1, fit);
                    }
                }
            }
            let mut nothing = Vec::new();
            reported::features::of_nothing(reading, &seen.candidates, &counts, &anchor, &mut nothing);
            let mut options = vec![nothing];
            for stretch in &list {
                let mut features = Vec::new();
                reported::features::of_stretch(reading, &seen.candidates, &counts, &anchor, stretch, &mut features);
                options.push(features);
            }
            out.push(Choice { options, right, weight: item.weight });
        }
    }
    out
}

/// From this overlap on a stretch is the annotated one.
const LEAST_FIT: f64 = 0.55;

pub fn is_direct(attribution: &Attribution) -> bool {
    attribution.direct == serde_json::Value::Bool(true)
}

/// How far a stretch is what an attribution's content is, 0 to 1.
pub fn fit(item: &Item, reading: &Reading<'_>, attribution: &Attribution, stretch: &Stretch) -> f64 {
    let span = item.in_file(reading.span(stretch.words.clone()));
    let mut ours = vec![span];
    if let Some(hole) = &stretch.hole {
        let hole = item.in_file(reading.span(hole.clone()));
        ours = vec![(span.0, hole.0), (hole.1, span.1)];
    }
    let size = |list: &[(usize, usize)]| -> usize { list.iter().map(|s| s.1.saturating_sub(s.0)).sum() };
    let both: usize = ours
        .iter()
        .flat_map(|a| attribution.content.iter().map(move |b| a.1.min(b.1).saturating_sub(a.0.max(b.0))))
        .sum();
    both as f64 / (size(&ours) + size(&attribution.content) - both).max(1) as f64
}
