//! What of an article can come to be published, and what of it shows whom a withheld name named.

use crate::model::{Article, AuthorityPerson, BlockKind, Decision, MarkKind, Photo, Source, Voice};
use crate::read;
use crate::text::{FileSpan, percent};

/// Texts that hold, between them, all that an article could give of a name where it is published.
///
/// The file is published as it was received, with what was taken out of its HTML, and a browser reads what it hides.
pub(super) fn texts(article: &Article, source: &Source) -> Vec<String> {
    let words = published(article);
    let decoded = words.contains('%').then(|| percent::decode(&words).into_owned());
    [words].into_iter().chain(decoded).chain([read::laid_bare(&source.text)]).collect()
}

/// The words of a sidecar as they are read; none where it cannot be.
pub(super) fn decided(beside: &Source) -> Option<String> {
    let sidecar = read::sidecar(beside).value?;
    let mut all: Vec<&str> = Vec::new();
    for decision in &sidecar.decisions {
        let Decision { exact, prefix, suffix, speaker, was, rule, note, by, .. } = decision;
        all.extend(exact.iter().map(|words| &**words));
        all.extend([prefix, suffix, was, rule, note, by].into_iter().flatten().map(|words| &**words));
        all.extend(speaker.as_ref().and_then(|speaker| match speaker {
            Voice::Named(words) | Voice::Person(words) => Some(&**words),
            Voice::Unnamed | Voice::Nobody => None,
        }));
    }
    Some(all.join("\n\n"))
}

/// The speakers that a sidecar's decisions name, by the decision's place; an address as one.
pub(super) fn speakers(beside: &Source) -> Vec<(usize, String)> {
    let decisions = read::sidecar(beside).value.map(|sidecar| sidecar.decisions).unwrap_or_default();
    let name = |(at, decision): (usize, Decision)| match decision.speaker? {
        Voice::Named(name) => Some((at, name.into())),
        Voice::Person(slug) => Some((at, format!("/{slug}"))),
        Voice::Unnamed | Voice::Nobody => None,
    };
    decisions.into_iter().enumerate().filter_map(name).collect()
}

/// The names of a person's file, and the address that it gives.
pub(super) fn names(person: &AuthorityPerson) -> String {
    let names = std::iter::once(&person.name).chain(&person.aliases).map(|name| &**name);
    let address = ["/", &*person.slug].concat();
    names.chain([&*address]).collect::<Vec<_>>().join("\n\n")
}

/// Every word of a person's file that can come to be published, and as a browser reads its biography.
pub(super) fn of_person(person: &AuthorityPerson) -> String {
    let AuthorityPerson {
        path: _,
        slug: _,
        name: _,
        aliases: _,
        articles: _,
        former,
        not: _,
        pronouns,
        summary,
        offices,
        portrait,
        portrait_credit,
        portrait_alt,
        same_as,
        slot: _,
        biography,
    } = person;
    let mut all: Vec<String> = vec![names(person)];
    let lines = [pronouns, summary, portrait, portrait_credit, portrait_alt].into_iter().flatten();
    all.extend(lines.chain(same_as).map(|words| percent::decode(words).into_owned()));
    all.extend(
        offices.iter().flat_map(|office| std::iter::once(&office.title).chain(&office.of)).map(|o| o.to_string()),
    );
    all.extend(former.iter().map(|slug| format!("/{slug}")));
    all.extend([biography.to_string(), read::laid_bare(biography)]);
    all.join("\n\n")
}

/// Photographs whose words gave the name show whom they named; `spans` are where something was replaced, sorted.
pub(super) fn withhold_pictures(article: &mut Article, source: &Source, spans: &[FileSpan]) {
    let lines = |span: FileSpan| {
        let (start, end) = (span.start as usize, (span.end as usize).min(source.text.len()));
        let from = source.text.get(..start).and_then(|text| text.rfind('\n')).map_or(0, |at| at + 1);
        let to = source.text.get(end..).and_then(|text| text.find('\n')).map_or(source.text.len(), |at| end + at);
        FileSpan::new(from, to)
    };
    let touched = |span: FileSpan| {
        let behind = spans.partition_point(|other| other.end <= span.start);
        spans.get(behind).is_some_and(|other| other.start < span.end)
    };
    let mut withheld = vec![false; article.photos.len()];
    for block in &article.blocks {
        if let BlockKind::Alt(photo) | BlockKind::Caption(photo) = block.kind
            && let Some(withheld) = withheld.get_mut(photo as usize)
        {
            *withheld |= touched(article.file_span(block.span));
        }
    }
    for (photo, withheld) in article.photos.iter_mut().zip(withheld) {
        let Photo { file_at, file, .. } = &*photo;
        photo.withheld = withheld || (file.is_some() && touched(lines(*file_at)));
    }
}

/// Every word of an article that can come to be published, addresses among them; its file's own name cannot.
fn published(article: &Article) -> String {
    let Article { path: _, slug, furniture, text, blocks: _, containers: _, parts, photos, marks, runs: _ } = article;
    let mut all: Vec<&str> = vec![text];
    let f = furniture;
    let single = [&f.kicker, &f.standfirst, &f.byline, &f.agency, &f.section, &f.rights];
    all.push(&f.headline);
    all.extend(single.into_iter().flatten().map(|words| &**words));
    all.extend([&f.authors, &f.tags, &f.aliases].into_iter().flatten().map(|words| &**words));
    for correction in &f.corrections {
        all.push(&correction.text);
        all.extend([&correction.was, &correction.now].into_iter().flatten().map(|words| &**words));
    }
    all.extend(f.notices.iter().map(|notice| &*notice.text));
    for photo in photos {
        all.extend([&photo.alt, &photo.rights].into_iter().flatten().map(|words| &**words));
        if let Some(credit) = &photo.credit {
            all.push(&credit.text);
            all.extend([&credit.photographer, &credit.agency].into_iter().flatten().map(|words| &**words));
        }
    }
    let mut addresses: Vec<&str> = vec![slug];
    addresses.extend(photos.iter().filter_map(|photo| photo.file.as_deref()));
    addresses.extend(parts.iter().map(|part| &*part.id));
    for mark in marks {
        match &mark.kind {
            MarkKind::Link(address, title) => {
                addresses.push(address);
                all.extend(title.as_deref());
            }
            MarkKind::Abbreviation(words) | MarkKind::Html(words) => all.push(words),
            _ => {}
        }
    }
    let mut out = all.join("\n\n");
    for address in addresses {
        out.push_str("\n\n/");
        out.push_str(address);
    }
    out
}
