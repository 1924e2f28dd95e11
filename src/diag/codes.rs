//! Every finding we can make, by its stable name.
//!
//! Each row has a page in `docs/notes/` and a fixture in `tests/notes/`; a test compares the three.

use super::Severity;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The stable name of a finding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(u16);

impl Code {
    /// The name as printed and as typed, `quote-unclosed`.
    pub fn name(self) -> &'static str {
        CODES[usize::from(self.0)].0
    }

    /// The weight a finding of this kind has.
    pub fn severity(self) -> Severity {
        CODES[usize::from(self.0)].1
    }

    /// All codes, in the order of the table.
    pub fn all() -> impl Iterator<Item = Code> {
        (0..CODES.len()).map(|i| Code(i as u16))
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.name().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <&str>::deserialize(deserializer)?;
        Self::all().find(|code| code.name() == name).ok_or_else(|| D::Error::custom("no finding has this name"))
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $constant:ident = $name:literal $severity:ident;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "the rows' positions, nothing else")]
        enum Row { $($constant),* }
        $($(#[$doc])* pub const $constant: Code = Code(Row::$constant as u16);)*
        const CODES: &[(&str, Severity)] = &[$(($name, Severity::$severity)),*];
    };
}

codes! {
    // reading
    /// The file was not UTF-8; it was decoded by detection.
    ENCODING_GUESSED = "encoding-guessed" Note;
    /// Some bytes meant nothing in the file's encoding.
    BYTES_REPLACED = "bytes-replaced" Warning;
    /// The file holds no words.
    ARTICLE_EMPTY = "article-empty" Warning;
    /// No headline was found.
    HEADLINE_MISSING = "headline-missing" Warning;
    /// Neither path nor text gives a date.
    DATE_MISSING = "date-missing" Warning;
    /// A date was found that no calendar has.
    DATE_UNREAD = "date-unread" Warning;
    /// The front matter is not TOML.
    FRONT_MATTER_BROKEN = "front-matter-broken" Error;
    /// A key that nothing knows.
    KEY_UNKNOWN = "key-unknown" Error;
    /// Two spellings of one key, both given.
    KEY_TWICE = "key-twice" Error;
    /// A value of the wrong type.
    VALUE_TYPE = "value-type" Error;
    /// Raw HTML in Markdown of which something was taken out.
    HTML_CLEANED = "html-cleaned" Warning;
    /// What looks like HTML in Markdown and is none, shown as text.
    HTML_ESCAPED = "html-escaped" Warning;
    /// HTML in Markdown that does not do what it says where it stands.
    HTML_MENDED = "html-mended" Warning;
    /// A link or picture address that is not allowed.
    ADDRESS_REFUSED = "address-refused" Warning;
    /// The ledger of rulings is not TOML.
    RULINGS_BROKEN = "rulings-broken" Error;
    /// A ruling on an article that is not there, or on more than one.
    RULING_UNMET = "ruling-unmet" Error;
    /// A name that is withheld and that no article gives.
    RULING_IDLE = "ruling-idle" Warning;
    /// A name that is withheld and stands in an article in a form that cannot be taken out.
    NAME_REMAINS = "name-remains" Error;
    // annotating
    /// A quotation that is never closed.
    QUOTE_UNCLOSED = "quote-unclosed" Warning;
    /// More quotations than a report can have.
    QUOTES_BEYOND = "quotes-beyond" Warning;
    // what editors decided
    /// A sidecar that is not TOML.
    REVIEW_BROKEN = "review-broken" Error;
    /// An editor's decision whose words are gone from the article.
    REVIEW_STALE = "review-stale" Warning;
    /// Two decisions about the same words.
    REVIEW_TWICE = "review-twice" Warning;
    // joining
    /// Two articles want one address.
    ADDRESS_TAKEN = "address-taken" Warning;
    /// An old address at which another page stands.
    ALIAS_TAKEN = "alias-taken" Error;
    /// Two people files claim one name or one slug.
    PERSON_TWICE = "person-twice" Error;
    /// Two people may be one, or one may be two.
    PERSON_DOUBTFUL = "person-doubtful" Warning;
    /// A people file that names a person nowhere defined.
    PERSON_UNKNOWN = "person-unknown" Warning;
    /// An office whose dates run backwards.
    OFFICE_DATES = "office-dates" Error;
    // media
    /// A picture named by an article is not there.
    PICTURE_MISSING = "picture-missing" Warning;
    /// A picture file that cannot be read.
    PICTURE_BROKEN = "picture-broken" Warning;
    /// Report and picture file name different makers.
    CREDIT_DIFFERS = "credit-differs" Warning;
    // configuration, themes, publishing
    /// `site.toml` is not TOML or asks the impossible.
    CONFIG_BROKEN = "config-broken" Error;
    /// A template that does not parse or render.
    TEMPLATE_BROKEN = "template-broken" Error;
    /// A file of words that is not TOML.
    WORDS_BROKEN = "words-broken" Error;
    /// A word that nothing asks for, or whose places are others than the theme's.
    WORDS_UNFIT = "words-unfit" Warning;
    /// Words of the theme that are not translated.
    WORDS_MISSING = "words-missing" Warning;
    /// A file or folder that cannot be read.
    FILE_UNREADABLE = "file-unreadable" Error;
    /// A file in the content folder or in `static/` of which nothing is made.
    FILE_PASSED_OVER = "file-passed-over" Note;
    /// The output folder is not one we may write.
    OUTPUT_REFUSED = "output-refused" Error;
    /// A file in the output folder, or in the place of the cache, that is not ours.
    OUTPUT_FOREIGN = "output-foreign" Warning;
    // looking over a finished site
    /// A link to a page or a file that is not there.
    LINK_BROKEN = "link-broken" Error;
    /// A link to a place that its page does not have.
    ANCHOR_MISSING = "anchor-missing" Error;
    /// A link outside at which there is nothing.
    LINK_DEAD = "link-dead" Warning;
    /// A picture without words for readers who cannot see it.
    ALT_MISSING = "alt-missing" Warning;
    /// A picture that nobody is credited with.
    CREDIT_MISSING = "credit-missing" Warning;
    /// Several people with one surname in one article.
    SURNAME_SHARED = "surname-shared" Note;
    /// An office that speaks on a day on which nobody is known to hold it.
    TITLE_UNHELD = "title-unheld" Note;
    /// Quotations whose speaker is below the threshold.
    QUOTE_UNSURE = "quote-unsure" Note;
    /// Two articles of the same words.
    ARTICLE_TWICE = "article-twice" Warning;
    /// Two articles of nearly the same words.
    ARTICLE_ALIKE = "article-alike" Warning;
    /// Dates of one article that contradict each other.
    DATE_ORDER = "date-order" Warning;
    /// A date that has not come.
    DATE_FUTURE = "date-future" Note;
    /// A feed or data file that no program can read.
    DATA_BROKEN = "data-broken" Error;
    /// A page heavier than the budget.
    PAGE_HEAVY = "page-heavy" Warning;
    /// A page to which no other page leads.
    PAGE_ORPHAN = "page-orphan" Warning;
    /// A picture that no article uses.
    PICTURE_UNUSED = "picture-unused" Warning;
}
