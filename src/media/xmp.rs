//! XMP packets (ISO 16684-1): what they say of a picture, and a small one of our own.

use super::words::{LONG, MOST_PEOPLE, SHORT, day, line, web_address};
use crate::model::PictureFacts;
use roxmltree::{Document, Node, ParsingOptions};

/// The largest packet that is read, in bytes.
const LARGEST: usize = 1 << 20;
/// The most nodes a packet may have.
const MOST_NODES: u32 = 20_000;
/// The most descriptions that are looked at; each may hold all others.
const MOST_ABOUT: usize = 64;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const XMP: &str = "http://ns.adobe.com/xap/1.0/";
const RIGHTS: &str = "http://ns.adobe.com/xap/1.0/rights/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const IPTC_CORE: &str = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
const IPTC_EXT: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
const PLUS: &str = "http://ns.useplus.org/ldf/xmp/1.0/";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// What a packet says; nothing where it is not XML, is too large, or has a document type.
///
/// Without a document type there are no entities but XML's own, so nothing can be expanded.
pub(super) fn facts(packet: &[u8]) -> PictureFacts {
    let packet = packet.get(..LARGEST.min(packet.len())).unwrap_or_default();
    // Writers pad packets with spaces and, against the rules, with zeros.
    let packet = packet.strip_prefix(b"\xef\xbb\xbf").unwrap_or(packet);
    let Ok(text) = std::str::from_utf8(packet) else { return PictureFacts::default() };
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let Ok(document) = Document::parse_with_options(text.trim_matches(['\0', ' ', '\n', '\r', '\t']), options) else {
        return PictureFacts::default();
    };
    let about: Vec<Node<'_, '_>> =
        document.descendants().filter(|node| node.has_tag_name((RDF, "Description"))).take(MOST_ABOUT).collect();
    let packet = Packet { about };
    let long = |namespace, name| packet.texts(namespace, name).first().and_then(|words| line(words, LONG));
    let short = |namespace, name| packet.texts(namespace, name).first().and_then(|words| line(words, SHORT));
    let creators: Vec<Box<str>> = packet.texts(DC, "creator").iter().filter_map(|name| line(name, SHORT)).collect();
    PictureFacts {
        headline: short(PHOTOSHOP, "Headline"),
        caption: long(DC, "description"),
        alt: long(IPTC_CORE, "AltTextAccessibility").or_else(|| long(IPTC_CORE, "ExtDescrAccessibility")),
        creator: line(&creators.join(", "), SHORT),
        credit: short(PHOTOSHOP, "Credit"),
        source: short(PHOTOSHOP, "Source"),
        copyright: short(DC, "rights"),
        terms: short(RIGHTS, "UsageTerms"),
        licence: packet.texts(RIGHTS, "WebStatement").first().and_then(|words| web_address(words)),
        licensor: packet.texts(PLUS, "LicensorURL").first().and_then(|words| web_address(words)),
        shows: packet.people(),
        created: packet
            .texts(PHOTOSHOP, "DateCreated")
            .first()
            .and_then(|words| day(words))
            .or_else(|| packet.texts(XMP, "CreateDate").first().and_then(|words| day(words))),
    }
}

/// The descriptions of a packet; those of structures inside it are among them.
struct Packet<'a, 'i> {
    about: Vec<Node<'a, 'i>>,
}

impl<'a> Packet<'a, '_> {
    /// The values of a property: one, those of a list, or the default language of several.
    fn texts(&self, namespace: &str, name: &str) -> Vec<&'a str> {
        for node in &self.about {
            if let Some(value) = node.attribute((namespace, name)) {
                return vec![value];
            }
            // A structure may be written as a property with its fields inside (`parseType="Resource"`).
            let property = node.descendants().find(|child| child.has_tag_name((namespace, name)));
            if let Some(property) = property {
                let texts = values(property);
                if !texts.is_empty() {
                    return texts;
                }
            }
        }
        Vec::new()
    }

    fn people(&self) -> Vec<Box<str>> {
        let mut names: Vec<Box<str>> = Vec::new();
        let plain = self.texts(IPTC_EXT, "PersonInImage");
        let detailed = self.about.first().map(|node| node.document()).into_iter().flat_map(|document| {
            document.descendants().filter(|node| node.has_tag_name((IPTC_EXT, "PersonName"))).flat_map(values)
        });
        for name in plain.into_iter().chain(detailed).filter_map(|name| line(name, SHORT)) {
            if names.len() < MOST_PEOPLE && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// The words of a property: its own text, or its list's; of several languages the default one's, or the first.
fn values<'a>(property: Node<'a, '_>) -> Vec<&'a str> {
    let kind = ["Alt", "Bag", "Seq"];
    let list = property.children().find(|child| kind.iter().any(|kind| child.has_tag_name((RDF, *kind))));
    let Some(list) = list else {
        return property.text().filter(|words| !words.trim().is_empty()).into_iter().collect();
    };
    let items = || list.children().filter(|item| item.has_tag_name((RDF, "li")));
    if list.has_tag_name((RDF, "Alt")) {
        let default = items().find(|item| item.attribute((XML, "lang")) == Some("x-default"));
        return default.or_else(|| items().next()).and_then(|item| item.text()).into_iter().collect();
    }
    items().filter_map(|item| item.text()).take(MOST_PEOPLE).collect()
}

/// A packet that says whose the picture is, for files made from it; empty where nothing is known.
pub(super) fn packet(facts: &PictureFacts) -> Vec<u8> {
    use std::fmt::Write as _;
    let mut inner = String::new();
    let mut put = |name: &str, around: Option<&str>, value: &Option<Box<str>>| {
        let Some(value) = value else { return };
        let value = escaped(value);
        let _ = match around {
            Some("Alt") => {
                write!(inner, "<{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{value}</rdf:li></rdf:Alt></{name}>")
            }
            Some(list) => write!(inner, "<{name}><rdf:{list}><rdf:li>{value}</rdf:li></rdf:{list}></{name}>"),
            None => write!(inner, "<{name}>{value}</{name}>"),
        };
    };
    put("dc:creator", Some("Seq"), &facts.creator);
    put("photoshop:Credit", None, &facts.credit);
    put("photoshop:Source", None, &facts.source);
    put("dc:rights", Some("Alt"), &facts.copyright);
    put("xmpRights:UsageTerms", Some("Alt"), &facts.terms);
    put("xmpRights:WebStatement", None, &facts.licence);
    if let Some(licensor) = &facts.licensor {
        let licensor = escaped(licensor);
        let _ = write!(
            inner,
            "<plus:Licensor><rdf:Seq><rdf:li rdf:parseType=\"Resource\"><plus:LicensorURL>{licensor}</plus:LicensorURL>\
             </rdf:li></rdf:Seq></plus:Licensor>"
        );
    }
    if inner.is_empty() {
        return Vec::new();
    }
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"{RDF}\"><rdf:Description rdf:about=\"\" xmlns:dc=\"{DC}\" xmlns:photoshop=\"{PHOTOSHOP}\" \
         xmlns:xmpRights=\"{RIGHTS}\" xmlns:plus=\"{PLUS}\">{inner}</rdf:Description></rdf:RDF></x:xmpmeta>\
         <?xpacket end=\"r\"?>"
    )
    .into_bytes()
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet_of(description: &str) -> String {
        format!(
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='{RDF}' xmlns:dc='{DC}' xmlns:photoshop='{PHOTOSHOP}' \
             xmlns:r='{RIGHTS}' xmlns:i='{IPTC_EXT}' xmlns:c='{IPTC_CORE}' xmlns:plus='{PLUS}' xmlns:xmp='{XMP}'>\
             {description}</rdf:RDF></x:xmpmeta>"
        )
    }

    #[test]
    fn elements_attributes_lists_and_languages_are_read() {
        let read = facts(
            packet_of(
                "<rdf:Description photoshop:Credit='Northsound' photoshop:DateCreated='2031-11-14T07:10'>\
                 <dc:description><rdf:Alt><rdf:li xml:lang='fr'>Un navire</rdf:li>\
                 <rdf:li xml:lang='x-default'>The dredger &amp; her crew</rdf:li></rdf:Alt></dc:description>\
                 <dc:creator><rdf:Seq><rdf:li>Ola Brandt</rdf:li><rdf:li>Kit Holloway</rdf:li></rdf:Seq></dc:creator>\
                 <dc:rights><rdf:Alt><rdf:li xml:lang='en'>© Northsound</rdf:li></rdf:Alt></dc:rights></rdf:Description>\
                 <rdf:Description><photoshop:Headline>Dredger</photoshop:Headline><photoshop:Source>Pool</photoshop:Source>\
                 <r:WebStatement>https://northsound.example/licence</r:WebStatement>\
                 <r:UsageTerms><rdf:Alt><rdf:li xml:lang='x-default'>Editorial use</rdf:li></rdf:Alt></r:UsageTerms>\
                 <plus:Licensor><rdf:Seq><rdf:li rdf:parseType='Resource'><plus:LicensorURL>https://northsound.example/buy\
                 </plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>\
                 <i:PersonInImage><rdf:Bag><rdf:li>Ingrid Marsh</rdf:li><rdf:li>Ingrid Marsh</rdf:li></rdf:Bag></i:PersonInImage>\
                 <i:PersonInImageWDetails><rdf:Bag><rdf:li rdf:parseType='Resource'><i:PersonName><rdf:Alt>\
                 <rdf:li xml:lang='x-default'>Tobias Renn</rdf:li></rdf:Alt></i:PersonName></rdf:li></rdf:Bag>\
                 </i:PersonInImageWDetails>\
                 <c:AltTextAccessibility><rdf:Alt><rdf:li xml:lang='x-default'>A ship at a quay</rdf:li></rdf:Alt>\
                 </c:AltTextAccessibility></rdf:Description>",
            )
            .as_bytes(),
        );
        let text = |words: &str| Some(Box::from(words));
        let expected = PictureFacts {
            headline: text("Dredger"),
            caption: text("The dredger & her crew"),
            alt: text("A ship at a quay"),
            creator: text("Ola Brandt, Kit Holloway"),
            credit: text("Northsound"),
            source: text("Pool"),
            copyright: text("© Northsound"),
            terms: text("Editorial use"),
            licence: text("https://northsound.example/licence"),
            licensor: text("https://northsound.example/buy"),
            shows: vec!["Ingrid Marsh".into(), "Tobias Renn".into()],
            created: text("2031-11-14"),
        };
        assert_eq!(read, expected);
        // What is written back says whose it is, and nothing else.
        let PictureFacts { creator, credit, source, copyright, terms, licence, licensor, .. } = expected;
        let back = PictureFacts { creator, credit, source, copyright, terms, licence, licensor, ..Default::default() };
        assert_eq!(facts(&packet(&back)), back);
        assert!(packet(&PictureFacts::default()).is_empty());
    }

    #[test]
    fn hostile_packets_say_nothing() {
        let bomb = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>";
        let own = packet_of("<rdf:Description photoshop:Credit='Northsound'/>");
        assert_eq!(facts(own.as_bytes()).credit.as_deref(), Some("Northsound"));
        let check = |packet: String| assert_eq!(facts(packet.as_bytes()), PictureFacts::default());
        check(format!("{bomb}{own}"));
        check(own.replace("Northsound", "&b;"));
        check(own[..own.len() - 5].to_owned());
        check("<a>".repeat(100_000));
        check(format!("{}{}", "<a>".repeat(15_000), "</a>".repeat(15_000)));
        check(packet_of(&"<rdf:Description/>".repeat(30_000)));
        let script = packet_of("<rdf:Description r:WebStatement='javascript:alert(1)'/>");
        assert_eq!(facts(script.as_bytes()), PictureFacts::default());
    }
}
