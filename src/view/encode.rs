//! The body of a report as scholars encode it: who says what, and who is named where.

use super::layers::{Layers, Marked};
use super::report::in_body;
use super::{BlockView, ChipView, FigureView, blocks};
use crate::archive::{Archive, ArticleId};
use crate::model::{Annotations, Article, Form};

/// Makes the body of a report for an edition: quotations carry the number of their
/// [`QuoteFact`](crate::model::QuoteFact) in place of a colour, and names that of their chain in place of an address.
///
/// Figures carry the number of their photo as `id` and nothing else.
pub fn encoded(archive: &Archive, id: ArticleId, article: &Article, annotations: &Annotations) -> Vec<BlockView> {
    let record = archive.article(id);
    let numbers: Vec<String> = (0..record.facts.quotes.len()).map(|n| n.to_string()).collect();
    let marked = |(fact, number)| {
        let crate::model::QuoteFact { id, quote, .. }: &crate::model::QuoteFact = fact;
        let number: &String = number;
        let quote = annotations.quotes.get(*quote as usize)?;
        Some(Marked { quote, id, slot: number, former: Vec::new(), chip: ChipView::default() })
    };
    let marked: Vec<Marked<'_>> = record.facts.quotes.iter().zip(&numbers).filter_map(marked).collect();
    let is_name = |form| matches!(form, Form::FullName | Form::Surname | Form::GivenName | Form::Honorific);
    let names = annotations.mentions.iter().filter(|mention| is_name(mention.form)).filter_map(|mention| {
        let chain = mention.chain?;
        in_body(article, mention.span).then(|| (mention.span, chain.index().to_string().into()))
    });
    let layers = Layers::new(article, annotations, &marked, names.collect());
    let figure = |photo: usize| FigureView { id: photo.to_string().into(), ..FigureView::default() };
    blocks::body(article, &layers, Vec::new(), figure)
}
