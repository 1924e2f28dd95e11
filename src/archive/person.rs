use super::{ArticleId, PersonId, PhotoId, Picture, QuoteRef, Read, Watched};
use crate::model::{AuthorityPerson, Form, Office};
use jiff::civil::Date;
use serde::Serialize;

/// How somebody is named in the archive, and how often.
pub type SurfaceForm = (Box<str>, Form, u32);

/// What articles call somebody, and how many do.
pub type Role = (Box<str>, u32);

/// Someone across the whole archive.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Person {
    /// Last part of the address, unique: `people/ingrid-marsh/`.
    pub slug: Box<str>,
    /// The name shown: the authority's, or else the spelling used by most articles.
    pub name: Box<str>,
    /// "Ingrid"; empty for a name of one word.
    pub given: Box<str>,
    /// "Marsh", "van der Berg"
    pub surname: Box<str>,
    /// The name as sorted and shown in lists: "Marsh, Ingrid"; "Berg, Ingrid van der".
    pub sorted: Box<str>,
    /// The letter of the index they stand under, accents off: 'M'; '#' where the name begins with no letter.
    pub letter: char,
    /// Two letters, one for a name in characters: "IM".
    pub initials: Box<str>,
    /// Preferred speaker slot, 1 to 8.
    pub slot: u8,
    /// Their people file, its offices sorted newest first.
    pub authority: Option<Box<AuthorityPerson>>,
    /// The portrait, where their people file names one that is held.
    pub portrait: Option<Picture>,
    /// All they said: newest article first, then in the article's order.
    pub quotes: Watched<Box<[PersonQuote]>>,
    /// Of these, those in quotation marks; the rest is reported.
    pub n_direct: Watched<u32>,
    /// Articles that name them, newest first, distinct.
    pub articles: Watched<Box<[ArticleId]>>,
    /// Photographs that show them, newest first, distinct.
    pub photos: Watched<Box<[PhotoId]>>,
    /// Surface forms with how often each stands in the archive, most first, then by words; at most
    /// [`Person::MOST_FORMS`].
    pub forms: Watched<Box<[SurfaceForm]>>,
    /// Offices and descriptions as articles gave them, with in how many; most first, then by words; at most
    /// [`Person::MOST_FORMS`].
    pub roles: Watched<Box<[Role]>>,
    /// People named in the same articles with how many, most first; at most [`Person::MOST_COMPANIONS`].
    pub companions: Watched<Box<[(PersonId, u32)]>>,
    /// People they are not to be confused with: named by a people file, or of the same name; sorted, distinct.
    pub not: Watched<Box<[PersonId]>>,
}

/// One quotation of a person, and where else the same words stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PersonQuote {
    /// Which quotation.
    pub at: QuoteRef,
    /// How many other articles have exactly the same words by the same person.
    pub n_also: u32,
    /// The newest of those, newest first; at most [`Person::MOST_ALSO`].
    pub also_in: Box<[QuoteRef]>,
}

impl Person {
    /// Companions kept.
    pub const MOST_COMPANIONS: usize = 8;
    /// Surface forms kept, and roles.
    pub const MOST_FORMS: usize = 24;
    /// Other articles with the same words kept for a quotation.
    pub const MOST_ALSO: usize = 8;

    /// Says what is taken down when one of the person's lists is looked at.
    pub(super) fn watch(&mut self, id: PersonId) {
        let read = Read::WholePerson(id);
        self.quotes.watch(read);
        self.n_direct.watch(read);
        self.articles.watch(read);
        self.photos.watch(read);
        self.forms.watch(read);
        self.roles.watch(read);
        self.companions.watch(read);
        self.not.watch(read);
    }

    /// Their address below the site's root: `people/ingrid-marsh/`.
    pub fn address(&self) -> String {
        ["people/", &*self.slug, "/"].concat()
    }

    /// Quotations without marks.
    pub fn n_reported(&self) -> usize {
        self.quotes.len() - *self.n_direct as usize
    }

    /// The offices of their people file, newest first; may be empty.
    pub fn offices(&self) -> &[Office] {
        self.authority.as_ref().map_or(&[], |a| &a.offices)
    }

    /// The office they held on a day, the newest where they held several.
    pub fn office_on(&self, day: Date) -> Option<&Office> {
        self.offices().iter().find(|office| office.held_on(day))
    }
}
