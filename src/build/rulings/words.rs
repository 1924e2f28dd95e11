//! What of an article can come to be published, and what of it shows whom a withheld name named.

use crate::model::{Article, BlockKind, MarkKind, Photo, Source};
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
