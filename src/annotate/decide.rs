//! What editors decided, laid over what the rules found.

use super::anchor::{Lost, hashes};
use super::follow::{Followed, Outcome, follow};
use crate::diag::{Diagnostic, Lines, Noted, Place, codes};
use crate::model::{
    Annotations, Article, Chain, ChainId, Checked, Decision, Kind, MentionId, PersonAt, Quote, QuotePart, Rule,
    Sidecar, Source, Voice,
};
use crate::text::{FileSpan, TextSpan, is_unseen, slug};
use rustc_hash::{FxHashMap, FxHashSet};

/// Decisions of one sidecar that are told one by one where they cannot be followed; the rest are counted.
const LISTED: usize = 40;
/// Characters of a passage that a message shows.
const SHOWN: usize = 70;

/// Lets a sidecar's decisions take the place of the quotations that they overlap.
///
/// A decision becomes one quotation of [`Rule::ByHand`] and confidence 1, or none where the words are nobody's; what it
/// leaves open it takes from the quotation that it overlaps most. A speaker given by their address is left to the join.
/// Decisions whose words are gone change nothing: `review-stale` is noted for each, and `review-twice` for those whose
/// words an earlier decision has. Time grows with article and sidecar, not with their product.
pub fn decide(
    mut annotations: Annotations,
    article: &Article,
    source: &Source,
    sidecar: &Sidecar,
    sidecar_source: &Source,
) -> Noted<Annotations> {
    let desk = Desk { article, source, sidecar, lines: Lines::new(&sidecar_source.text) };
    let Followed { outcomes, given_way } = follow(&annotations, article, sidecar);
    let diagnostics = desk.report(&outcomes, &annotations);
    if !outcomes.iter().any(|outcome| matches!(outcome, Outcome::Here { .. })) {
        return Noted::new(annotations, diagnostics);
    }
    let mut names: FxHashMap<String, ChainId> = FxHashMap::default();
    for (id, chain) in annotations.chains.iter().enumerate().rev() {
        names.insert(slug(&chain.name), ChainId::new(id));
    }
    let found = std::mem::take(&mut annotations.quotes);
    let mut quotes = Vec::with_capacity(found.len() + outcomes.len());
    for (decision, outcome) in sidecar.decisions.iter().zip(&outcomes) {
        if let Outcome::Here { parts, most } = outcome {
            // One quotation may be the most of several decisions: a saying that is split.
            let most = most.and_then(|at| found.get(at));
            quotes.extend(desk.quote(&mut annotations, &mut names, decision, parts, most));
        }
    }
    quotes.extend(found.into_iter().zip(given_way).filter(|(_, gone)| !gone).map(|(quote, _)| quote));
    part_ways(&mut quotes);
    quotes.sort_by_key(|quote| quote.parts.first().map(|part| (part.marked.start, part.marked.end)));
    annotations.quotes = quotes;
    Noted::new(annotations, diagnostics)
}

/// One article with its sidecar.
struct Desk<'a> {
    article: &'a Article,
    source: &'a Source,
    sidecar: &'a Sidecar,
    /// The sidecar's own text.
    lines: Lines<&'a str>,
}

impl Desk<'_> {
    /// The quotation that a decision is; none where nothing is left of it.
    fn quote(
        &self,
        annotations: &mut Annotations,
        names: &mut FxHashMap<String, ChainId>,
        decision: &Decision,
        spans: &[TextSpan],
        found: Option<&Quote>,
    ) -> Option<Quote> {
        let marked: Vec<QuotePart> = spans.iter().map(|span| self.in_marks(*span)).collect();
        let stands_in_marks = marked.iter().any(|part| part.marked != part.words);
        let was = found.map(|quote| quote.kind);
        let kind = match (&decision.speaker, decision.kind, was) {
            // Marked words that are nobody's are a title, a nickname, a word at arm's length.
            (Some(Voice::Nobody), _, _) if stands_in_marks => Kind::Scare,
            (Some(Voice::Nobody), _, _) => return None,
            (_, Some(kind), _) => kind,
            (None, None, Some(kind)) => kind,
            (Some(_), None, Some(kind)) if kind.is_speech() => kind,
            (Some(_), None, Some(_)) => Kind::Partial,
            (_, None, None) if stands_in_marks => Kind::Direct,
            (_, None, None) => Kind::Indirect,
        };
        let parts = match kind {
            Kind::Indirect => marked.iter().map(|part| QuotePart { words: part.words, marked: part.words }).collect(),
            _ => marked,
        };
        let mut quote = Quote {
            statement: statement(kind, &parts, found),
            parts,
            kind,
            cue: None,
            mention: None,
            phrase: None,
            speaker: None,
            rule: Rule::ByHand,
            evidence: None,
            confidence: 1.0,
            checked: Some(Box::new(Checked {
                speaker: None,
                open: decision.speaker.is_none(),
                found: found.map_or(Rule::Unknown, |found| found.rule),
                by: decision.by.clone(),
                date: decision.date,
                note: decision.note.clone(),
            })),
        };
        let was = found.and_then(|found| found.speaker);
        quote.speaker = match &decision.speaker {
            None => was,
            Some(Voice::Unnamed | Voice::Nobody) => None,
            Some(Voice::Named(name)) => Some(chain_of(annotations, names, name)),
            Some(Voice::Person(slug)) => {
                let place = decision.speaker_at.and_then(|span| self.place(span));
                if let Some(checked) = &mut quote.checked {
                    checked.speaker = Some(PersonAt { slug: slug.clone(), place });
                }
                was.filter(|chain| names.get(&**slug) == Some(chain))
            }
        };
        let Some(found) = found else { return Some(quote) };
        // What the decision takes for spoken reports nothing.
        let outside = |span: &TextSpan| !quote.parts.iter().any(|part| part.marked.overlaps(*span));
        quote.cue = found.cue.filter(outside);
        // The words that stood for somebody else are no evidence for this speaker; "a worker" names nobody and may
        // stay.
        let of = |mention| annotations.mentions.get(MentionId::index(mention))?.chain;
        let stays = match (&decision.speaker, quote.speaker) {
            (None, _) => true,
            (Some(_), Some(speaker)) => was == Some(speaker),
            (Some(_), None) => kind.is_speech() && was.is_none() && found.mention.and_then(of).is_none(),
        };
        if stays {
            let named = found.mention.and_then(|id| annotations.mentions.get(id.index()));
            let stands = named.is_some_and(|mention| outside(&mention.span));
            quote.phrase = found.phrase.filter(outside);
            quote.evidence = found.evidence.filter(outside);
            quote.mention = found.mention.filter(|_| stands);
        }
        Some(quote)
    }

    /// Words with the quotation marks around them: both, or one where the paragraph begins or ends with the words.
    fn in_marks(&self, span: TextSpan) -> QuotePart {
        let text = &*self.article.text;
        let inside = span.of(text);
        let around = |c: char| is_mark(c) || c.is_whitespace() || is_unseen(c);
        let start = span.start as usize + inside.len() - inside.trim_start_matches(around).len();
        let words = TextSpan::new(start, start + inside.trim_matches(around).len());
        let (before, behind) = (text.get(..words.start as usize), text.get(words.end as usize..));
        let (before, behind) = (before.unwrap_or_default(), behind.unwrap_or_default());
        let (open, close) = (marks(before.chars().rev()), marks(behind.chars()));
        let (before, behind) = (before.trim_end_matches(is_unseen), behind.trim_start_matches(is_unseen));
        let edge_before = before.is_empty() || before.ends_with('\n');
        let edge_behind = behind.is_empty() || behind.starts_with('\n');
        let both = (open > 0 || edge_before) && (close > 0 || edge_behind) && open + close > 0;
        let marked = match both {
            true => TextSpan::new(words.start as usize - open, words.end as usize + close),
            false => words,
        };
        QuotePart { words, marked }
    }

    /// A stretch of the sidecar as messages show it.
    fn place(&self, span: FileSpan) -> Option<Box<Place>> {
        Diagnostic::new(codes::PERSON_UNKNOWN, &self.sidecar.path, "").within(&self.lines, span, "no such person").place
    }

    fn report(&self, outcomes: &[Outcome], annotations: &Annotations) -> Vec<Diagnostic> {
        let passages = match outcomes.iter().any(|outcome| matches!(outcome, Outcome::Lost(_))) {
            true => self.passages(annotations),
            false => Vec::new(),
        };
        let faults = || self.sidecar.decisions.iter().zip(outcomes).filter(|(_, o)| !matches!(o, Outcome::Here { .. }));
        let told = faults().take(LISTED).filter_map(|(decision, outcome)| match outcome {
            Outcome::Lost(lost) => Some(self.lost(decision, *lost, &passages)),
            Outcome::Twice(other) => Some(self.twice(decision, &self.sidecar.decisions[*other])),
            Outcome::Here { .. } => None,
        });
        let mut out: Vec<Diagnostic> = told.collect();
        let more = faults().skip(LISTED).count();
        if let Some(last) = out.last().filter(|_| more > 0) {
            let message = format!("{more} more decisions of this file change nothing");
            out.push(Diagnostic::new(last.code, &self.sidecar.path, message));
        }
        out
    }

    fn lost(&self, decision: &Decision, lost: Lost, passages: &[(TextSpan, FxHashSet<u64>)]) -> Diagnostic {
        let article = &self.article.path;
        let (message, label, help) = match lost {
            Lost::Gone => (
                format!("the words of this decision do not stand in `{article}`"),
                "not found".to_owned(),
                match nearest(decision, passages) {
                    Some(passage) => format!(
                        "most alike is {}; put its words into `exact`, or take the decision out",
                        self.passage(passage)
                    ),
                    None => "nothing there is like them; take the decision out".to_owned(),
                },
            ),
            Lost::Several(n) => (
                format!("the words of this decision stand {n} times in `{article}`"),
                "which of them is not told".to_owned(),
                "give words that stand around the one that is meant in `prefix` or `suffix`".to_owned(),
            ),
            Lost::Everywhere => (
                format!("the first words of this decision stand all over `{article}`"),
                "which of them is not told".to_owned(),
                "begin the quotation with other words, or leave it to the rules".to_owned(),
            ),
            Lost::Elsewhere(span) => (
                format!("the words of this decision stand in `{article}` with other words around them"),
                "too few words to know them by".to_owned(),
                format!("if it is {}, mend `prefix` and `suffix`; else take the decision out", self.passage(span)),
            ),
        };
        Diagnostic::new(codes::REVIEW_STALE, &self.sidecar.path, message)
            .within(&self.lines, decision.at, label)
            .note("it changes nothing: the article is as the rules read it")
            .help(help)
    }

    fn twice(&self, decision: &Decision, other: &Decision) -> Diagnostic {
        let line = self.lines.text().get(..other.at.start as usize).unwrap_or_default().matches('\n').count() + 1;
        Diagnostic::new(codes::REVIEW_TWICE, &self.sidecar.path, "two decisions are about the same words")
            .within(&self.lines, decision.at, format!("line {line} has decided about some of these"))
            .note("the first counts; this one changes nothing")
            .help("take one of them out, or let each have words of its own")
    }

    /// Every sentence with its words.
    fn passages(&self, annotations: &Annotations) -> Vec<(TextSpan, FxHashSet<u64>)> {
        let words = |span: &TextSpan| (*span, hashes(span.of(&self.article.text)).into_iter().collect());
        annotations.sentences.iter().map(words).collect()
    }

    /// "“We sail when the lamp…” in line 12"
    fn passage(&self, span: TextSpan) -> String {
        let words: Vec<&str> = span.of(&self.article.text).split_whitespace().collect();
        let words = words.join(" ");
        let shown = match words.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", words[..end].trim_end()),
            None => words,
        };
        let at = self.article.file_span(span).start as usize;
        let line = self.source.text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        format!("line {line}, `{shown}`")
    }
}

/// The passage that shares most of a decision's words: at least two, and a third of them.
fn nearest(decision: &Decision, passages: &[(TextSpan, FxHashSet<u64>)]) -> Option<TextSpan> {
    let words: FxHashSet<u64> = decision.exact.iter().flat_map(|part| hashes(part)).collect();
    let shared = |(span, theirs): &(TextSpan, FxHashSet<u64>)| {
        let n = words.iter().filter(|word| theirs.contains(word)).count();
        // Of two that share as many the shorter says more.
        (n, std::cmp::Reverse(theirs.len()), std::cmp::Reverse(*span))
    };
    let ((n, ..), span) =
        passages.iter().map(|passage| (shared(passage), passage.0)).max_by_key(|(shared, _)| *shared)?;
    (n >= 2 && n * 3 >= words.len()).then_some(span)
}

/// The whole statement around parts: the one that was found, if it holds them.
fn statement(kind: Kind, parts: &[QuotePart], found: Option<&Quote>) -> Option<TextSpan> {
    let all = parts.iter().map(|part| part.marked).reduce(TextSpan::cover)?;
    let found = found.and_then(|quote| quote.statement).filter(|statement| statement.contains(all));
    found.or((kind == Kind::Indirect).then_some(all))
}

/// The chain of somebody's name, made where the article has none; `names` are the chains by their names' slugs.
fn chain_of(annotations: &mut Annotations, names: &mut FxHashMap<String, ChainId>, name: &str) -> ChainId {
    *names.entry(slug(name)).or_insert_with(|| {
        let full = name.contains(char::is_whitespace);
        annotations.chains.push(Chain { name: name.into(), full, ..Chain::default() });
        ChainId::new(annotations.chains.len() - 1)
    })
}

/// Bytes of the mark that a text begins with, and of what is unseen before it; two letters may be one mark: ``.
fn marks(text: impl Iterator<Item = char>) -> usize {
    let mut text = text.peekable();
    let mut unseen = 0;
    while let Some(c) = text.next_if(|c| is_unseen(*c)) {
        unseen += c.len_utf8();
    }
    let Some(mark) = text.next().filter(|c| is_mark(*c)) else { return 0 };
    let twice = matches!(mark, '`' | '\'') && text.next() == Some(mark);
    unseen + mark.len_utf8() * (1 + usize::from(twice))
}

/// Leaves a mark that two quotations claim to the first, or to the one that the rules found: no two share a letter.
fn part_ways(quotes: &mut [Quote]) {
    let parts = |(at, quote): (usize, &Quote)| (0..quote.parts.len()).map(|part| (at, part)).collect::<Vec<_>>();
    let mut order: Vec<(usize, usize)> = quotes.iter().enumerate().flat_map(parts).collect();
    order.sort_by_key(|(quote, part)| quotes[*quote].parts[*part].words);
    for two in order.windows(2) {
        let [(a, i), (b, j)] = [two[0], two[1]];
        let end = quotes[a].parts[i].marked.end;
        if quotes[b].parts[j].marked.start < end {
            let at = if quotes[b].checked.is_some() { (b, j) } else { (a, i) };
            let part = &mut quotes[at.0].parts[at.1];
            part.marked = part.words;
        }
    }
}

/// Whether a letter may open or close a quotation.
fn is_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '"' | '‘' | '’' | '‚' | '\'' | '`' | '«' | '»' | '‹' | '›')
}

#[cfg(test)]
mod tests {
    use super::super::{Holders, Lexicon, annotate, show};
    use super::*;
    use crate::config::Settings;
    use crate::model::Encoding;
    use crate::read;

    const COPY: &str = "Ferries to run all winter\n\nIngrid Marsh met Tobias Renn on the quay on Monday.\n\n“The boats \
                        will sail all winter,” said Ingrid Marsh. “Nobody will wait on the quay.”\n\nA worker said: \
                        “We were told to keep the lights on.”\n\nThe “Kittiwake” was late. Renn said that the pumps \
                        would stay where they are.\n";

    /// The copy with its answers, and what was noted of the sidecar.
    fn decided(toml: &str) -> (String, Vec<Diagnostic>, Annotations) {
        let file = |path: &str, text: &str| Source { path: path.into(), text: text.into(), encoding: Encoding::Utf8 };
        let source = file("content/2031/11/14-ferries.txt", COPY);
        let settings = Settings::default();
        let article = read::read(&source, &settings.read).value.expect("it is copy");
        let found = annotate(&article, &source, Lexicon::english(), &Holders::default(), &settings.annotate).value;
        let beside = file("content/2031/11/14-ferries.annotations.toml", toml);
        let sidecar = read::sidecar(&beside).value.expect("a sound sidecar");
        let decided = decide(found, &article, &source, &sidecar, &beside);
        let body = show(&article, &decided.value).split("\n\n").skip(2).collect::<Vec<_>>().join("\n");
        (body, decided.diagnostics, decided.value)
    }

    /// What becomes of one paragraph.
    fn check(paragraph: usize, toml: &str, expected: &str) {
        let (body, noted, _) = decided(toml);
        assert_eq!(body.lines().nth(paragraph), Some(expected), "{toml}");
        assert!(noted.is_empty(), "{noted:?}");
    }

    /// The rules alone, then decisions about the same words.
    const MARSH: &str = "⟦“The boats will sail all winter,” = quote, Ingrid Marsh⟧ ⟦said = cue⟧ ⟦Ingrid Marsh⟧. ⟦“Nobody will wait on the quay.” = more⟧";
    const WORKER: &str = "⟦A worker = unnamed⟧ ⟦said = cue⟧: ⟦“We were told to keep the lights on.” = quote, unnamed⟧";

    /// A decision about both parts of what Ingrid Marsh says.
    fn marsh(keys: &str) -> String {
        format!(
            "[[quotation]]\nexact = [\"The boats will sail all winter,\", \"Nobody will wait on the quay.\"]\n{keys}\n"
        )
    }

    fn about(exact: &str, keys: &str) -> String {
        format!("[[quotation]]\nexact = \"{exact}\"\n{keys}\n")
    }

    #[test]
    fn a_decision_names_the_speaker() {
        check(0, "", MARSH);
        check(1, "", WORKER);
        check(0, &marsh("speaker = \"Tobias Renn\""), &MARSH.replace("quote, Ingrid Marsh", "quote, Tobias Renn"));
        check(0, &marsh("speaker = \"?\""), &MARSH.replace("quote, Ingrid Marsh", "quote, unnamed"));
        check(0, &marsh("speaker = \"ingrid-marsh\""), MARSH);
        let (_, _, found) = decided(&marsh("speaker = \"Osric Pell\"\nby = \"hl\"\ndate = 2031-11-16"));
        let quote = &found.quotes[0];
        let chain = found.chain(quote.speaker.expect("a speaker"));
        assert_eq!((&*chain.name, chain.full, chain.mentions.len()), ("Osric Pell", true, 0));
        assert_eq!((quote.rule, quote.confidence, quote.mention), (Rule::ByHand, 1.0, None));
        let checked = quote.checked.as_ref().expect("checked");
        assert_eq!((checked.by.as_deref(), checked.open), (Some("hl"), false));
        // An address is left to the join.
        let (_, _, found) = decided(&marsh("speaker = \"osric-pell\""));
        let checked = found.quotes[0].checked.as_ref().expect("checked");
        let person = checked.speaker.as_ref().expect("a person");
        assert_eq!((&*person.slug, found.quotes[0].speaker), ("osric-pell", None));
        assert_eq!(person.place.as_ref().map(|place| (place.line, place.column)), Some((3, 11)));
    }

    #[test]
    fn what_is_left_open_is_what_the_rules_say() {
        check(0, &marsh(""), MARSH);
        check(0, &marsh("kind = \"partial\""), &MARSH.replace("quote,", "fragment,"));
        check(1, &about("We were told to keep the lights on.", ""), WORKER);
        let (_, _, found) = decided(&marsh(""));
        assert_eq!((found.quotes[0].rule, found.quotes[0].confidence), (Rule::ByHand, 1.0));
        assert!(found.quotes[0].checked.as_ref().is_some_and(|checked| checked.open));
        assert!(found.quotes[0].mention.is_some() && found.quotes[0].cue.is_some());
    }

    #[test]
    fn words_that_are_nobodys_lose_their_mark() {
        check(
            1,
            &about("We were told to keep the lights on.", "speaker = \"none\""),
            &WORKER.replace("quote, unnamed", "scare"),
        );
        let (body, ..) = decided(&about("the pumps would stay where they are", "speaker = \"none\""));
        assert!(body.trim_end().ends_with("that the pumps would stay where they are."), "{body}");
    }

    #[test]
    fn quotations_are_split_merged_and_moved() {
        let split =
            about("The boats will sail all winter,", "") + &about("Nobody will wait on the quay.", "speaker = \"?\"");
        check(0, &split, &MARSH.replace("more", "quote, unnamed"));
        let merged = "[[quotation]]\nexact = [\"We were told\", \"the lights on.\"]\n";
        check(
            1,
            merged,
            "⟦A worker = unnamed⟧ ⟦said = cue⟧: “⟦We were told = quote, unnamed⟧ to keep ⟦the lights on. = more⟧”",
        );
        check(
            1,
            &about("keep the lights on.", ""),
            "⟦A worker = unnamed⟧ ⟦said = cue⟧: “We were told to ⟦keep the lights on. = quote, unnamed⟧”",
        );
        check(1, &about("“We were told to keep the lights on.”", ""), WORKER);
    }

    #[test]
    fn words_that_the_rules_missed_become_a_quotation() {
        let (_, _, found) = decided(&about("Kittiwake", "speaker = \"Tobias Renn\""));
        let (kind, parts) = (found.quotes[2].kind, found.quotes[2].parts[0]);
        assert_eq!((kind, parts.marked.len() - parts.words.len()), (Kind::Partial, 6));
        let (_, _, found) = decided(&about("met Tobias Renn on the quay", "speaker = \"Ingrid Marsh\""));
        assert_eq!((found.quotes[0].kind, found.quotes[0].confidence), (Kind::Indirect, 1.0));
        assert!(found.quotes.windows(2).all(|two| two[0].parts[0].marked < two[1].parts[0].marked));
    }

    #[test]
    fn a_decision_that_cannot_be_followed_is_told_and_changes_nothing() {
        let check = |toml: &str, code: &str, line: u32, help: &str| {
            let (body, noted, _) = decided(toml);
            assert_eq!(body, decided("").0);
            let [noted] = &*noted else { panic!("{noted:?}") };
            assert_eq!((noted.code.name(), noted.place.as_ref().map(|place| place.line)), (code, Some(line)));
            assert!(noted.help.as_deref().is_some_and(|told| told.contains(help)), "{noted:?}");
        };
        let gone = about("The boats are going to sail all winter long", "speaker = \"?\"");
        check(&gone, "review-stale", 2, "line 5, `“The boats will sail all winter,” said Ingrid Marsh.`");
        check(&about("Rock does not read press releases", ""), "review-stale", 2, "nothing there is like them");
        check(&about("the quay", ""), "review-stale", 2, "`prefix` or `suffix`");
        check(&about("Monday", "suffix = \"her birthday\""), "review-stale", 2, "if it is line 3, `Monday`");
        let twice = about("We were told", "") + &about("were told to keep", "");
        let (_, noted, found) = decided(&twice);
        assert_eq!((noted.len(), noted[0].code, found.quotes.len()), (1, codes::REVIEW_TWICE, 4));
        let many: String = (0..60).map(|n| about(&format!("nothing like it {n}"), "")).collect();
        let (_, noted, _) = decided(&many);
        assert_eq!(
            (noted.len(), &*noted[LISTED].message),
            (LISTED + 1, "20 more decisions of this file change nothing")
        );
    }
}
