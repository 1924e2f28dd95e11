//! Stories in the shapes that agencies and newsroom systems paste, each with what every line of it is.

use super::*;
use crate::config::Settings;
use crate::read;

mod properties;
mod stories;

/// Reads a story and says, line by line, what each block is: "caption: words ← credit".
fn shown(path: &str, text: &str) -> String {
    let source = read::decode(path, text.as_bytes()).value;
    let article = Wire.read(&source, &Settings::default().read).value.expect("wire copy is never refused");
    sound(&source, &article);
    let mut out = Vec::new();
    for block in &article.blocks {
        let words = article.words_of(block);
        let label = match block.kind {
            BlockKind::Kicker => "kicker",
            BlockKind::Headline => "headline",
            BlockKind::Standfirst => "standfirst",
            BlockKind::Byline => "byline",
            BlockKind::Meta => "meta",
            BlockKind::Alt(_) => "alt",
            BlockKind::CreditLine => "credit",
            BlockKind::Paragraph => "p",
            BlockKind::Crosshead(_) => "crosshead",
            BlockKind::Endnote => "endnote",
            BlockKind::Code | BlockKind::Html | BlockKind::Rule => "?",
            BlockKind::Caption(n) => {
                let photo = &article.photos[n as usize];
                let caption = photo.caption.map_or("", |c| c.of(&article.text));
                let credit = photo.credit.as_ref().map_or(String::new(), |c| format!(" ← {}", c.text));
                out.push(format!("caption: {caption}{credit}"));
                continue;
            }
        };
        out.push(format!("{label}: {words}"));
    }
    out.join("\n")
}

/// What holds for every article, whatever the copy.
fn sound(source: &Source, article: &Article) {
    // Every character that is not blank is in a block, in the file's order.
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert_eq!(bare(&source.text), bare(&article.text));
    // Runs are sorted and say in the text what they say in the file.
    for run in &article.runs {
        assert_eq!(run.text.of(&article.text), run.file.of(&source.text));
    }
    for pair in article.runs.windows(2) {
        assert!(pair[0].text.end < pair[1].text.start && pair[0].file.end <= pair[1].file.start);
    }
    // Blocks cover the text but for the breaks between them.
    let mut at = 0;
    for block in &article.blocks {
        assert_eq!(block.span.start, at);
        assert!(!article.words_of(block).trim().is_empty());
        at = block.span.end + 1;
    }
    for photo in &article.photos {
        let spans = photo.caption.into_iter().chain(photo.credit.as_ref().and_then(|c| c.span));
        spans.for_each(|span| assert!(!span.of(&article.text).is_empty(), "{span:?}"));
    }
    assert!(!article.slug.is_empty());
}

fn check(text: &str, expected: &str) {
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    assert_eq!(shown("content/story.txt", text), expected.join("\n"), "\n{text}");
}

/// Three paragraphs that any story may have, so that each case shows only what it is about.
const BODY: &str = "The last ferry between Port Ansel and Merrow will sail on the night that the tunnel under the Calder opens to traffic, the harbour office has confirmed after months of talks.

“It is a nuisance, not a verdict,” Ingrid Marsh, the Harbour Minister, told the council on Friday, when she was asked whether the boatmen had been forgotten.

Tobias Renn, secretary of the Boatmen’s Union, said that the crossing had carried his father and his grandfather, and that he would be on the deck when it ended.";

const PARAGRAPHS: &str = "p: The last ferry between Port Ansel and Merrow will sail on the night that the tunnel under the Calder opens to traffic, the harbour office has confirmed after months of talks.
p: “It is a nuisance, not a verdict,” Ingrid Marsh, the Harbour Minister, told the council on Friday, when she was asked whether the boatmen had been forgotten.
p: Tobias Renn, secretary of the Boatmen’s Union, said that the crossing had carried his father and his grandfather, and that he would be on the deck when it ended.";

/// A story that ends in the three paragraphs.
fn check_head(head: &str, expected: &str) {
    check(&format!("{head}\n\n{BODY}\n"), &format!("{expected}\n{PARAGRAPHS}"));
}

/// A story with a headline, one paragraph, then the lines, then the rest.
fn check_inside(lines: &str, expected: &str) {
    let (first, rest) = BODY.split_once("\n\n").expect("three paragraphs");
    let (p, ps) = PARAGRAPHS.split_once('\n').expect("three paragraphs");
    check(
        &format!("Last ferry will sail as tunnel opens\n\n{first}\n\n{lines}\n\n{rest}\n"),
        &format!("headline: Last ferry will sail as tunnel opens\n{p}\n{expected}\n{ps}"),
    );
}

#[test]
fn heads_with_everything() {
    check_head(
        "Harbour\n\nLast ferry will sail ‘until the tunnel opens’\n\nBoatmen’s leader says that the crossing has “carried his family”.\n\nBy Ola Brandt\n\nPublished: 14 November 2031, 5.20pm\n\nUpdated: 15 November 2031, 9am",
        "kicker: Harbour
        headline: Last ferry will sail ‘until the tunnel opens’
        standfirst: Boatmen’s leader says that the crossing has “carried his family”.
        byline: By Ola Brandt
        meta: Published: 14 November 2031, 5.20pm
        meta: Updated: 15 November 2031, 9am",
    );
}

#[test]
fn heads_without_one_thing_or_another() {
    check_head("Last ferry will sail as tunnel opens", "headline: Last ferry will sail as tunnel opens");
    check_head(
        "Business News\n\nNovember 14, 2031 / 12:21 AM / Updated 14 hours ago\n\nFerry line drags harbour fees lower\n\nOla Brandt\n\n5 Min Read",
        "kicker: Business News
        meta: November 14, 2031 / 12:21 AM / Updated 14 hours ago
        headline: Ferry line drags harbour fees lower
        byline: Ola Brandt
        meta: 5 Min Read",
    );
    check_head(
        "The Record’s view on the ferry: a town on the brink\n\nEditorial\n\nThe council’s haste has only fed the quarrel. It is up to them to wait\n\nFri 14 Nov 2031 18.54 GMT\n\nLast modified on Fri 14 Nov 2031 18.56 GMT",
        "headline: The Record’s view on the ferry: a town on the brink
        byline: Editorial
        standfirst: The council’s haste has only fed the quarrel. It is up to them to wait
        meta: Fri 14 Nov 2031 18.54 GMT
        meta: Last modified on Fri 14 Nov 2031 18.56 GMT",
    );
    check_head(
        "By OLA BRANDT and AMARA QUILL\nAssociated Press\n\nLast ferry will sail as tunnel opens",
        "byline: By OLA BRANDT and AMARA QUILL
        meta: Associated Press
        headline: Last ferry will sail as tunnel opens",
    );
    check_head(
        "Last ferry will sail as tunnel opens\nBoatmen to line the quay for a farewell\nOla Brandt, Harbour correspondent\nFriday 14 November 2031 17:20, UK",
        "headline: Last ferry will sail as tunnel opens
        standfirst: Boatmen to line the quay for a farewell
        byline: Ola Brandt, Harbour correspondent
        meta: Friday 14 November 2031 17:20, UK",
    );
    check_head(
        "Harbour\n\nLast ferry will sail as tunnel opens\n\nOla Brandt\nHarbour Correspondent\n@olabrandt\n\nMerrow, 14 November 2031",
        "kicker: Harbour
        headline: Last ferry will sail as tunnel opens
        byline: Ola Brandt
        byline: Harbour Correspondent
        meta: @olabrandt
        meta: Merrow, 14 November 2031",
    );
}

#[test]
fn senders_without_a_byline() {
    check_head(
        "Police\n\nHarbour log: one dinghy, two swans, no arrests\n\nA week in the notebook of the harbour police\n\nCalder Courier\n\nPublished: 08:00, Mon, Aug 5, 2030",
        "kicker: Police
        headline: Harbour log: one dinghy, two swans, no arrests
        standfirst: A week in the notebook of the harbour police
        meta: Calder Courier
        meta: Published: 08:00, Mon, Aug 5, 2030",
    );
    check_head(
        "Weather\n\nStorm takes forty metres of the mole\n\nNorthsound Wire\n\nFriday 14 November 2031, 5.20pm",
        "kicker: Weather
        headline: Storm takes forty metres of the mole
        meta: Northsound Wire
        meta: Friday 14 November 2031, 5.20pm",
    );
}

#[test]
fn page_titles_and_navigation() {
    check_head(
        "Last ferry will sail as tunnel opens | Harbour | The Calder Record\n\nThe Calder Record. Home of the tide tables.\n\nrecord_logo\n\n7°C\n\nLogin\n\nApps Puzzles Tides Shop Paper\n\nLast ferry will sail as tunnel opens\n\nTHE crossing of the Calder ends on Friday after a century and a half.\n\nBy Ola Brandt Ola Brandt",
        "headline: Last ferry will sail as tunnel opens
        meta: | Harbour | The Calder Record
        meta: The Calder Record. Home of the tide tables.
        meta: record_logo
        meta: 7°C
        meta: Login
        meta: Apps Puzzles Tides Shop Paper
        meta: Last ferry will sail as tunnel opens
        standfirst: THE crossing of the Calder ends on Friday after a century and a half.
        byline: By Ola Brandt Ola Brandt",
    );
    check_head(
        "Last ferry will sail as tunnel opens - Calder Courier\n\nHarbour\n\nLast ferry will sail as tunnel opens\n\nBy Ola Brandt",
        "headline: Last ferry will sail as tunnel opens
        meta: - Calder Courier
        meta: Harbour
        meta: Last ferry will sail as tunnel opens
        byline: By Ola Brandt",
    );
    check_head(
        "Opinion | The ferry must sail on",
        "kicker: Opinion |
        headline: The ferry must sail on",
    );
    check_head(
        "Last ferry will sail as tunnel opens\n\nLast ferry will sail as tunnel opens",
        "headline: Last ferry will sail as tunnel opens
        meta: Last ferry will sail as tunnel opens",
    );
}

#[test]
fn the_first_line_may_be_the_story() {
    let text = BODY;
    check(text, PARAGRAPHS);
    let source = read::decode("content/2031/11/14-last-ferry.txt", text.as_bytes()).value;
    let noted = Wire.read(&source, &Settings::default().read);
    let names: Vec<_> = noted.diagnostics.iter().map(|d| d.code.name()).collect();
    assert_eq!(names, ["headline-missing"]);
    assert_eq!(&*noted.value.expect("never refused").furniture.headline, "Last ferry");
}

#[test]
fn one_line_a_paragraph_without_blanks() {
    let body = BODY.replace("\n\n", "\n");
    check(
        &format!("Last ferry will sail as tunnel opens\n{body}"),
        &format!("headline: Last ferry will sail as tunnel opens\n{PARAGRAPHS}"),
    );
    check(
        &format!("Last ferry will sail as tunnel opens.\nPORT ANSEL — The tide was in.\n{body}"),
        &format!("headline: Last ferry will sail as tunnel opens.\np: PORT ANSEL — The tide was in.\n{PARAGRAPHS}"),
    );
    check(
        &format!(
            "Harbour\r\nLast ferry will sail as tunnel opens\r\nBy Ola Brandt\r\n\tA ferry at dusk. (Ola Brandt/Northsound)\r\n{}",
            body.replace('\n', "\r\n")
        ),
        &format!(
            "kicker: Harbour\nheadline: Last ferry will sail as tunnel opens\nbyline: By Ola Brandt\ncaption: A ferry at dusk. ← Ola Brandt/Northsound\n{PARAGRAPHS}"
        ),
    );
}

#[test]
fn wrapped_copy() {
    check(
        "HARBOUR\n\nLast ferry will sail as tunnel opens\n\nBy Ola Brandt\nNorthsound Wire\n\nPORT ANSEL (Northsound) - The last ferry between Port Ansel and\nMerrow will sail on the night that the tunnel under the Calder\nopens, the harbour office said.\n\nIngrid Marsh waves from the deck of the Kittiwake on her way to\nMerrow on Friday\nIngrid Marsh waves from the deck of the Kittiwake on her way to\nMerrow on Friday (Ola Brandt/Northsound)\n\n\"It is a nuisance, not a verdict,\" Ms Marsh told the council when\nshe was asked whether the boatmen had been forgotten.\n\nReporting by Ola Brandt; Editing by Amara Quill\n",
        "kicker: HARBOUR
        headline: Last ferry will sail as tunnel opens
        byline: By Ola Brandt
        meta: Northsound Wire
        p: PORT ANSEL (Northsound) - The last ferry between Port Ansel and Merrow will sail on the night that the tunnel under the Calder opens, the harbour office said.
        alt: Ingrid Marsh waves from the deck of the Kittiwake on her way to Merrow on Friday
        caption: Ingrid Marsh waves from the deck of the Kittiwake on her way to Merrow on Friday ← Ola Brandt/Northsound
        p: \"It is a nuisance, not a verdict,\" Ms Marsh told the council when she was asked whether the boatmen had been forgotten.
        endnote: Reporting by Ola Brandt; Editing by Amara Quill",
    );
}

#[test]
fn doubled_captions() {
    check_head(
        "Last ferry will sail ‘until the tunnel opens’\n\n‘The whole of Merrow’ will watch the ferry sail, Ingrid Marsh said.\n\nA ferry has begun its last week on the Calder. (Ola Brandt/PA)\nA ferry has begun its last week on the Calder. (Ola Brandt/PA) (Ola Brandt/PA)",
        "headline: Last ferry will sail ‘until the tunnel opens’
        standfirst: ‘The whole of Merrow’ will watch the ferry sail, Ingrid Marsh said.
        alt: A ferry has begun its last week on the Calder. (Ola Brandt/PA)
        caption: A ferry has begun its last week on the Calder. ← Ola Brandt/PA",
    );
    check_inside(
        "Ingrid Marsh arrives at the quay\n\nIngrid Marsh arrives at the quay (Ola Brandt/Northsound)",
        "alt: Ingrid Marsh arrives at the quay
        caption: Ingrid Marsh arrives at the quay ← Ola Brandt/Northsound",
    );
    check_inside(
        "Ingrid Marsh arrives at the quay\nIngrid Marsh arrives at the quay (collect)",
        "alt: Ingrid Marsh arrives at the quay
        caption: Ingrid Marsh arrives at the quay ← collect",
    );
    check_inside(
        "Ingrid Marsh\nThe Harbour Minister Ingrid Marsh arrives at the quay (Ola Brandt/PA)",
        "alt: Ingrid Marsh
        caption: The Harbour Minister Ingrid Marsh arrives at the quay ← Ola Brandt/PA",
    );
    check_inside(
        "Ingrid Marsh arrives at the quay\nIngrid Marsh arrives at the quay (Ola Brandt/PA)\nThe quay at noon\nThe quay at noon",
        "alt: Ingrid Marsh arrives at the quay
        caption: Ingrid Marsh arrives at the quay ← Ola Brandt/PA
        alt: The quay at noon
        caption: The quay at noon",
    );
}

#[test]
fn single_captions_in_a_row_and_in_odd_places() {
    check_inside(
        "In this photo issued by the harbour office, a ferry sails on Friday, Nov. 14, 2031. (Harbour Office via AP)\n\nIn this photo issued by the harbour office, Ingrid Marsh, left, and Tobias Renn, right, shake hands. (Harbour Office via AP)\n\nHARBOUR OFFICE, ASSOCIATED PRESS\n\nFILE PHOTO: Boatmen mend a net in Merrow, Calder, November 12, 2031. REUTERS/Ola Brandt",
        "caption: In this photo issued by the harbour office, a ferry sails on Friday, Nov. 14, 2031. ← Harbour Office via AP
        caption: In this photo issued by the harbour office, Ingrid Marsh, left, and Tobias Renn, right, shake hands. ← Harbour Office via AP
        credit: HARBOUR OFFICE, ASSOCIATED PRESS
        caption: Boatmen mend a net in Merrow, Calder, November 12, 2031. ← REUTERS/Ola Brandt",
    );
    check_inside(
        "A ferry at the quay (Image: GETTY)\n\nREAD MORE: Tunnel to open before the frost\n\nThe tunnel’s mouth at Merrow (Image: GETTY)",
        "caption: A ferry at the quay ← GETTY
        meta: READ MORE: Tunnel to open before the frost
        caption: The tunnel’s mouth at Merrow ← GETTY",
    );
    check_head(
        "A ferry at dusk. Photograph: Ola Brandt/Northsound\n\nLast ferry will sail as tunnel opens",
        "caption: A ferry at dusk. ← Ola Brandt/Northsound
        headline: Last ferry will sail as tunnel opens",
    );
    check(
        &format!(
            "Last ferry will sail as tunnel opens\n\n{BODY}\n\nA ferry at dusk (PA)\n\nThe quay at noon (PA Wire)\n\nEnds"
        ),
        &format!(
            "headline: Last ferry will sail as tunnel opens\n{PARAGRAPHS}\ncaption: A ferry at dusk ← PA\ncaption: The quay at noon ← PA Wire\nmeta: Ends"
        ),
    );
}

#[test]
fn credits_on_lines_of_their_own() {
    check_inside(
        "A ferry leaves Merrow at dusk\n\nOla Brandt/Northsound",
        "caption: A ferry leaves Merrow at dusk ← Ola Brandt/Northsound
        credit: Ola Brandt/Northsound",
    );
    check_inside(
        "A ferry leaves Merrow at dusk on Friday.\nPicture by Ola Brandt",
        "caption: A ferry leaves Merrow at dusk on Friday. ← Ola Brandt
        credit: Picture by Ola Brandt",
    );
    check_inside(
        "Image source, Getty Images\n\nImage caption, A ferry leaves Merrow at dusk\n\nImage source, Ola Brandt\n\nImage caption, The quay at noon",
        "credit: Image source, Getty Images
        caption: A ferry leaves Merrow at dusk ← Getty Images
        credit: Image source, Ola Brandt
        caption: The quay at noon ← Ola Brandt",
    );
    check_inside(
        "Image caption, A ferry leaves Merrow at dusk\n\nImage source, Getty Images\n\nImage caption, The quay at noon\n\nImage source, Ola Brandt",
        "caption: A ferry leaves Merrow at dusk ← Getty Images
        credit: Image source, Getty Images
        caption: The quay at noon ← Ola Brandt
        credit: Image source, Ola Brandt",
    );
    check_inside(
        "Image copyright Getty Images Image caption A ferry leaves Merrow at dusk",
        "credit: Image copyright Getty Images
        caption: A ferry leaves Merrow at dusk ← Getty Images",
    );
    check_inside(
        "Image source\nGetty Images\nImage caption\nA ferry leaves Merrow at dusk",
        "meta: Image source
        credit: Getty Images
        meta: Image caption
        caption: A ferry leaves Merrow at dusk ← Getty Images",
    );
}

#[test]
fn galleries() {
    check_inside(
        "1of3A ferry leaves Merrow at dusk. Photo: Ola Brandt / Northsound\n2of3Ingrid Marsh waves. Photo: Ola Brandt, Staff\n3of3The quay at noon.",
        "caption: A ferry leaves Merrow at dusk. ← Ola Brandt / Northsound
        caption: Ingrid Marsh waves. ← Ola Brandt, Staff
        caption: The quay at noon.",
    );
    check_inside(
        "1 of 2\n\nA ferry leaves Merrow at dusk.\n\n2 of 2\n\nIngrid Marsh waves from the deck. (Ola Brandt/AP)",
        "meta: 1 of 2
        caption: A ferry leaves Merrow at dusk.
        meta: 2 of 2
        caption: Ingrid Marsh waves from the deck. ← Ola Brandt/AP",
    );
}

#[test]
fn captions_that_only_their_words_tell() {
    check_inside(
        "Ingrid Marsh (left) and Tobias Renn on the quay",
        "caption: Ingrid Marsh (left) and Tobias Renn on the quay",
    );
    check_inside("File photo dated 12/11/31 of Ingrid Marsh", "caption: File photo dated 12/11/31 of Ingrid Marsh");
    check_inside("Pictured: Ingrid Marsh on the quay", "caption: Ingrid Marsh on the quay");
}

#[test]
fn heads_of_many_houses() {
    check_head(
        "News\n\nUK\n\nLast ferry will sail as tunnel opens\n\nBoatmen had warned that the tunnel would not be ready\n\nOla Brandt\n\nPolitical Correspondent\n\nThursday 14 November 2031 17:20 GMT\n\nComments\n\nThe ferry (PA Wire)",
        "meta: News
        kicker: UK
        headline: Last ferry will sail as tunnel opens
        standfirst: Boatmen had warned that the tunnel would not be ready
        byline: Ola Brandt
        byline: Political Correspondent
        meta: Thursday 14 November 2031 17:20 GMT
        meta: Comments
        caption: The ferry ← PA Wire",
    );
    check_head(
        "Last ferry will sail as tunnel opens\n\n• Minister says the boats will carry on\n\n• Boatmen welcome the day\n\nBy OLA BRANDT FOR THE COURIER\n\nPUBLISHED: 17:20, 14 November 2031 | UPDATED: 18:45, 14 November 2031\n\n12 shares",
        "headline: Last ferry will sail as tunnel opens
        standfirst: • Minister says the boats will carry on
        standfirst: • Boatmen welcome the day
        byline: By OLA BRANDT FOR THE COURIER
        meta: PUBLISHED: 17:20, 14 November 2031 | UPDATED: 18:45, 14 November 2031
        meta: 12 shares",
    );
    check_head(
        "Last ferry will sail as tunnel opens\n\nThe Kittiwake at Port Ansel on Thursday.Credit...Ola Brandt for The Calder Courier\n\nBy Ola Brandt\n\nBBC News, Port Ansel\n\nIngrid Marsh says the boats will carry on",
        "headline: Last ferry will sail as tunnel opens
        caption: The Kittiwake at Port Ansel on Thursday. ← Ola Brandt for The Calder Courier
        byline: By Ola Brandt
        meta: BBC News, Port Ansel
        caption: Ingrid Marsh says the boats will carry on",
    );
    check(
        &format!(
            "Last ferry will sail as tunnel opens\n\n{BODY}\n\nRelated Topics\n\nMerrow\n\nThe Calder tunnel\n\nMore on this story\n\nTunnel to open before the frost"
        ),
        &format!(
            "headline: Last ferry will sail as tunnel opens\n{PARAGRAPHS}\nmeta: Related Topics\nmeta: Merrow\nmeta: The Calder tunnel\nmeta: More on this story\nmeta: Tunnel to open before the frost"
        ),
    );
}

#[test]
fn crossheads_and_what_is_none() {
    check_inside("‘A nuisance’", "crosshead: ‘A nuisance’");
    check_inside("What happens next?", "crosshead: What happens next?");
    check_inside("The boatmen waited.", "p: The boatmen waited.");
    check_inside(
        "‘No,’ said Tobias Renn.\n\nAn engineer’s letter",
        "p: ‘No,’ said Tobias Renn.\ncrosshead: An engineer’s letter",
    );
    check_inside("“Never again”", "p: “Never again”");
    check_inside("MARSH: No", "p: MARSH: No");
    check_inside("Eggs\n\nFlour\n\nButter", "p: Eggs\np: Flour\np: Butter");
}

#[test]
fn closing_lines() {
    check(
        &format!(
            "Last ferry will sail as tunnel opens\n\n{BODY}\n\n(Additional reporting by Amara Quill)\n\n- Lucia Ferrant contributed to this report.\n\n-ends-"
        ),
        &format!(
            "headline: Last ferry will sail as tunnel opens\n{PARAGRAPHS}\nendnote: (Additional reporting by Amara Quill)\nendnote: - Lucia Ferrant contributed to this report.\nmeta: -ends-"
        ),
    );
    for end in ["ends", "-30-", "###", "(END)", "END"] {
        check(
            &format!("Last ferry will sail as tunnel opens\n\n{BODY}\n\n{end}"),
            &format!("headline: Last ferry will sail as tunnel opens\n{PARAGRAPHS}\nmeta: {end}"),
        );
    }
    check(
        &format!("Last ferry will sail as tunnel opens\n\n{BODY} (ANI)"),
        &format!("headline: Last ferry will sail as tunnel opens\n{PARAGRAPHS} (ANI)"),
    );
}

#[test]
fn a_second_line_is_body_unless_it_leads_in() {
    let lede = "A ferry that has crossed the Calder since 1962 makes its last journey on Friday night.";
    check_head(
        &format!("Last ferry will sail as tunnel opens\n\n{lede}"),
        &format!("headline: Last ferry will sail as tunnel opens\np: {lede}"),
    );
    check(
        &format!(
            "Last ferry will sail as tunnel opens\n\n{lede}\n\nThe Kittiwake at Merrow (PA)\n\nHer owners have sold her to a museum of boats in the north, which will keep her engine."
        ),
        &format!(
            "headline: Last ferry will sail as tunnel opens\np: {lede}\ncaption: The Kittiwake at Merrow ← PA\np: Her owners have sold her to a museum of boats in the north, which will keep her engine."
        ),
    );
    check(
        &format!("Last ferry will sail as tunnel opens\n\nAs the tide turns, so does the talk.\n\nMERROW — {lede}"),
        &format!(
            "headline: Last ferry will sail as tunnel opens\nstandfirst: As the tide turns, so does the talk.\np: MERROW — {lede}"
        ),
    );
}

#[test]
fn furniture_of_the_article() {
    let text = format!(
        "Nov. 14, 2031 6:02 AM EST\n\nLast ferry will sail as tunnel opens\n\nBy OLA BRANDT and AMARA QUILL\n\nBC-CA--Calder-Ferry, 1st Ld-Writethru\n\nPort Ansel, Nov 14 (Northsound) – {BODY}\n\nThe tide\n\n{BODY}\n\nThe tide\n\n{BODY}"
    );
    let source = read::decode("content/harbour/last-ferry.txt", text.as_bytes()).value;
    let noted = Wire.read(&source, &Settings::default().read);
    assert!(noted.diagnostics.is_empty(), "{:?}", noted.diagnostics);
    let article = noted.value.expect("never refused");
    let furniture = &article.furniture;
    assert_eq!(furniture.authors, ["Ola Brandt".into(), "Amara Quill".into()]);
    assert_eq!(furniture.agency.as_deref(), Some("Northsound"));
    assert_eq!(furniture.dateline.map(|d| d.of(&article.text)), Some("Port Ansel, Nov 14 (Northsound) –"));
    assert_eq!(furniture.section.as_deref(), Some("Harbour"));
    assert_eq!(furniture.published.map(|m| m.date.to_string()), Some("2031-11-14".into()));
    assert_eq!(&*article.slug, "last-ferry");
    let ids: Vec<&str> = article.parts.iter().map(|p| &*p.id).collect();
    assert_eq!(ids, ["", "the-tide", "the-tide-2"]);
    let covered: Vec<(u32, u32)> = article.parts.iter().map(|p| p.blocks).collect();
    assert!(covered.windows(2).all(|w| w[0].1 == w[1].0), "{covered:?}");
    assert_eq!(covered.last().map(|c| c.1 as usize), Some(article.blocks.len()));
}

#[test]
fn photos_of_the_article() {
    let text = format!(
        "Last ferry will sail as tunnel opens\n\nA ferry at dusk\nA ferry at dusk (Ola Brandt/PA)\n\n{BODY}\n\nFILE - A ferry at noon. (AP Photo/Ola Brandt, File)"
    );
    let source = read::decode("content/last-ferry.txt", text.as_bytes()).value;
    let article = Wire.read(&source, &Settings::default().read).value.expect("never refused");
    let [first, second] = &article.photos[..] else { panic!("{:?}", article.photos) };
    assert_eq!(first.alt.as_deref(), Some("A ferry at dusk"));
    assert_eq!(first.caption.map(|c| c.of(&article.text)), Some("A ferry at dusk"));
    let credit = first.credit.as_ref().expect("credited");
    assert_eq!((credit.photographer.as_deref(), credit.agency.as_deref()), (Some("Ola Brandt"), Some("PA")));
    assert!(!first.file_photo && second.file_photo);
    assert_eq!(second.caption.map(|c| c.of(&article.text)), Some("A ferry at noon."));
}

#[test]
fn a_credit_on_two_lines() {
    let text =
        format!("Last ferry will sail as tunnel opens\n\n{BODY}\n\nA ferry at dusk\nOla Brandt\nAP Photo\n\n{BODY}");
    let source = read::decode("content/last-ferry.txt", text.as_bytes()).value;
    let article = Wire.read(&source, &Settings::default().read).value.expect("never refused");
    let credit = article.photos[0].credit.as_ref().expect("credited");
    assert_eq!((credit.photographer.as_deref(), credit.agency.as_deref()), (Some("Ola Brandt"), Some("AP")));
}

#[test]
fn what_is_missing_is_noted() {
    let check = |path: &str, text: &str, noted: &[&str]| {
        let source = read::decode(path, text.as_bytes()).value;
        let found = Wire.read(&source, &Settings::default().read).diagnostics;
        assert_eq!(found.iter().map(|d| d.code.name()).collect::<Vec<_>>(), noted, "{text}");
    };
    check("content/2031/11/14-a.txt", "", &["article-empty"]);
    check("content/a.txt", " \n\t\n", &["article-empty"]);
    check("content/a.txt", "Ferry sails\n\nIt sailed.", &["date-missing"]);
    check("content/a.txt", "Ferry sails\n\nFebruary 30, 2031\n\nIt sailed.", &["date-unread", "date-missing"]);
    check("content/2031/02/28-a.txt", "Ferry sails\n\nIt sailed.", &[]);
}

#[test]
fn time_is_linear_in_the_copy() {
    for line in [
        "A ferry at dusk (Ola Brandt/PA)\n\n",
        "Ferry\n",
        "(((((((",
        "Ola Brandt/PA\n",
        "Photo: ",
        "By Ola Brandt\n",
        "The tide\n\nThe last ferry sails at nine on the night tide from Merrow.\n\n",
        "1of4 ",
        "A — ",
        "— Ola Brandt (@olabrandt) March 12, 2030\n",
        "Login\n",
        "(PA)\n\n",
        "More from Harbour\n\nTunnel to open\n\n",
        "Ola Brandt\n@olabrandt\n",
        "1/2/2030 ",
        "Ola Brandt\nAP Photo\n",
        "By Ola Brandt\n\nThe tide\n\n",
    ] {
        let seconds = |bytes: usize| {
            let source = read::decode("content/a.txt", line.repeat(bytes / line.len()).as_bytes()).value;
            let started = std::time::Instant::now();
            Wire.read(&source, &Settings::default().read);
            started.elapsed().as_secs_f64()
        };
        // Eight times the copy may take a little more than eight times as long; squared, it would take 64.
        let (small, large) = (seconds(5_000), seconds(40_000));
        assert!(large < small * 30.0 + 0.5, "{line:?}: {small} s, then {large} s");
    }
}
