use super::{ArticleId, PersonId, PhotoId, Picture, Watched};
use crate::model::{PhotoFact, PictureFacts};
use crate::text::digest::normal_words;
use serde::Serialize;
use std::borrow::Cow;

/// One photograph across the archive: a picture file, or a caption with its credit where no file is held.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhotoRecord {
    /// Eight base-32 characters of a hash of the picture, or of caption and credit; unique and stable.
    pub id: Box<str>,
    /// The file, where it is held.
    pub picture: Option<Picture>,
    /// What is known of it, each field from the first use that gives it; `file` and `shows` are left empty.
    pub facts: PhotoFact,
    /// Where it was used, oldest first; never empty.
    pub uses: Box<[PhotoUse]>,
    /// People shown, in order of use, distinct; those that only the file names stand last.
    pub shows: Box<[PersonId]>,
    /// Of these, those that the file itself names.
    pub shown_by_file: Box<[PersonId]>,
    /// Names in the file that belong to nobody in the archive, or to more than one.
    pub named_by_file: Box<[Box<str>]>,
    /// Which of "caption", "alt", "credit" and "rights" in `facts` are the file's own words.
    pub from_file: Vec<&'static str>,
    /// Which of [`Archive::credits`](super::Archive::credits) it belongs to.
    // A number that moves with other credits; the print takes the group instead.
    #[serde(skip)]
    pub(super) credit: u32,
}

impl PhotoRecord {
    /// What the picture file says of itself, where one is held.
    pub fn file_facts(&self) -> Option<&PictureFacts> {
        self.picture.as_ref().map(|picture| &picture.facts)
    }

    /// What an article says of it, and what the file says where the article is silent, with the names of those fields.
    pub fn told<'f>(&self, said: &'f PhotoFact) -> (Cow<'f, PhotoFact>, Vec<&'static str>) {
        match self.file_facts() {
            Some(file) => filled(said, file),
            None => (Cow::Borrowed(said), Vec::new()),
        }
    }

    /// Its address below the site's root: `photos/k3zq7wma/`.
    pub fn address(&self) -> String {
        format!("photos/{}/", self.id)
    }

    /// The article that used it first.
    pub fn first_use(&self) -> Option<PhotoUse> {
        self.uses.first().copied()
    }
}

/// One use of a photograph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct PhotoUse {
    /// The article.
    pub article: ArticleId,
    /// Which of its `Facts::photos`.
    pub photo: u32,
}

/// The photographs of one agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreditGroup {
    /// Its address on the credits page, unique: `photos/credits/#northsound`.
    pub slug: Box<str>,
    /// The agency; where no agency is known the credit as printed; empty without any credit.
    pub name: Box<str>,
    /// By photographer, those not named last under an empty name; photographs oldest first.
    pub photographers: Watched<Box<[Photographer]>>,
}

/// A photographer and their photographs, oldest first.
pub type Photographer = (Box<str>, Box<[PhotoId]>);

impl CreditGroup {
    /// Its address below the site's root: `photos/credits/#northsound`.
    pub fn address(&self) -> String {
        format!("photos/credits/#{}", self.slug)
    }
}

/// The article's words, and the file's where there are none; with the names of the fields that are the file's.
pub(super) fn filled<'f>(said: &'f PhotoFact, file: &PictureFacts) -> (Cow<'f, PhotoFact>, Vec<&'static str>) {
    let mut facts = Cow::Borrowed(said);
    let mut from_file = Vec::new();
    let caption = file.caption.as_ref().or(file.headline.as_ref());
    if let Some(caption) = caption.filter(|_| said.caption.is_empty()) {
        facts.to_mut().caption = caption.clone();
        from_file.push("caption");
    }
    if let Some(alt) = file.alt.as_ref().filter(|_| said.alt.is_none()) {
        facts.to_mut().alt = Some(alt.clone());
        from_file.push("alt");
    }
    // A credit is taken whole: the file's photographer does not belong to the article's agency.
    if let Some(credit) = file.credit_line().filter(|_| said.credit.is_none()) {
        let facts = facts.to_mut();
        facts.photographer = file.creator.clone();
        facts.agency =
            file.credit.clone().or_else(|| file.source.clone()).filter(|house| file.creator.as_ref() != Some(house));
        facts.credit = Some(credit);
        from_file.push("credit");
    }
    if let Some(rights) = file.rights_line().filter(|_| said.rights.is_none()) {
        facts.to_mut().rights = Some(rights);
        from_file.push("rights");
    }
    (facts, from_file)
}

/// Whether an article and the picture's file credit different people, or different houses where neither names anybody.
///
/// Names are compared by their words, so that "O. Brandt" is not another than "Ola Brandt", nor "AP" than "AP Photo".
pub(super) fn credits_differ(said: &PhotoFact, file: &PictureFacts) -> bool {
    let (Some(credit), Some(_)) = (&said.credit, file.credit_line()) else { return false };
    let words = |names: &[&Option<Box<str>>]| {
        let names: Vec<&str> = names.iter().filter_map(|name| name.as_deref()).collect();
        normal_words(&names.join(" "))
    };
    let share = |one: &str, other: &str| one.split(' ').any(|word| other.split(' ').any(|w| w == word));
    let all = words(&[&file.creator, &file.credit, &file.source, &file.copyright]);
    match (&said.photographer, &file.creator) {
        (Some(ours), Some(_)) => !share(&normal_words(ours), &all),
        _ => !share(&normal_words(credit), &all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(credit: &str, photographer: &str) -> PhotoFact {
        let text = |words: &str| Some(Box::from(words)).filter(|_| !words.is_empty());
        PhotoFact { credit: text(credit), photographer: text(photographer), ..PhotoFact::default() }
    }

    fn file(creator: &str, credit: &str) -> PictureFacts {
        let text = |words: &str| Some(Box::from(words)).filter(|_| !words.is_empty());
        PictureFacts { creator: text(creator), credit: text(credit), ..PictureFacts::default() }
    }

    #[test]
    fn the_articles_words_win() {
        let file = PictureFacts {
            caption: Some("The quay.".into()),
            alt: Some("A quay".into()),
            copyright: Some("© Northsound".into()),
            ..file("Ola Brandt", "Northsound")
        };
        let silent = PhotoFact::default();
        let (facts, from) = filled(&silent, &file);
        assert_eq!(from, ["caption", "alt", "credit", "rights"]);
        assert_eq!(facts.credit.as_deref(), Some("Ola Brandt/Northsound"));
        assert_eq!((facts.photographer.as_deref(), facts.agency.as_deref()), (Some("Ola Brandt"), Some("Northsound")));
        let own = PhotoFact { caption: "The crane.".into(), rights: Some("Free".into()), ..said("Kit Holloway", "") };
        let (facts, from) = filled(&own, &file);
        assert_eq!((from.as_slice(), &*facts.caption), (&["alt"][..], "The crane."));
        assert_eq!((facts.credit.as_deref(), facts.agency.as_deref()), (Some("Kit Holloway"), None));
    }

    #[test]
    fn credits_differ_by_their_names() {
        let check = |ours: PhotoFact, theirs: PictureFacts, expected: bool| {
            assert_eq!(credits_differ(&ours, &theirs), expected, "{ours:?} {theirs:?}");
        };
        check(said("Ola Brandt/Northsound", "Ola Brandt"), file("Ola Brandt", "Northsound"), false);
        check(said("O. Brandt", "O. Brandt"), file("Ola Brandt", ""), false);
        check(said("Northsound", ""), file("Ola Brandt", "Northsound"), false);
        check(said("Ola Brandt", "Ola Brandt"), file("", "Ola Brandt/Northsound"), false);
        check(said("Kit Holloway/Northsound", "Kit Holloway"), file("Ola Brandt", "Northsound"), true);
        check(said("Calder Courier", ""), file("", "Northsound"), true);
        check(said("", ""), file("Ola Brandt", ""), false);
        check(said("Northsound", ""), file("", ""), false);
    }
}
