//! For tests: copy written with its annotations, and an archive of it.

use super::Inline;
use crate::archive::fixture::shared;
use crate::archive::{Archive, OneByOne, Pictures, join};
use crate::config::Settings;
use crate::model::{
    Annotations, Article, Authority, AuthorityPerson, Block, BlockKind, Chain, ChainFact, ChainId, Facts, Form, Gender,
    Kind, Mention, MentionId, Moment, Office, Part, Photo, PhotoFact, Quote, QuoteFact, QuotePart, Rule,
};
use crate::text::TextSpan;
use jiff::civil::{date, time};

/// An article under construction. Words are found where they stand first behind what was found before.
#[derive(Default)]
pub(super) struct Copy {
    pub(super) article: Article,
    pub(super) annotations: Annotations,
    pub(super) facts: Facts,
    at: usize,
}

impl Copy {
    pub(super) fn new(path: &str, headline: &str) -> Self {
        let mut copy = Self::default();
        copy.article.path = path.into();
        copy.facts.path = path.into();
        copy.facts.slug = headline.to_lowercase().replace(' ', "-").into();
        copy.facts.headline = headline.into();
        copy.facts.section = Some("Harbour".into());
        copy.article.furniture.headline = headline.into();
        copy.block(BlockKind::Headline, headline);
        copy
    }

    pub(super) fn on(mut self, year: i16, month: i8, day: i8) -> Self {
        let at = Moment { time: Some(time(17, 20, 0, 0)), ..Moment::day(date(year, month, day)) };
        self.facts.published = Some(at);
        self.article.furniture.published = Some(at);
        self
    }

    pub(super) fn block(&mut self, kind: BlockKind, words: &str) {
        let mut text = std::mem::take(&mut self.article.text).into_string();
        if !text.is_empty() {
            text.push('\n');
        }
        self.at = text.len();
        text.push_str(words);
        let span = TextSpan::new(self.at, text.len());
        self.article.text = text.into();
        self.article.blocks.push(Block { kind, span, within: None });
        if kind == BlockKind::Paragraph {
            self.facts.words += words.split_whitespace().count() as u32;
        }
    }

    pub(super) fn paragraph(&mut self, words: &str) {
        self.block(BlockKind::Paragraph, words);
    }

    pub(super) fn crosshead(&mut self, words: &str, id: &str) {
        self.block(BlockKind::Crosshead(2), words);
        let at = self.article.blocks.len() as u32 - 1;
        self.article.parts.push(Part { crosshead: Some(at), id: id.into(), blocks: (at, at + 1) });
    }

    pub(super) fn photo(&mut self, caption: &str, credit: &str, shows: &[ChainId]) {
        let number = self.article.photos.len() as u32;
        self.block(BlockKind::Caption(number), caption);
        let span = self.article.blocks.last().map(|b| b.span);
        self.article.photos.push(Photo { caption: span, ..Photo::default() });
        self.facts.photos.push(PhotoFact {
            caption: caption.into(),
            credit: Some(credit.into()),
            shows: shows.iter().map(|c| c.index() as u32).collect(),
            ..PhotoFact::default()
        });
    }

    /// A person whom the copy names; none of the mentions yet.
    pub(super) fn chain(&mut self, name: &str, role: &str, gender: Gender) -> ChainId {
        let full = name.contains(' ');
        let roles: Vec<Box<str>> = if role.is_empty() { vec![] } else { vec![role.into()] };
        self.facts.chains.push(ChainFact { name: name.into(), full, roles, ..ChainFact::default() });
        let gender = Some(gender);
        self.annotations.chains.push(Chain { name: name.into(), full, gender, ..Chain::default() });
        ChainId::new(self.annotations.chains.len() - 1)
    }

    #[track_caller]
    pub(super) fn find(&mut self, words: &str) -> TextSpan {
        let start = self.article.text[self.at..].find(words).map(|i| self.at + i);
        let start = start.unwrap_or_else(|| panic!("`{words}` stands in the text"));
        TextSpan::new(start, start + words.len())
    }

    #[track_caller]
    pub(super) fn mention(&mut self, words: &str, form: Form, chain: Option<ChainId>) -> MentionId {
        let span = self.find(words);
        self.annotations.mentions.push(Mention { span, form, chain });
        let id = MentionId::new(self.annotations.mentions.len() - 1);
        if let Some(chain) = chain {
            self.annotations.chains[chain.index()].mentions.push(id);
        }
        id
    }

    /// A quotation of one or more parts; cue and evidence are words of the same block.
    #[track_caller]
    pub(super) fn quote(&mut self, id: &str, parts: &[&str], kind: Kind, rule: Rule) -> &mut Quote {
        let spans: Vec<TextSpan> = parts.iter().map(|words| self.find(words)).collect();
        let parts_at = spans.iter().map(|span| QuotePart { words: *span, marked: *span }).collect();
        self.annotations.quotes.push(Quote {
            parts: parts_at,
            statement: None,
            phrase: None,
            kind,
            cue: None,
            mention: None,
            speaker: None,
            rule,
            evidence: None,
            confidence: 0.95,
            checked: None,
        });
        let text = parts.join(" … ");
        self.facts.quotes.push(QuoteFact {
            quote: self.annotations.quotes.len() as u32 - 1,
            id: id.into(),
            words: text.split_whitespace().filter(|w| *w != "…").count() as u32,
            text: text.into(),
            kind,
            speaker: None,
            unnamed: None,
            post: None,
            rule,
            confidence: 0.95,
            checked: None,
            context: "".into(),
            shingles: Box::default(),
        });
        let last = self.annotations.quotes.len() - 1;
        &mut self.annotations.quotes[last]
    }

    /// Says who speaks the last quotation.
    pub(super) fn by(&mut self, speaker: ChainId) {
        if let (Some(quote), Some(fact)) = (self.annotations.quotes.last_mut(), self.facts.quotes.last_mut()) {
            quote.speaker = Some(speaker);
            fact.speaker = Some(speaker.index() as u32);
        }
    }

    /// Says which words stand for the unnamed speaker of the last quotation, and how sure we are.
    pub(super) fn unnamed(&mut self, words: &str, confidence: f32) {
        if let (Some(quote), Some(fact)) = (self.annotations.quotes.last_mut(), self.facts.quotes.last_mut()) {
            quote.confidence = confidence;
            fact.confidence = confidence;
            fact.unnamed = Some(words.into());
        }
    }
}

/// The report of the mock, shortened.
pub(super) fn calder_tunnel() -> Copy {
    let mut copy = Copy::new("content/2031/11/14-calder-tunnel.txt", "Calder tunnel").on(2031, 11, 14);
    copy.article.furniture.agency = Some("Northsound Wire".into());
    copy.facts.agency = Some("Northsound Wire".into());
    copy.facts.standfirst = Some("The ferry crews want a date in writing.".into());
    copy.facts.tags = vec!["Calder tunnel".into(), "Ferries".into()];
    let marsh = copy.chain("Ingrid Marsh", "Harbour Minister", Gender::Feminine);
    let quill = copy.chain("Amara Quill", "chief tunnelling engineer", Gender::Feminine);
    let renn = copy.chain("Tobias Renn", "mayor of Port Ansel", Gender::Masculine);

    copy.paragraph("PORT ANSEL — The tunnel will carry traffic before winter, the Harbour Minister said on Friday.");
    copy.article.furniture.dateline = Some(copy.find("PORT ANSEL —"));
    let (cue, evidence) = (copy.find("said"), copy.find("the Harbour Minister said"));
    let mention = copy.mention("the Harbour Minister", Form::Office, Some(marsh));
    let quote = copy.quote("uoq6fc", &["The tunnel will carry traffic before winter"], Kind::Indirect, Rule::Title);
    (quote.cue, quote.evidence, quote.mention) = (Some(cue), Some(evidence), Some(mention));
    copy.by(marsh);

    copy.paragraph("Ingrid Marsh told reporters that the seepage was “a nuisance, not a verdict”, and would stop.");
    copy.mention("Ingrid Marsh", Form::FullName, Some(marsh));
    let evidence = copy.find("Ingrid Marsh told reporters");
    copy.quote("jxzcbr", &["“a nuisance, not a verdict”"], Kind::Partial, Rule::Name).evidence = Some(evidence);
    copy.by(marsh);

    copy.paragraph("“We will open before the first frost,” she said. “My boots were dry.”");
    let (cue, evidence) = (copy.find("said"), copy.find("she said"));
    let mention = copy.mention("she", Form::Pronoun, Some(marsh));
    let parts = ["“We will open before the first frost,”", "“My boots were dry.”"];
    let quote = copy.quote("wedjym", &parts, Kind::Direct, Rule::Pronoun);
    (quote.cue, quote.evidence, quote.mention) = (Some(cue), Some(evidence), Some(mention));
    copy.by(marsh);

    copy.photo("Ingrid Marsh at the Ansel portal on Friday.", "Ola Brandt/Northsound", &[marsh]);
    copy.crosshead("Three joints", "three-joints");

    copy.paragraph("“Ask me in December,” Dr Quill added. Amara Quill has led the work since 2028.");
    let (cue, evidence) = (copy.find("added"), copy.find("Dr Quill added"));
    let mention = copy.mention("Dr Quill", Form::Honorific, Some(quill));
    copy.mention("Amara Quill", Form::FullName, Some(quill));
    let quote = copy.quote("v6huzc", &["“Ask me in December,”"], Kind::Direct, Rule::Surname);
    (quote.cue, quote.evidence, quote.mention) = (Some(cue), Some(evidence), Some(mention));
    copy.by(quill);

    copy.paragraph("Tobias Renn accused ministers of “campaigning in a hard hat”. He said the city would not sign.");
    copy.mention("Tobias Renn", Form::FullName, Some(renn));
    let evidence = copy.find("Tobias Renn accused ministers");
    copy.quote("6q5vjy", &["“campaigning in a hard hat”"], Kind::Partial, Rule::Name).evidence = Some(evidence);
    copy.by(renn);
    let mention = copy.mention("He", Form::Pronoun, Some(renn));
    let (cue, evidence) = (copy.find("said"), copy.find("He said"));
    let quote = copy.quote("7fstzx", &["the city would not sign"], Kind::Indirect, Rule::Pronoun);
    (quote.cue, quote.evidence, quote.mention) = (Some(cue), Some(evidence), Some(mention));
    copy.by(renn);

    copy.paragraph("The ‘dry list’ is secret. One worker, who asked not to be named, said: “Keep the lights on.”");
    copy.quote("drylst", &["‘dry list’"], Kind::Scare, Rule::Unknown);
    copy.facts.quotes.pop();
    let evidence = copy.find("One worker, who asked not to be named, said");
    copy.quote("hrw7yo", &["“Keep the lights on.”"], Kind::Direct, Rule::Unnamed).evidence = Some(evidence);
    copy.unnamed("one worker", 0.72);
    copy
}

/// An older report in which Marsh speaks the same words, and an undated one.
pub(super) fn older() -> [Copy; 2] {
    let mut older = Copy::new("content/2030/11/14-shaft.txt", "Shaft floods").on(2030, 11, 14);
    older.facts.tags = vec!["Calder tunnel".into()];
    let marsh = older.chain("Ingrid Marsh", "", Gender::Feminine);
    older.paragraph("Ingrid Marsh called it “a nuisance, not a verdict”.");
    older.mention("Ingrid Marsh", Form::FullName, Some(marsh));
    older.quote("jxzcbr", &["“a nuisance, not a verdict”"], Kind::Partial, Rule::Name);
    older.by(marsh);
    let mut undated = Copy::new("content/notices/ferry.md", "Ferry times");
    undated.facts.section = Some("Notices".into());
    undated.chain("Tobias Renn", "", Gender::Masculine);
    undated.paragraph("The ferry of Tobias Renn sails at noon.");
    [older, undated]
}

/// The three reports, joined, with a people file for Marsh. The tunnel is the newest and so the last.
pub(super) fn archive(settings: &Settings) -> (Archive, Copy) {
    let tunnel = calder_tunnel();
    let office =
        |title: &str, of: Option<&str>, from, to| Office { title: title.into(), of: of.map(Into::into), from, to };
    let marsh = AuthorityPerson {
        path: "content/people/ingrid-marsh.md".into(),
        slug: "ingrid-marsh".into(),
        name: "Ingrid Marsh".into(),
        slot: Some(1),
        offices: vec![
            office("Harbour Minister", Some("Merrow"), Some(date(2030, 3, 12)), None),
            office("Transport spokesperson", None, Some(date(2029, 1, 8)), Some(date(2030, 3, 11))),
            office("Member for Westbank", None, Some(date(2027, 5, 6)), None),
        ],
        biography: "Born in *Westbank*.\n\nShe likes [ferries](https://record.example/)&#x202e;&#27;.".into(),
        ..AuthorityPerson::default()
    };
    let mut facts: Vec<Facts> = older().into_iter().map(|copy| copy.facts).collect();
    facts.push(tunnel.facts.clone());
    let authority = Authority { people: vec![marsh] };
    let archive =
        join(shared(facts), Vec::new(), &authority, &Pictures::new("content"), &settings.site, &OneByOne).value;
    (archive, tunnel)
}

/// Settings of the Calder Record under a sub-path.
pub(super) fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.site.title = "The Calder Record".into();
    settings.site.base_url = "https://record.example/archive/".into();
    settings.site.root = "/archive/".into();
    settings.site.timezone = "Europe/London".into();
    settings.site.question = Some("mailto:desk@record.example".into());
    settings
}

/// Draws a tree in one line: `<tag>words</tag>`, chips as `[1]`, the leading one as `[1!]`.
pub(super) fn draw(inlines: &[Inline]) -> String {
    inlines.iter().map(draw_one).collect()
}

fn draw_one(inline: &Inline) -> String {
    let (tag, words) = match inline {
        Inline::Text(text) => return text.to_string(),
        Inline::Break => return "<br>".to_owned(),
        Inline::Chip(chip) => return format!("[{}{}]", chip.number, if chip.lead { "!" } else { "" }),
        Inline::Quote { id: Some(id), words, .. } => (format!("q#{id}"), words),
        Inline::Quote { words, .. } => ("q".to_owned(), words),
        Inline::Link(_, _, words) => ("a".to_owned(), words),
        Inline::Name(_, words) => ("name".to_owned(), words),
        Inline::Emphasis(words) => ("em".to_owned(), words),
        Inline::Strong(words) => ("b".to_owned(), words),
        Inline::Strikethrough(words) => ("s".to_owned(), words),
        Inline::Code(words) => ("code".to_owned(), words),
        Inline::Superscript(words) => ("sup".to_owned(), words),
        Inline::Subscript(words) => ("sub".to_owned(), words),
        Inline::Inserted(words) => ("ins".to_owned(), words),
        Inline::Abbreviation(_, words) => ("abbr".to_owned(), words),
        Inline::Html(markup) => return format!("{{{markup}}}"),
        Inline::Cue(words) => ("cue".to_owned(), words),
        Inline::Dateline(words) => ("dateline".to_owned(), words),
    };
    let close = tag.split('#').next().unwrap_or_default().to_owned();
    format!("<{tag}>{}</{close}>", draw(words))
}
