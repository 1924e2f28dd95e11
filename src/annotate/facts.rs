//! What one article tells the archive.

use super::lexicon::{Known, Lexicon, key, key_of};
use super::posts::{Posts, is_peerage, is_title};
use super::shown;
use crate::model::{
    Annotations, Article, BlockKind, Chain, ChainFact, Facts, Form, Gender, Kind, Mark, MarkKind, Mention, PhotoFact,
    Post, PostFact, Quote, QuoteFact, Standing,
};
use crate::text::{TextSpan, digest, echo, is_alphanumeric};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Longest context of a quotation, in characters.
const LONGEST_CONTEXT: usize = 200;

/// Draws an article's facts from its annotations: all that leaves the file.
///
/// Chains keep their numbers; quotes are speech only, by place. Linear in the annotations.
pub fn facts(article: &Article, annotations: &Annotations) -> Facts {
    let furniture = &article.furniture;
    let chains = chains(article, annotations);
    Facts {
        path: article.path.clone(),
        slug: article.slug.clone(),
        headline: line(&furniture.headline),
        lang: furniture.lang.clone(),
        standfirst: furniture.standfirst.as_deref().map(line),
        section: furniture.section.as_deref().map(line),
        tags: furniture.tags.clone(),
        agency: furniture.agency.as_deref().map(line),
        published: furniture.published,
        updated: furniture.updated,
        aliases: furniture.aliases.clone(),
        rights: furniture.rights.clone(),
        corrections: furniture.corrections.clone(),
        noindex: furniture.noindex,
        words: words_in_body(article),
        places: places(article),
        quotes: quotes(article, annotations, &chains),
        chains,
        photos: photos(article, annotations),
        linked: linked(article),
    }
}

/// Bytes of a headline and the like that leave the file.
const LONGEST_LINE: usize = 1000;

/// A headline and the like, cut at a word where it is longer than any: it stands on the page of everybody whom the
/// article quotes, and many of each would be more than the file itself. Its own page has the whole.
fn line(text: &str) -> Box<str> {
    if text.len() <= LONGEST_LINE {
        return text.into();
    }
    let end = (0..=LONGEST_LINE).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let head = &text[..end];
    let words = head.rfind(char::is_whitespace).map_or(head, |at| &head[..at]);
    [words.trim_end(), " …"].concat().into()
}

/// Links to pictures of the site.
fn linked(article: &Article) -> Vec<Box<str>> {
    const ENDINGS: &[&str] = &[".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"];
    let is_picture = |address: &str| {
        let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        !path.contains(':') && ENDINGS.iter().any(|ending| path.ends_with(ending))
    };
    let address = |mark: &Mark| match &mark.kind {
        MarkKind::Link(address, _) if is_picture(address) => Some(address.clone()),
        _ => None,
    };
    article.marks.iter().filter_map(address).collect()
}

/// The words in plain letters that begin with a capital: the places that we know are written so.
fn capitalised(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + bytes[at..].iter().position(u8::is_ascii_uppercase)?;
            let letters = bytes[start..].iter().position(|b| !b.is_ascii_alphabetic());
            at = letters.map_or(bytes.len(), |n| start + n);
            // "McFrance" is no place.
            if !text[..start].ends_with(is_alphanumeric) {
                return text.get(start..at);
            }
        }
    })
}

fn words_in_body(article: &Article) -> u32 {
    let body = article.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Crosshead(_)));
    body.map(|b| count(article.words_of(b))).sum()
}

fn count(text: &str) -> u32 {
    u32::try_from(text.split_whitespace().filter(|w| w.contains(is_alphanumeric)).count()).unwrap_or(u32::MAX)
}

fn chains(article: &Article, annotations: &Annotations) -> Vec<ChainFact> {
    annotations
        .chains
        .iter()
        .map(|chain| {
            let mut forms: Vec<(Box<str>, Form, u32)> = Vec::new();
            let mut at: FxHashMap<(&str, Form), usize> = FxHashMap::default();
            for &id in &chain.mentions {
                let mention = annotations.mention(id);
                let text = mention.span.of(&article.text);
                let i = *at.entry((text, mention.form)).or_insert_with(|| {
                    forms.push((text.into(), mention.form, 0));
                    forms.len() - 1
                });
                forms[i].2 += 1;
            }
            forms.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)).then_with(|| a.1.cmp(&b.1)));
            ChainFact {
                name: chain.name.clone(),
                full: chain.full,
                gender: chain.honorific.as_deref().and_then(gender_of),
                age: age(article, annotations, chain),
                roles: chain.roles.iter().map(|role| role.of(&article.text).into()).collect(),
                posts: posts(article, annotations, chain),
                forms,
            }
        })
        .collect()
}

/// The gender that an honorific tells.
fn gender_of(honorific: &str) -> Option<Gender> {
    let known = Lexicon::english().entry(key(&honorific.trim_end_matches('.').to_lowercase())).known;
    match (known.has(Known::MASCULINE), known.has(Known::FEMININE)) {
        (true, false) => Some(Gender::Masculine),
        (false, true) => Some(Gender::Feminine),
        _ => None,
    }
}

/// Mentions of a chain that are looked at for what stands beside them; bounds the work of a hostile article.
const MOST_LOOKED_AT: usize = 64;

/// The mentions that name a chain's person.
fn namings<'a>(annotations: &'a Annotations, chain: &'a Chain) -> impl Iterator<Item = &'a Mention> {
    let mentions = chain.mentions.iter().map(|id| annotations.mention(*id));
    mentions.filter(|m| matches!(m.form, Form::FullName | Form::Surname | Form::Honorific)).take(MOST_LOOKED_AT)
}

/// A person's age where it stands beside the full name: "Ingrid Marsh, 52, said", "52-year-old Ingrid Marsh".
fn age(article: &Article, annotations: &Annotations, chain: &Chain) -> Option<u8> {
    let text = &article.text;
    let beside = |m: &&Mention| {
        let (before, behind) = (text.get(..m.span.start as usize), text.get(m.span.end as usize..));
        behind.is_some_and(|b| b.starts_with(", ")) || before.is_some_and(|b| b.trim_end().ends_with("-old"))
    };
    let named = namings(annotations, chain).filter(|m| m.form == Form::FullName);
    named.filter(beside).find_map(|mention| {
        let (before, behind) = around(article, annotations, mention.span);
        let behind = behind.strip_prefix(", ").map(|rest| rest.strip_prefix("aged ").unwrap_or(rest));
        let years = behind.and_then(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            rest[end..]
                .is_empty()
                .then_some(&rest[..end])
                .or_else(|| rest[end..].starts_with([',', '.', ';']).then_some(&rest[..end]))
        });
        let old = || before.trim_end().strip_suffix("-year-old").and_then(|b| b.rsplit(' ').next());
        years.filter(|y| !y.is_empty()).or_else(old)?.parse().ok().filter(|age| (1..=110).contains(age))
    })
}

/// The posts that the article ties to a chain's name, and the peerage before it.
///
/// A chain without a given name keeps those only that tell who it is together with the surname.
fn posts(article: &Article, annotations: &Annotations, chain: &Chain) -> Vec<PostFact> {
    let lexicon = Posts::english();
    let text = &article.text;
    let mut out = BTreeSet::new();
    let named: Vec<TextSpan> = namings(annotations, chain).map(|m| m.span).collect();
    for role in &chain.roles {
        let (before, _) = around(article, annotations, *role);
        // The name right behind the role, if that is where it stands.
        let next = named.partition_point(|name| name.start < role.end);
        let beside = named
            .get(next)
            .filter(|name| text.get(role.end as usize..name.start as usize).is_some_and(|gap| gap.trim().is_empty()));
        let behind = beside.map_or("", |name| around(article, annotations, *name).1);
        out.extend(lexicon.of_role(before, role.of(text), behind));
    }
    for (words, peer) in namings(annotations, chain).filter_map(|m| Some((m, m.span.of(text).split_once(' ')?.0))) {
        if words.form != Form::Surname && is_peerage(&peer.to_lowercase()) {
            let post = Post { head: peer.to_lowercase().into(), of: Vec::new() };
            out.insert(PostFact { post, standing: Standing::Held, sole: false, of_place: false, calling: None });
        }
    }
    out.retain(|fact| chain.full || is_title(&fact.post.head));
    out.into_iter().collect()
}

/// The words of a span's sentence before and behind it.
fn around<'a>(article: &'a Article, annotations: &Annotations, span: TextSpan) -> (&'a str, &'a str) {
    let sentences = &annotations.sentences;
    let at = sentences.partition_point(|s| s.end <= span.start);
    let Some(sentence) = sentences.get(at).filter(|s| s.start <= span.start) else { return ("", "") };
    let cut = |from: u32, to: u32| article.text.get(from as usize..to as usize).unwrap_or_default();
    let (before, behind) = (cut(sentence.start, span.start), cut(span.end, sentence.end.max(span.end)));
    // A few words do, however long the sentence.
    let far = before.char_indices().rev().nth(LONGEST_BESIDE).map_or(0, |(i, _)| i);
    let near = behind.char_indices().nth(LONGEST_BESIDE).map_or(behind.len(), |(i, _)| i);
    (&before[far..], &behind[..near])
}

/// Characters beside a name or an office that are looked at.
const LONGEST_BESIDE: usize = 80;

/// The places of an article: those of its dateline and those in its body that the lexicon knows.
fn places(article: &Article) -> Vec<Box<str>> {
    let (lexicon, posts) = (Lexicon::english(), Posts::english());
    let mut out: BTreeSet<Box<str>> = BTreeSet::new();
    let plain = |word: &str| word.trim_matches(|c: char| !is_alphanumeric(c)).to_lowercase();
    let dateline = article.furniture.dateline.map(|span| span.of(&article.text)).unwrap_or_default();
    for word in dateline.split(['(', '—', '–']).next().unwrap_or_default().split_whitespace().map(plain) {
        let known = lexicon.entry(key(&word)).known;
        let says_when = Known::DAY.or(Known::MONTH).or(Known::PLACE_PART);
        if word.chars().all(char::is_alphabetic) && word.len() > 2 && !known.has(says_when) {
            out.insert(posts.place_of(&word).unwrap_or_else(|| word.into()));
        }
    }
    for block in article.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph) {
        for word in capitalised(article.words_of(block)) {
            let known = lexicon.entry(key_of(word.bytes().map(|b| b.to_ascii_lowercase()))).known;
            if known.has(Known::PLACE.or(Known::NATION)) && out.len() < Facts::MOST_PLACES {
                let word = word.to_ascii_lowercase();
                let own = || known.has(Known::PLACE).then(|| word.as_str().into());
                out.extend(posts.place_of(&word).or_else(own));
            }
        }
    }
    out.into_iter().take(Facts::MOST_PLACES).collect()
}

fn quotes(article: &Article, annotations: &Annotations, chains: &[ChainFact]) -> Vec<QuoteFact> {
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    let mut out = Vec::new();
    for (i, quote) in annotations.quotes.iter().enumerate().filter(|(_, q)| q.kind.is_speech()) {
        let text = shown(article, quote);
        let normal = digest::normal_words(&text);
        let id = digest::id_of_words(&normal);
        let n = seen.entry(id.clone()).and_modify(|n| *n += 1).or_insert(1);
        let id = if *n == 1 { id } else { format!("{id}-{n}") };
        let mention = quote.mention.map(|m| annotations.mention(m));
        out.push(QuoteFact {
            quote: u32::try_from(i).unwrap_or(u32::MAX),
            id: id.into(),
            words: quote.parts.iter().map(|p| count(p.words.of(&article.text))).sum(),
            shingles: echo::shingles(&normal).into(),
            text: text.into(),
            kind: quote.kind,
            speaker: quote.speaker.map(|c| c.index() as u32),
            unnamed: mention.filter(|_| quote.speaker.is_none()).map(|m| m.span.of(&article.text).into()),
            // Where an editor names the speaker, no office need be asked who holds it.
            post: mention.filter(|_| is_open(quote)).and_then(|m| post(article, annotations, m, chains)).map(Box::new),
            rule: quote.rule,
            confidence: quote.confidence,
            checked: quote.checked.clone(),
            context: context(article, annotations, quote),
        });
    }
    // All articles' facts are in memory together.
    out.shrink_to_fit();
    out
}

/// Whether the speaker is what the rules say.
fn is_open(quote: &Quote) -> bool {
    quote.checked.as_ref().is_none_or(|checked| checked.open)
}

/// The post that speaks where a mention names nobody, or somebody of whom the article says only that they held it once.
fn post(article: &Article, annotations: &Annotations, mention: &Mention, chains: &[ChainFact]) -> Option<Post> {
    if !matches!(mention.form, Form::Office | Form::Description | Form::Group) {
        return None;
    }
    let (before, behind) = around(article, annotations, mention.span);
    let post = Posts::english().spoken(before, mention.span.of(&article.text), behind)?;
    let Some(bearer) = mention.chain.and_then(|chain| chains.get(chain.index())) else { return Some(post) };
    // "Aldous Brack, a former Harbour Minister, …" is not "the Harbour Minister".
    let fits = |fact: &&PostFact| fact.post.head == post.head && post.of.iter().all(|word| fact.post.of.contains(word));
    let mut borne = bearer.posts.iter().filter(fits).peekable();
    let once = borne.peek().is_some() && borne.all(|fact| fact.standing != Standing::Held);
    once.then_some(post)
}

/// A quote's words with their marks; " … " where the attribution stood between two parts.
fn shown(article: &Article, quote: &Quote) -> String {
    let text = &article.text;
    if let (Kind::Indirect, Some(first), Some(last)) = (quote.kind, quote.parts.first(), quote.parts.last()) {
        return first.marked.cover(last.marked).of(text).into();
    }
    let mut out = String::new();
    for (i, part) in quote.parts.iter().enumerate() {
        if i > 0 {
            let between = TextSpan::new(quote.parts[i - 1].marked.end as usize, part.marked.start as usize).of(text);
            out.push_str(if between.contains(is_alphanumeric) { " … " } else { " " });
        }
        out.push_str(part.marked.of(text));
    }
    out
}

/// What stands around a quote, cut at words where it is long.
///
/// A fragment is nothing without its sentence, so that is given whole; of other quotations only the
/// sentence's other half, "Mr Renn said on Tuesday", since the words themselves are shown beside it.
fn context(article: &Article, annotations: &Annotations, quote: &Quote) -> Box<str> {
    let (Some(first), Some(last)) = (quote.parts.first(), quote.parts.last()) else { return Box::default() };
    let spoken = first.marked.cover(last.marked);
    let sentences = &annotations.sentences;
    let at = sentences.partition_point(|s| s.end <= spoken.start);
    let mut around = spoken;
    for sentence in sentences[at..].iter().take_while(|s| s.start < spoken.end) {
        around = around.cover(*sentence);
    }
    // The attribution may follow as a sentence of its own: “Really?” Then: She shook her head.
    if let Some(evidence) = quote.evidence.filter(|e| e.start >= spoken.start && e.start < around.end + 80) {
        around = around.cover(evidence);
    }
    let evidence = quote.evidence.filter(|e| around.contains(*e));
    let near = evidence.map_or(spoken, |e| spoken.cover(e));
    let around = clip(&article.text, around, near);
    if quote.kind != Kind::Partial {
        return other_half(&article.text, around, quote);
    }
    // “Here”; “there”; and a thousand more: Marsh said. All of them have the same far end.
    let around = evidence.filter(|_| around.len() > 4 * REACH).map_or(around, |e| clip(&article.text, around, e));
    let text = around.of(&article.text);
    if text.chars().count() <= LONGEST_CONTEXT {
        return text.into();
    }
    // The side that tells who speaks is worth more than the quotation's own words.
    let near = quote.evidence.unwrap_or(spoken);
    let from = near.start.min(near.end.saturating_sub(LONGEST_CONTEXT as u32)).max(around.start);
    cut(&article.text, around, from as usize)
}

/// The words of `around` that are not the quote's, pieces parted by " … ".
fn other_half(text: &str, around: TextSpan, quote: &Quote) -> Box<str> {
    let mut out = String::new();
    let mut at = around.start;
    let ends = quote.parts.iter().map(|p| (p.marked.start, p.marked.end)).chain([(around.end, around.end)]);
    for (start, end) in ends {
        let piece = TextSpan::new(at as usize, start.max(at) as usize);
        // No more than can be shown of it: the attribution may be far away.
        let piece = clip(text, piece, TextSpan::new(at as usize, at as usize)).of(text);
        let piece = piece.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.' | ':' | '…'));
        if piece.contains(is_alphanumeric) {
            if !out.is_empty() {
                out.push_str(" … ");
            }
            out.push_str(piece);
        }
        at = end;
    }
    if out.chars().count() <= LONGEST_CONTEXT {
        return out.into();
    }
    let whole = TextSpan::new(0, out.len());
    cut(&out, whole, 0)
}

/// Bytes of a sentence on either side of what is shown that a context may be made of: more than it can hold.
const REACH: usize = 4 * LONGEST_CONTEXT;

/// What of `around` lies within [`REACH`] of `near`, whole words; a sentence of any length may hold any number of
/// quotes.
fn clip(text: &str, around: TextSpan, near: TextSpan) -> TextSpan {
    let (mut start, mut end) = (around.start as usize, around.end as usize);
    let (from, to) = (near.start as usize, near.end as usize);
    let whole = |at: usize| (at..).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    if start + REACH < from {
        start = whole(from - REACH);
        start += text[start..from].find(char::is_whitespace).unwrap_or(0);
    }
    if to + REACH < end {
        end = whole(to + REACH);
        end = to + text[to..end].rfind(char::is_whitespace).unwrap_or(end - to);
    }
    TextSpan::new(start, end)
}

/// At most [`LONGEST_CONTEXT`] characters of `around` near `from`, whole words, with … where something was cut off.
fn cut(text: &str, around: TextSpan, from: usize) -> Box<str> {
    let (start, end) = (around.start as usize, around.end as usize);
    let lead = text[start..].char_indices().take_while(|(i, _)| start + i < from).count();
    let skip = lead.saturating_sub(LONGEST_CONTEXT / 3);
    let Some(whole) = text.get(start..end) else { return Box::default() };
    let begin = whole.char_indices().nth(skip).map_or(whole.len(), |(i, _)| i);
    let begin = if skip == 0 { 0 } else { whole[begin..].find(' ').map_or(begin, |i| begin + i + 1) };
    let tail = &whole[begin..];
    let stop = tail.char_indices().nth(LONGEST_CONTEXT - 2).map_or(tail.len(), |(i, _)| i);
    let stop = if stop == tail.len() { stop } else { tail[..stop].rfind(' ').unwrap_or(stop) };
    let mut out = String::with_capacity(stop + 8);
    if begin > 0 {
        out.push('…');
    }
    out.push_str(tail[..stop].trim_end_matches([',', ' ']));
    if stop < tail.len() {
        out.push('…');
    }
    out.into()
}

fn photos(article: &Article, annotations: &Annotations) -> Vec<PhotoFact> {
    article
        .photos
        .iter()
        .map(|photo| {
            let credit = photo.credit.as_ref();
            PhotoFact {
                file: photo.file.clone(),
                alt: photo.alt.clone(),
                caption: photo.caption.map(|c| c.of(&article.text).into()).unwrap_or_default(),
                credit: credit.map(|c| c.text.clone()),
                photographer: credit.and_then(|c| c.photographer.clone()),
                agency: credit.and_then(|c| c.agency.clone()),
                rights: photo.rights.clone(),
                shows: photo.caption.map(|c| shown::shown(&article.text, c, annotations)).unwrap_or_default(),
                withheld: photo.withheld,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Holders, annotate};
    use super::*;
    use crate::config::Settings;
    use crate::model::{Encoding, Source};

    fn facts_of(copy: &str) -> Facts {
        let path = "content/2031/11/14-ferries.txt";
        let source = Source { path: path.into(), text: copy.into(), encoding: Encoding::Utf8 };
        let settings = Settings::default();
        let article = crate::read::read(&source, &settings.read).value.expect("it is copy");
        let found = annotate(&article, &source, Lexicon::english(), &Holders::default(), &settings.annotate).value;
        facts(&article, &found)
    }

    #[test]
    fn what_leaves_the_file_of_a_headline_is_bounded() {
        let long = line(&"Ferries to run all winter ".repeat(80));
        assert!(long.len() <= LONGEST_LINE + 4 && long.ends_with(" Ferries to …"), "{long}");
        assert_eq!(&*line("Ferries — all winter"), "Ferries — all winter");
        // One word, and that of letters of three bytes.
        assert_eq!(line(&"船".repeat(400)).chars().filter(|c| *c == '船').count(), 333);
    }

    #[test]
    fn an_article_tells_posts_ages_and_genders() {
        let facts = facts_of(
            "Ferries to run all winter\n\nGovernor Lucia Ferrant of Merrow met Aldous Brack, a former Harbour \
             Minister, on the quay.\n\nMs Ferrant, who is new to boats, was sick. Tobias Renn, 54, said: “I was not.”\n\n\
             61-year-old Hal Stroud rowed. “Slowly,” said Jonas Hale. Lord Hale is 80.\n",
        );
        let told: Vec<_> = facts
            .chains
            .iter()
            .map(|chain| {
                let posts: Vec<String> = chain
                    .posts
                    .iter()
                    .map(|fact| format!("{:?} {} of {}", fact.standing, fact.post.head, fact.post.of.join("+")))
                    .collect();
                (&*chain.name, posts.join(", "), chain.gender, chain.age)
            })
            .collect();
        assert_eq!(
            told,
            [
                ("Lucia Ferrant", "Held governor of merrow".into(), Some(Gender::Feminine), None),
                ("Aldous Brack", "Past minister of harbour".into(), None, None),
                ("Tobias Renn", String::new(), None, Some(54)),
                ("Hal Stroud", String::new(), None, Some(61)),
                ("Jonas Hale", "Held lord of ".into(), Some(Gender::Masculine), None),
            ]
        );
    }

    #[test]
    fn an_office_that_the_article_gives_to_nobody_speaks_as_a_post() {
        let facts = facts_of(
            "Ferries to run all winter\n\n“The boats will sail,” the Harbour Minister said on Friday.\n\n\
             “They will not,” a spokesman for the Boatmen’s Union said.\n\n“We shall see,” Tobias Renn said.\n",
        );
        let posts: Vec<_> = facts.quotes.iter().map(|q| (q.unnamed.as_deref(), q.post.is_some())).collect();
        assert_eq!(posts, [(Some("the Harbour Minister"), true), (Some("a spokesman"), false), (None, false)]);
    }

    #[test]
    fn a_former_holder_is_no_sure_speaker_for_the_office() {
        let facts = facts_of(
            "Ferries to run all winter\n\nAldous Brack, a former Harbour Minister, came to the quay.\n\n\
             “The boats will sail,” the Harbour Minister said.\n",
        );
        let quote = &facts.quotes[0];
        assert_eq!((quote.speaker, quote.post.as_ref().map(|post| &*post.head)), (Some(0), Some("minister")));
        let facts = facts_of(
            "Ferries to run all winter\n\nIngrid Marsh, the Harbour Minister, came to the quay.\n\n\
             “The boats will sail,” the Harbour Minister said.\n",
        );
        assert_eq!((facts.quotes[0].speaker, facts.quotes[0].post.as_ref()), (Some(0), None));
    }

    #[test]
    fn places_are_those_of_the_dateline_and_those_we_know() {
        let facts = facts_of(
            "Ferries to run all winter\n\nFENNICK (Northsound) — The “Norwegian” ferry sailed for Oslo and France’s coast \
             in May, with the Port Ansel band of Frances McSpain.\n",
        );
        let places: Vec<&str> = facts.places.iter().map(|place| &**place).collect();
        assert_eq!(places, ["fennick", "france", "norway", "oslo"]);
    }
}
