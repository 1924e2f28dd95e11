//! Several names, one person.

use super::evidence::{Evidence, Ground, LIKE_POST, Place, SAME_POST, weight};
use super::likeness::{Likeness, Parts};
use super::sets::Sets;
use crate::model::AuthorityPerson;
use rustc_hash::{FxHashMap, FxHashSet};

/// Someone who may be another under a different name.
pub(super) struct Node<'a> {
    pub parts: Parts,
    /// Where they are named, sorted.
    pub places: Vec<Place>,
    pub file: Option<&'a AuthorityPerson>,
    /// Their address, as far as it is known before all are given: what `not` in a people file names.
    pub slug: String,
    /// How often they are quoted.
    pub n_quotes: u32,
}

/// Who is whom, by indices of nodes.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Sets of two and more, sorted.
    pub same: Vec<Vec<usize>>,
    /// Two that may be one and are kept apart: an editor is asked.
    pub doubtful: Vec<(usize, usize, Likeness)>,
    /// Names likened to each other: what the step costs.
    pub n_likened: usize,
}

/// Names under one key beyond which it tells nothing; keeps the work linear for surnames that thousands bear.
const MOST_ALIKE: usize = 8;
/// Years between two that make it idle to ask whether they are one.
const TOO_LONG_AGO: i16 = 15;
/// Points against two being one that nothing outweighs.
const AGAINST: u32 = 3;

/// What must speak for two names being one person's, beside their likeness; see `docs/design/people.md`.
fn needed(likeness: Likeness) -> u32 {
    match likeness {
        Likeness::Spacing => 0,
        Likeness::Middle => LIKE_POST,
        Likeness::Short | Likeness::Initial | Likeness::Spelling => SAME_POST,
    }
}

/// Finds names that are one person's by evidence. The order of nodes does not matter but for their indices.
///
/// Names that could be alike meet under a key; only they are compared, so the work is linear in the names.
pub(super) fn link(ground: Ground<'_>, nodes: &[Node<'_>]) -> Links {
    let mut links = Links::default();
    let pairs = pairs(nodes, &mut links.n_likened);
    let mut desk = Desk { ground, nodes, known: FxHashMap::default(), barred: barred(nodes) };
    let mut sets = Sets::new(nodes.len());
    let mut doubtful = Vec::new();
    for (a, b, likeness) in pairs {
        match desk.judge(a, b, likeness) {
            Verdict::One => sets.join(a, b),
            Verdict::Doubtful => doubtful.push((a, b, likeness)),
            Verdict::Two => {}
        }
    }
    for set in sets.all().into_iter().filter(|set| set.len() > 1) {
        // "Ingrid Marsh" is like Ingrid Karin and like Ingrid Maria: she is neither, for she cannot be both.
        if set.len() <= MOST_ALIKE && desk.agree(&set) {
            links.same.push(set);
        } else {
            doubtful.push((set[0], set[1], Likeness::Middle));
        }
    }
    let mut root = Sets::new(nodes.len());
    links.same.iter().for_each(|set| set.iter().for_each(|other| root.join(set[0], *other)));
    doubtful.retain(|(a, b, _)| root.root(*a) != root.root(*b));
    doubtful.sort_unstable();
    links.doubtful = doubtful;
    links
}

/// Pairs of nodes whose names are alike, sorted, each once.
fn pairs(nodes: &[Node<'_>], n_likened: &mut usize) -> Vec<(usize, usize, Likeness)> {
    let mut keys: Vec<(u64, usize)> = Vec::with_capacity(nodes.len() * 4);
    let mut own = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        own.clear();
        node.parts.keys(&mut own);
        keys.extend(own.iter().map(|key| (*key, at)));
    }
    keys.sort_unstable();
    keys.dedup();
    let mut pairs = Vec::new();
    for run in keys.chunk_by(|a, b| a.0 == b.0).filter(|run| (2..=MOST_ALIKE).contains(&run.len())) {
        for (i, (_, a)) in run.iter().enumerate() {
            for (_, b) in &run[i + 1..] {
                *n_likened += 1;
                pairs.extend(nodes[*a].parts.likeness(&nodes[*b].parts).map(|likeness| (*a, *b, likeness)));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Pairs that people files keep apart, by slugs in order.
fn barred<'n>(nodes: &'n [Node<'_>]) -> FxHashSet<(&'n str, &'n str)> {
    let mut barred = FxHashSet::default();
    for node in nodes {
        for other in node.file.iter().flat_map(|file| &file.not) {
            let (a, b) = (&*node.slug, &**other);
            barred.insert((a.min(b), a.max(b)));
        }
    }
    barred
}

enum Verdict {
    One,
    Two,
    Doubtful,
}

/// Evidence is gathered for those that are compared, once for each.
struct Desk<'a, 'n> {
    ground: Ground<'a>,
    nodes: &'n [Node<'n>],
    known: FxHashMap<usize, Evidence>,
    barred: FxHashSet<(&'n str, &'n str)>,
}

impl Desk<'_, '_> {
    fn judge(&mut self, a: usize, b: usize, likeness: Likeness) -> Verdict {
        let (x, y) = (&self.nodes[a], &self.nodes[b]);
        // Two people files are two people, and so are two whom a file keeps apart.
        if x.file.is_some() && y.file.is_some() || self.is_barred(a, b) {
            return Verdict::Two;
        }
        self.learn(a);
        self.learn(b);
        let (p, q) = (&self.known[&a], &self.known[&b]);
        if weight(&p.against(q)) >= AGAINST || p.meets(q) {
            return Verdict::Two;
        }
        let points = p.for_one(q);
        if points >= needed(likeness) {
            return Verdict::One;
        }
        let worth_asking = x.n_quotes > 0 && y.n_quotes > 0 && p.years_apart(q) <= TOO_LONG_AGO;
        if worth_asking { Verdict::Doubtful } else { Verdict::Two }
    }

    /// Whether no two of a set speak against each other.
    fn agree(&mut self, set: &[usize]) -> bool {
        set.iter().for_each(|node| self.learn(*node));
        let pairs = set.iter().enumerate().flat_map(|(i, a)| set[i + 1..].iter().map(move |b| (*a, *b)));
        let fits = |(a, b): (usize, usize)| {
            let (x, y) = (&self.nodes[a], &self.nodes[b]);
            let (p, q) = (&self.known[&a], &self.known[&b]);
            x.parts.may_be_one(&y.parts)
                && (x.file.is_none() || y.file.is_none())
                && !self.is_barred(a, b)
                && weight(&p.against(q)) < AGAINST
                && !p.meets(q)
        };
        pairs.into_iter().all(fits)
    }

    fn is_barred(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&*self.nodes[a].slug, &*self.nodes[b].slug);
        !self.barred.is_empty() && self.barred.contains(&(a.min(b), a.max(b)))
    }

    fn learn(&mut self, node: usize) {
        let Self { ground, nodes, known, .. } = self;
        known.entry(node).or_insert_with(|| {
            let mut evidence = Evidence::of(*ground, &nodes[node].places);
            if let Some(file) = nodes[node].file {
                evidence.learn(file);
            }
            evidence
        });
    }
}
