use super::write::words::{self, absolute};
use super::write::{Xml, rfc3339};
use super::{ArticleInput, Emitter, OutFile};
use crate::model::{ChainId, Kind, Moment};
use crate::view::{BlockView, Inline, encoded};
use std::collections::BTreeSet;

/// `article.tei.xml` beside an article: its words as TEI P5, with `said` for every quotation and `persName` for
/// every name (TEI Guidelines 3.3.3 and 14.2.1). Where the site asks for it.
///
/// `said/@who` and `persName/@ref` point at the `person` elements of the header; a quotation without `@who` is one
/// whose speaker the report does not name. `@cert` is the confidence. Pieces of one quotation are tied by `@prev`.
pub(super) struct Tei;

/// Levels of nesting that get elements; deeper ones give their words alone, so that no copy overflows the stack.
const DEEPEST: usize = 40;

impl Emitter for Tei {
    fn name(&self) -> &'static str {
        "tei"
    }

    fn article(&self, input: &ArticleInput<'_>) -> Option<OutFile> {
        if !input.site.tei {
            return None;
        }
        let path = format!("{}article.tei.xml", input.archive.article(input.id).address).into();
        Some(OutFile { path, bytes: Encoder::new(input).document() })
    }
}

struct Encoder<'a> {
    input: &'a ArticleInput<'a>,
    /// By `Facts::chains`: the key of the person, "p-ingrid-marsh" or "c-3".
    people: Vec<Option<String>>,
    /// By `Facts::quotes`: how many pieces have been written.
    pieces: Vec<u32>,
    xml: Xml,
}

impl<'a> Encoder<'a> {
    fn new(input: &'a ArticleInput<'a>) -> Self {
        let record = input.archive.article(input.id);
        let key = |chain: usize| match record.who(ChainId::new(chain)) {
            Some(person) => format!("p-{}", input.archive.person(person).slug),
            None => format!("c-{}", chain + 1),
        };
        Self {
            input,
            people: (0..record.facts.chains.len()).map(|chain| Some(key(chain))).collect(),
            pieces: vec![0; record.facts.quotes.len()],
            xml: Xml::new(),
        }
    }

    fn document(mut self) -> Vec<u8> {
        let ArticleInput { id, article, annotations, archive, site, .. } = *self.input;
        let language = article.furniture.lang.as_deref().unwrap_or(&site.language);
        self.xml.open("TEI", &[("xmlns", "http://www.tei-c.org/ns/1.0"), ("xml:lang", language)]).line();
        self.header();
        self.xml.line().open("text", &[]).open("body", &[]).line();
        self.divisions(&encoded(archive, id, article, annotations));
        self.xml.finish()
    }

    fn header(&mut self) {
        let ArticleInput { id, article, archive, site, .. } = *self.input;
        let record = archive.article(id);
        let (facts, furniture) = (&record.facts, &article.furniture);
        let zone = words::zone(site);
        let when = |at: Moment| words::date(at, &zone);
        let xml = &mut self.xml;
        xml.open("teiHeader", &[]).line().open("fileDesc", &[]).line();
        xml.open("titleStmt", &[]).element("title", &furniture.headline);
        for author in &furniture.authors {
            xml.element("author", author);
        }
        xml.close().line().open("publicationStmt", &[]).element("publisher", &site.title);
        xml.open("idno", &[("type", "URI")]).text(&absolute(site, &record.address)).close();
        let rights = furniture.rights.as_deref().or(Some(&*site.rights)).filter(|rights| !rights.is_empty());
        if let Some(rights) = rights {
            xml.open("availability", &[]).element("p", rights).close();
        }
        xml.close().line().open("sourceDesc", &[]).open("bibl", &[]).element("title", &facts.headline);
        if let Some(agency) = &facts.agency {
            xml.element("publisher", agency);
        }
        if let Some(at) = facts.published {
            xml.open("date", &[("when", &when(at))]).text(&when(at)).close();
        }
        xml.close().close().line().close().line();
        xml.open("encodingDesc", &[]).element(
            "p",
            "Quotations and names were found by rule. A quotation’s cert is the confidence in its speaker, from 0 to 1.",
        );
        xml.close().line().open("profileDesc", &[]).line();
        self.people();
        let xml = &mut self.xml;
        xml.open("textClass", &[]).open("keywords", &[]).element("term", &archive.section(record.section).name);
        for topic in &record.topics {
            xml.element("term", &archive.topic(*topic).name);
        }
        xml.close().close().line().close().line();
        let notices = &self.input.article.furniture.notices;
        if !facts.corrections.is_empty() || !notices.is_empty() {
            xml.open("revisionDesc", &[]);
            for notice in notices.iter().rev() {
                let text = if notice.text.is_empty() { site.words.text("report.withheld") } else { &notice.text };
                xml.open("change", &[("when", &when(notice.at)), ("type", "notice")]).text(text).close();
            }
            for correction in facts.corrections.iter().rev() {
                // A change has a day; one with a time keeps it, RFC 3339 being W3C's form as well.
                let at = correction.at.time.map_or_else(|| when(correction.at), |_| rfc3339(correction.at, &zone));
                xml.open("change", &[("when", &at)]).text(&correction.text).close();
            }
            xml.close().line();
        }
        xml.close();
    }

    /// Everyone the report names, once; two chains may be one person.
    fn people(&mut self) {
        let ArticleInput { id, archive, site, .. } = *self.input;
        let record = archive.article(id);
        let mut written = BTreeSet::new();
        for (at, chain) in record.facts.chains.iter().enumerate() {
            let Some(key) = self.people[at].clone().filter(|key| written.insert(key.clone())) else { continue };
            if written.len() == 1 {
                self.xml.open("particDesc", &[]).open("listPerson", &[]).line();
            }
            let person = record.who(ChainId::new(at)).map(|person| archive.person(person));
            self.xml.open("person", &[("xml:id", &key)]);
            self.xml.element("persName", person.map_or(&chain.name, |person| &person.name));
            if let Some(person) = person {
                self.xml.open("idno", &[("type", "URI")]).text(&absolute(site, &person.address())).close();
            }
            self.xml.close().line();
        }
        if !written.is_empty() {
            self.xml.close().close().line();
        }
    }

    /// Each crosshead of the body opens a division; what stands before the first is one as well.
    fn divisions(&mut self, blocks: &[BlockView]) {
        let is_head = |block: &BlockView| matches!(block, BlockView::Crosshead(..));
        if blocks.first().is_none_or(|first| !is_head(first)) {
            self.xml.open("div", &[]).line();
            if blocks.is_empty() {
                self.xml.element("p", "");
            }
        }
        for (i, block) in blocks.iter().enumerate() {
            let BlockView::Crosshead(_, id, words) = block else {
                self.block(block, 0);
                continue;
            };
            if i > 0 {
                self.xml.close().line();
            }
            let id = format!("part-{id}");
            let key: &[(&str, &str)] = if id.len() > 5 { &[("xml:id", &id)] } else { &[] };
            self.xml.open("div", key).open("head", &[]);
            self.inlines(words, 0);
            self.xml.close().line();
        }
        self.xml.close().line();
    }

    fn blocks(&mut self, blocks: &[BlockView], depth: usize) {
        blocks.iter().for_each(|block| self.block(block, depth));
    }

    /// A block below a division; containers are at most sixteen deep.
    fn block(&mut self, block: &BlockView, depth: usize) {
        match block {
            BlockView::Paragraph(words) => self.around("p", &[], words, depth),
            BlockView::Crosshead(_, _, words) => self.around("p", &[("rend", "crosshead")], words, depth),
            BlockView::Figure(figure) => self.figure(&figure.id),
            BlockView::List(first, items) => {
                let rend = if first.is_some() { "numbered" } else { "bulleted" };
                self.xml.open("list", &[("rend", rend)]).line();
                for item in items {
                    self.xml.open("item", &[]);
                    self.blocks(item, depth + 1);
                    self.xml.close().line();
                }
                self.xml.close();
            }
            BlockView::BlockQuote(inner) => {
                self.xml.open("quote", &[]).line();
                self.blocks(inner, depth + 1);
                self.xml.close();
            }
            BlockView::Table(rows) => {
                self.xml.open("table", &[]).line();
                for row in rows {
                    self.xml.open("row", &[]);
                    for (is_head, cell) in row {
                        self.xml.open("cell", if *is_head { &[("role", "label")] } else { &[] });
                        self.blocks(cell, depth + 1);
                        self.xml.close();
                    }
                    self.xml.close().line();
                }
                self.xml.close();
            }
            BlockView::Code(text) => {
                self.xml.open("ab", &[("rend", "preformatted"), ("xml:space", "preserve")]).text(text).close();
            }
            BlockView::Html(markup) => {
                self.xml.open("ab", &[("rend", "html"), ("xml:space", "preserve")]).text(markup).close();
            }
            BlockView::Rule => {
                self.xml.empty("milestone", &[("unit", "section")]);
            }
        }
        self.xml.line();
    }

    fn figure(&mut self, number: &str) {
        let ArticleInput { id, archive, site, .. } = *self.input;
        let record = archive.article(id);
        let at: usize = number.parse().unwrap_or(usize::MAX);
        let (Some(id), Some(facts)) = (record.photos.get(at), record.facts.photos.get(at)) else { return };
        self.xml.open("figure", &[]);
        if let Some(picture) = &archive.photo(*id).picture {
            self.xml.empty("graphic", &[("url", &words::absolute_file(site, &picture.address))]);
        }
        if !facts.caption.is_empty() {
            self.xml.element("p", &facts.caption);
        }
        if let Some(alt) = &facts.alt {
            self.xml.element("figDesc", alt);
        }
        if let Some(credit) = &facts.credit {
            self.xml.open("p", &[("rend", "credit")]).text(credit).close();
        }
        self.xml.close();
    }

    fn around(&mut self, name: &'static str, attributes: &[(&'static str, &str)], words: &[Inline], depth: usize) {
        self.xml.open(name, attributes);
        self.inlines(words, depth + 1);
        self.xml.close();
    }

    fn inlines(&mut self, words: &[Inline], depth: usize) {
        for inline in words {
            if depth > DEEPEST {
                inline.plain(&mut |text| {
                    self.xml.text(text);
                });
            } else {
                self.inline(inline, depth);
            }
        }
    }

    fn inline(&mut self, inline: &Inline, depth: usize) {
        match inline {
            Inline::Text(text) => {
                self.xml.text(text);
            }
            Inline::Emphasis(words) => self.around("emph", &[], words, depth),
            Inline::Strong(words) => self.around("hi", &[("rend", "bold")], words, depth),
            Inline::Strikethrough(words) => self.around("hi", &[("rend", "strikethrough")], words, depth),
            Inline::Code(words) => self.around("code", &[], words, depth),
            Inline::Superscript(words) => self.around("hi", &[("rend", "superscript")], words, depth),
            Inline::Subscript(words) => self.around("hi", &[("rend", "subscript")], words, depth),
            Inline::Inserted(words) => self.around("hi", &[("rend", "inserted")], words, depth),
            Inline::Abbreviation(_, words) => self.around("abbr", &[], words, depth),
            Inline::Link(address, _, words) => self.around("ref", &[("target", address)], words, depth),
            Inline::Break => {
                self.xml.empty("lb", &[]);
            }
            Inline::Dateline(words) => self.around("seg", &[("type", "dateline")], words, depth),
            Inline::Cue(words) => self.around("seg", &[("type", "cue")], words, depth),
            Inline::Name(chain, words) => {
                let key = chain.parse().ok().and_then(|at: usize| self.people.get(at).cloned().flatten());
                match key {
                    Some(key) => self.around("persName", &[("ref", &format!("#{key}"))], words, depth),
                    None => self.around("persName", &[], words, depth),
                }
            }
            Inline::Quote { slot, words, .. } => self.said(slot.parse().unwrap_or(usize::MAX), words, depth),
            Inline::Chip(_) | Inline::Html(_) => {}
        }
    }

    fn said(&mut self, quote: usize, words: &[Inline], depth: usize) {
        let record = self.input.archive.article(self.input.id);
        let Some(fact) = record.facts.quotes.get(quote) else { return self.inlines(words, depth + 1) };
        self.pieces[quote] += 1;
        let id = |piece: u32| if piece == 1 { format!("q-{}", fact.id) } else { format!("q-{}.{piece}", fact.id) };
        let here = id(self.pieces[quote]);
        let direct = if fact.kind == Kind::Indirect { "false" } else { "true" };
        let cert = words::confidence(fact.confidence).to_string();
        let who = fact.speaker.and_then(|chain| self.people.get(chain as usize)?.as_ref()).map(|key| format!("#{key}"));
        let before = (self.pieces[quote] > 1).then(|| format!("#{}", id(self.pieces[quote] - 1)));
        let mut attributes: Vec<(&'static str, &str)> = vec![("xml:id", &here), ("direct", direct), ("cert", &cert)];
        attributes.extend(who.as_deref().map(|who| ("who", who)));
        attributes.extend(before.as_deref().map(|before| ("prev", before)));
        self.around("said", &attributes, words, depth);
    }
}
