//! The same join again, where what articles tell has changed in nothing that is joined.

use super::{Archive, ArticleId, Gone, Pictures, wanted_address};
use crate::config::SiteSettings;
use crate::diag::{Diagnostic, Noted};
use crate::model::{Authority, Facts};
use std::sync::Arc;

/// What a join was made of, and what came of it.
#[derive(Clone, Debug)]
pub struct Joined {
    of: Given,
    /// By article as it was given, its number.
    ids: Vec<ArticleId>,
    archive: Noted<Archive>,
}

/// What a join is made of.
#[derive(Clone, Debug)]
pub struct Given {
    /// In the order of the files.
    pub facts: Vec<Arc<Facts>>,
    /// What was withdrawn.
    pub gone: Vec<Gone>,
    /// The people files.
    pub authority: Authority,
    /// The pictures that are held.
    pub pictures: Pictures,
    /// The site's settings.
    pub site: SiteSettings,
}

impl Joined {
    /// Remembers what came of a join, and what was noted on the way.
    pub fn new(of: Given, archive: Archive, notes: Vec<Diagnostic>) -> Self {
        let mut by_path: Vec<ArticleId> = archive.article_ids().collect();
        by_path.sort_unstable_by(|a, b| archive.article(*a).facts.path.cmp(&archive.article(*b).facts.path));
        let id = |facts: &Arc<Facts>| {
            let at = by_path.binary_search_by(|id| archive.article(*id).facts.path.cmp(&facts.path));
            at.ok().map(|at| by_path[at])
        };
        let ids = of.facts.iter().filter_map(id).collect();
        Self { of, ids, archive: Noted::new(archive, notes) }
    }

    /// What [`join`](super::join) would give of these: where that is what it gave before but for what the articles say
    /// of themselves. None where it may be otherwise.
    pub fn again(
        self,
        facts: &[Arc<Facts>],
        gone: &[Gone],
        authority: &Authority,
        pictures: &Pictures,
        site: &SiteSettings,
    ) -> Option<Noted<Archive>> {
        let Self { of, ids, mut archive } = self;
        let before = &of.facts;
        if facts.len() != before.len()
            || ids.len() != before.len()
            || of.gone != gone
            || of.authority != *authority
            || of.site != *site
            || of.pictures != *pictures
        {
            return None;
        }
        for ((before, now), id) in before.iter().zip(facts).zip(ids) {
            if Arc::ptr_eq(before, now) {
                continue;
            }
            let record = archive.value.articles.get_mut(id.index())?;
            // What the join itself has changed in an article's facts it would change again.
            if !Arc::ptr_eq(&record.facts, before) || !is_joined_alike(before, now) {
                return None;
            }
            record.facts = Arc::clone(now);
        }
        Some(archive)
    }
}

/// Whether two articles tell the join the same: they may differ in what nobody but their own record holds.
fn is_joined_alike(before: &Facts, now: &Facts) -> bool {
    let address = |facts: &Facts| wanted_address(&facts.slug, &facts.headline, facts.published);
    let mut as_before = now.clone();
    as_before.words = before.words;
    as_before.headline.clone_from(&before.headline);
    as_before.standfirst.clone_from(&before.standfirst);
    as_before.updated = before.updated;
    as_before == *before && address(before) == address(now)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{FactsExt, facts, person, shared};
    use super::super::{OneByOne, join};
    use super::*;
    use crate::config::Settings;

    fn given(facts: Vec<Facts>) -> Given {
        let mut site = Settings::default().site;
        // Whoever speaks is then laid in the articles.
        site.quotation_pages = true;
        Given {
            facts: shared(facts),
            gone: Vec::new(),
            authority: Authority::default(),
            pictures: Pictures::default(),
            site,
        }
    }

    fn joined(of: &Given) -> Noted<Archive> {
        let Given { facts, gone, authority, pictures, site } = of.clone();
        join(facts, gone, &authority, &pictures, &site, &OneByOne)
    }

    fn again(before: &Given, now: &Given) -> Option<Noted<Archive>> {
        let Noted { value, diagnostics } = joined(before);
        let before = Joined::new(before.clone(), value, diagnostics);
        before.again(&now.facts, &now.gone, &now.authority, &now.pictures, &now.site)
    }

    fn three() -> Vec<Facts> {
        ["c", "a", "b"]
            .map(|stem| facts(&format!("content/{stem}.txt"), "2031-11-14").says("Ingrid Marsh", "“We sail.”"))
            .into_iter()
            .collect()
    }

    #[test]
    fn what_an_article_says_of_itself_is_not_joined() {
        let before = given(three());
        let check = |change: fn(&mut Facts), expected: bool| {
            let mut now = before.clone();
            change(Arc::make_mut(&mut now.facts[1]));
            let found = again(&before, &now);
            assert_eq!(found.is_some(), expected);
            if let Some(found) = found {
                let whole = joined(&now);
                assert_eq!(found.value, whole.value);
                assert_eq!(found.diagnostics, whole.diagnostics);
            }
        };
        check(|_| (), true);
        check(|facts| facts.words += 7, true);
        check(|facts| facts.headline = "Tunnel opens".into(), true);
        check(|facts| facts.standfirst = Some("At last.".into()), true);
        check(|facts| facts.section = Some("Elsewhere".into()), false);
        check(|facts| facts.slug = "tunnel".into(), false);
        check(|facts| facts.chains[0].roles.push("Harbour Minister".into()), false);
        check(
            |facts| {
                facts.slug = "".into();
                facts.headline = "Tunnel opens".into();
            },
            false,
        );
    }

    #[test]
    fn other_articles_people_or_settings_are_joined_anew() {
        let before = given(three());
        let check = |change: fn(&mut Given)| {
            let mut now = before.clone();
            change(&mut now);
            assert!(again(&before, &now).is_none());
        };
        check(|now| drop(now.facts.pop()));
        check(|now| now.facts.swap(0, 1));
        check(|now| now.facts.extend(shared(vec![facts("content/d.txt", "2031-11-15")])));
        check(|now| now.authority.people.push(person("ingrid-marsh", "Ingrid Marsh")));
        check(|now| now.site.threshold = 0.5);
    }
}
