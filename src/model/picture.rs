use serde::{Deserialize, Serialize};

/// What a picture file says of itself: its embedded XMP, IPTC-IIM and EXIF, joined in that order.
///
/// Every text is one clean line of bounded length: no control characters, none that turn the direction of writing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PictureFacts {
    /// The headline.
    pub headline: Option<Box<str>>,
    /// The caption (the field calls it description).
    pub caption: Option<Box<str>>,
    /// What a reader who cannot see it should be told.
    pub alt: Option<Box<str>>,
    /// Who made it; several are joined by ", ".
    pub creator: Option<Box<str>>,
    /// The credit line.
    pub credit: Option<Box<str>>,
    /// Whom it was had from.
    pub source: Option<Box<str>>,
    /// The copyright notice.
    pub copyright: Option<Box<str>>,
    /// How it may be used, in words.
    pub terms: Option<Box<str>>,
    /// Where the licence is written down: an `https:` or `http:` address.
    pub licence: Option<Box<str>>,
    /// Where a licence is to be had, as `licence`.
    pub licensor: Option<Box<str>>,
    /// Names of people shown; distinct, in order.
    pub shows: Vec<Box<str>>,
    /// The day it was made: "2031-11-14".
    pub created: Option<Box<str>>,
}

impl PictureFacts {
    /// Takes from `other` what this does not say.
    pub fn fill(&mut self, other: Self) {
        let ours = [
            &mut self.headline,
            &mut self.caption,
            &mut self.alt,
            &mut self.creator,
            &mut self.credit,
            &mut self.source,
            &mut self.copyright,
            &mut self.terms,
            &mut self.licence,
            &mut self.licensor,
            &mut self.created,
        ];
        let theirs = [
            other.headline,
            other.caption,
            other.alt,
            other.creator,
            other.credit,
            other.source,
            other.copyright,
            other.terms,
            other.licence,
            other.licensor,
            other.created,
        ];
        for (ours, theirs) in ours.into_iter().zip(theirs) {
            if ours.is_none() {
                *ours = theirs;
            }
        }
        if self.shows.is_empty() {
            self.shows = other.shows;
        }
    }

    /// Who is to be credited, as a page prints it: "Ola Brandt/Northsound".
    ///
    /// The creator and the credit line (or else the source), where one does not name the other already.
    pub fn credit_line(&self) -> Option<Box<str>> {
        let house = self.credit.as_deref().or(self.source.as_deref());
        match (self.creator.as_deref(), house) {
            (Some(creator), Some(house)) if house.contains(creator) => Some(house.into()),
            (Some(creator), Some(house)) if creator.contains(house) => Some(creator.into()),
            (Some(creator), Some(house)) => Some(format!("{creator}/{house}").into()),
            (one, other) => one.or(other).map(Into::into),
        }
    }

    /// The notice under the picture: copyright, then terms.
    pub fn rights_line(&self) -> Option<Box<str>> {
        match (self.copyright.as_deref(), self.terms.as_deref()) {
            (Some(copyright), Some(terms)) if copyright != terms => {
                let stop = if copyright.ends_with(['.', '!', '?']) { "" } else { "." };
                Some(format!("{copyright}{stop} {terms}").into())
            }
            (one, other) => one.or(other).map(Into::into),
        }
    }
}
