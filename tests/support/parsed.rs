//! What a browser makes of a report's body. Used by the property tests and by a fuzz target (`fuzz/`).
//!
//! [`woven`](super::woven) reads our HTML with a reader of our own, which believes what we believe; here it is read by
//! html5ever, which believes the standard.

use super::woven::{self, Woven};
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use onrecord::model::{Annotations, Article};

/// The attributes that a body may hold. Those of ARIA and `data-` are looked at by their heads.
const ATTRIBUTES: [&str; 9] = ["class", "id", "href", "title", "start", "tabindex", "rel", "role", "scope"];

/// A browser finds no element, no attribute and no address that is not ours, and reads the words that went in.
pub(crate) fn check(article: &Article, annotations: &Annotations) {
    let Some(Woven { plain, html }) = woven::draw(article, annotations) else { return };
    let mut words = String::with_capacity(plain.len());
    let (_document, nodes) = nodes(&html);
    for node in nodes {
        match &node.data {
            NodeData::Text { contents } => {
                if !is_in_chip(&node) {
                    words.push_str(&contents.borrow());
                }
            }
            NodeData::Element { name, attrs, .. } => {
                let element = &*name.local;
                assert!(name.ns == ns!(html) && woven::ALLOWED.contains(&element), "<{element}> is not ours: {html}");
                for attribute in attrs.borrow().iter() {
                    let (name, value) = (&*attribute.name.local, &*attribute.value);
                    let ours = ATTRIBUTES.contains(&name) || name.starts_with("aria-") || name.starts_with("data-");
                    assert!(ours, "{name}={value:?} is not ours: {html}");
                    assert!(name != "href" || leads_somewhere(value), "{value:?} is no address of ours: {html}");
                }
            }
            NodeData::Document => {}
            other => panic!("{other:?} is not ours: {html}"),
        }
    }
    // A file's bytes become text without control codes, which browsers drop; here text comes in as it is.
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>();
    assert_eq!(letters(&words), letters(&plain), "text in is text out: {html}");
}

/// The nodes of a fragment, in the order of the text, below a document that keeps them together.
fn nodes(html: &str) -> (Handle, Vec<Handle>) {
    let body = html5ever::QualName::new(None, ns!(html), local_name!("div"));
    let dom: RcDom = parse_fragment(RcDom::default(), ParseOpts::default(), body, Vec::new(), false).one(html);
    let mut open: Vec<Handle> = dom.document.children.borrow().iter().flat_map(children).rev().collect();
    let mut nodes = Vec::new();
    while let Some(node) = open.pop() {
        open.extend(children(&node).into_iter().rev());
        nodes.push(node);
    }
    (dom.document, nodes)
}

fn children(node: &Handle) -> Vec<Handle> {
    node.children.borrow().clone()
}

/// Whether a node stands in what is added behind a quotation.
fn is_in_chip(node: &Handle) -> bool {
    let around = std::iter::successors(Some(node.clone()), |node| {
        let parent = node.parent.take();
        let around = parent.as_ref().and_then(std::rc::Weak::upgrade);
        node.parent.set(parent);
        around
    });
    let is_chip = |node: Handle| match &node.data {
        NodeData::Element { attrs, .. } => attrs
            .borrow()
            .iter()
            .any(|a| a.name.local == local_name!("class") && a.value.split_whitespace().any(|class| class == "chip")),
        _ => false,
    };
    around.into_iter().any(is_chip)
}

/// Whether an address is one that a body may lead to: on the web, a letter, or within the site.
fn leads_somewhere(address: &str) -> bool {
    // As a browser takes it: blanks and controls at the head do not count, nor do tabs and line ends anywhere.
    let plain: String = address.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let plain = plain.trim_start_matches(|c: char| c <= ' ').to_ascii_lowercase();
    let scheme = plain.split(['/', '?', '#']).next().and_then(|head| head.split_once(':')).map(|(scheme, _)| scheme);
    let inside = !plain.starts_with("//") && !plain.contains('\\');
    scheme.map_or(inside, |scheme| ["http", "https", "mailto"].contains(&scheme))
}
