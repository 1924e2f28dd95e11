//! What each entity of the archive looks like to a page, in sixteen bytes: whether it is as it was a build ago.

use super::watch::WATCHED;
use super::{Archive, ArticleId, OriginId, PersonId, PhotoId, Read, SectionId, TopicId};
use jiff::civil::Date;
use serde::Serialize;
use serde::ser::{self, Serializer};
use std::fmt::{self, Display};
use xxhash_rust::xxh3::{xxh3_128, xxh3_128_with_seed};

/// Knows entities by names that outlive a build, and tells whether they changed.
///
/// Numbers inside an entity are taken as what they point at: articles by path, people, sections and topics by
/// address, photographs by id. So an article that comes between two others changes neither.
#[derive(Debug)]
pub struct Prints<'a> {
    archive: &'a Archive,
    articles: Vec<u128>,
    people: Vec<u128>,
    sections: Vec<u128>,
    topics: Vec<u128>,
    origins: Vec<u128>,
    photos: Vec<u128>,
}

impl<'a> Prints<'a> {
    /// Names everything in an archive.
    pub fn new(archive: &'a Archive) -> Self {
        Self {
            archive,
            articles: archive.articles.unwatched().iter().map(|a| name(1, &a.facts.path)).collect(),
            people: archive.people.unwatched().iter().map(|p| name(2, &p.slug)).collect(),
            sections: archive.sections.unwatched().iter().map(|s| name(3, &s.slug)).collect(),
            topics: archive.topics.unwatched().iter().map(|t| name(4, &t.slug)).collect(),
            origins: archive.origins.unwatched().iter().map(|o| name(6, &o.slug)).collect(),
            photos: archive.photos.unwatched().iter().map(|p| name(5, &p.id)).collect(),
        }
    }

    /// Everything that a page can ask for and that is not a list of other answers; each once.
    pub fn singles(&self) -> Vec<Read> {
        let archive = self.archive;
        let mut reads: Vec<Read> = (0..self.articles.len()).map(|i| Read::Article(ArticleId::new(i))).collect();
        let people = (0..self.people.len()).map(PersonId::new);
        reads.extend(people.flat_map(|id| [Read::Person(id), Read::WholePerson(id)]));
        let sections = (0..self.sections.len()).map(SectionId::new);
        reads.extend(sections.flat_map(|id| [Read::Section(id), Read::WholeSection(id)]));
        let topics = (0..self.topics.len()).map(TopicId::new);
        reads.extend(topics.flat_map(|id| [Read::Topic(id), Read::WholeTopic(id)]));
        let origins = (0..self.origins.len()).map(OriginId::new);
        reads.extend(origins.flat_map(|id| [Read::Origin(id), Read::WholeOrigin(id)]));
        reads.extend((0..self.photos.len()).map(|i| Read::Photo(PhotoId::new(i))));
        reads.extend(archive.calendar.unwatched().days.iter().map(|day| Read::Day(day.date)));
        reads.extend([
            Read::Today,
            Read::Credits,
            Read::Calendar,
            Read::OfficeChanges,
            Read::Corrections,
            Read::Withdrawn,
            Read::Counts,
        ]);
        reads
    }

    /// The lists of all entities of a kind; what each is made of is in [`Prints::singles`].
    pub fn lists(&self) -> [(Read, Vec<Read>); 6] {
        let all = |n: usize, read: fn(usize) -> Read| (0..n).map(read).collect();
        [
            (Read::Articles, all(self.articles.len(), |i| Read::Article(ArticleId::new(i)))),
            (Read::People, all(self.people.len(), |i| Read::WholePerson(PersonId::new(i)))),
            (Read::Sections, all(self.sections.len(), |i| Read::WholeSection(SectionId::new(i)))),
            (Read::Topics, all(self.topics.len(), |i| Read::WholeTopic(TopicId::new(i)))),
            (Read::Origins, all(self.origins.len(), |i| Read::WholeOrigin(OriginId::new(i)))),
            (Read::Photos, all(self.photos.len(), |i| Read::Photo(PhotoId::new(i)))),
        ]
    }

    /// By what a question is known in the next build.
    pub fn name(&self, read: Read) -> u128 {
        let of = |kind: u64, names: &[u128], id: usize| mixed(kind, names[id]);
        match read {
            Read::Article(id) => self.articles[id.index()],
            Read::Person(id) => of(1, &self.people, id.index()),
            Read::WholePerson(id) => of(2, &self.people, id.index()),
            Read::Section(id) => of(1, &self.sections, id.index()),
            Read::WholeSection(id) => of(2, &self.sections, id.index()),
            Read::Topic(id) => of(1, &self.topics, id.index()),
            Read::WholeTopic(id) => of(2, &self.topics, id.index()),
            Read::Origin(id) => of(1, &self.origins, id.index()),
            Read::WholeOrigin(id) => of(2, &self.origins, id.index()),
            Read::Photo(id) => self.photos[id.index()],
            Read::Day(date) => u128::from(Self::day(date)),
            Read::Today => name(7, "today"),
            Read::Articles => name(7, "articles"),
            Read::People => name(7, "people"),
            Read::Sections => name(7, "sections"),
            Read::Topics => name(7, "topics"),
            Read::Origins => name(7, "origins"),
            Read::Photos => name(7, "photos"),
            Read::Credits => name(7, "credits"),
            Read::Calendar => name(7, "calendar"),
            Read::OfficeChanges => name(7, "office changes"),
            Read::Corrections => name(7, "corrections"),
            Read::Withdrawn => name(7, "withdrawn"),
            Read::Counts => name(7, "counts"),
        }
    }

    /// By what the question for a day is known, whether or not it has articles; below 2^31.
    pub fn day(date: Date) -> u32 {
        let (month, day) = (u32::from(date.month().unsigned_abs()), u32::from(date.day().unsigned_abs()));
        (i32::from(date.year()) + 10_000).unsigned_abs() << 9 | month << 5 | day
    }

    /// What the answer to a question looks like. Lists are not answered here: their print is that of their entries'.
    pub fn print(&self, read: Read) -> u128 {
        let archive = self.archive;
        let mut ink = Ink { prints: self, bytes: Vec::with_capacity(4096), whole: true, id: None };
        match read {
            Read::Article(id) => {
                let article = &archive.articles.unwatched()[id.index()];
                ink.take(article);
                let section = &archive.sections.unwatched()[article.section.index()].articles.unwatched();
                let at = article.section_at as usize;
                ink.take(&at.checked_sub(1).and_then(|at| section.get(at)));
                ink.take(&section.get(at + 1));
            }
            Read::Person(id) => ink.outside(&archive.people.unwatched()[id.index()]),
            Read::WholePerson(id) => ink.take(&archive.people.unwatched()[id.index()]),
            Read::Section(id) => ink.outside(&archive.sections.unwatched()[id.index()]),
            Read::WholeSection(id) => ink.take(&archive.sections.unwatched()[id.index()]),
            Read::Topic(id) => ink.outside(&archive.topics.unwatched()[id.index()]),
            Read::WholeTopic(id) => ink.take(&archive.topics.unwatched()[id.index()]),
            Read::Origin(id) => ink.outside(&archive.origins.unwatched()[id.index()]),
            Read::WholeOrigin(id) => ink.take(&archive.origins.unwatched()[id.index()]),
            Read::Photo(id) => {
                let photos = archive.photos.unwatched();
                let photo = &photos[id.index()];
                ink.take(photo);
                ink.take(&id.index().checked_sub(1).map(PhotoId::new));
                ink.take(&Some(id.index() + 1).filter(|at| *at < photos.len()).map(PhotoId::new));
                if let Some(group) = archive.credits.unwatched().get(photo.credit as usize) {
                    ink.outside(group);
                }
            }
            Read::Day(_) => ink.take(&true),
            Read::Today => ink.take(&archive.newest_day()),
            Read::Credits => ink.take(archive.credits.unwatched()),
            Read::Calendar => ink.take(archive.calendar.unwatched()),
            Read::OfficeChanges => ink.take(archive.office_changes.unwatched()),
            Read::Corrections => ink.take(archive.corrections.unwatched()),
            Read::Withdrawn => ink.take(archive.withdrawn.unwatched()),
            Read::Counts => ink.take(&(archive.n_quotes.unwatched(), archive.n_unsure.unwatched())),
            Read::Articles | Read::People | Read::Sections | Read::Topics | Read::Origins | Read::Photos => {}
        }
        xxh3_128(&ink.bytes)
    }
}

fn name(kind: u64, words: &str) -> u128 {
    xxh3_128_with_seed(words.as_bytes(), kind)
}

fn mixed(kind: u64, name: u128) -> u128 {
    xxh3_128_with_seed(&name.to_le_bytes(), kind)
}

/// Writes values down as bytes in which no number of an archive's list stands.
struct Ink<'a> {
    prints: &'a Prints<'a>,
    bytes: Vec<u8>,
    /// Whether what is watched belongs to it.
    whole: bool,
    /// The names of what the next number points at.
    id: Option<&'a [u128]>,
}

impl Ink<'_> {
    fn take(&mut self, value: &impl Serialize) {
        // Writing to memory fails only where a type has no bytes at all; such a value is like no other.
        if value.serialize(&mut *self).is_err() {
            self.bytes.clear();
        }
    }

    fn outside(&mut self, value: &impl Serialize) {
        self.whole = false;
        self.take(value);
        self.whole = true;
    }

    fn number(&mut self, n: u64) {
        self.bytes.extend_from_slice(&n.to_le_bytes());
    }
}

/// Never made.
#[derive(Debug)]
struct Blot;

impl Display for Blot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that cannot be written down")
    }
}

impl std::error::Error for Blot {}

impl ser::Error for Blot {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// One method for each kind of number.
macro_rules! numbers {
    ($($method:ident($type:ty))*) => {
        $(fn $method(self, v: $type) -> Result<(), Blot> {
            self.number(v as u64);
            Ok(())
        })*
    };
}

impl Serializer for &mut Ink<'_> {
    type Ok = ();
    type Error = Blot;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    numbers! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u64(u64) serialize_char(char)
    }

    fn serialize_u32(self, v: u32) -> Result<(), Blot> {
        match self.id.take() {
            // Ids count from one.
            Some(names) => {
                let name = (v as usize).checked_sub(1).and_then(|at| names.get(at)).ok_or(Blot)?;
                self.bytes.extend_from_slice(&name.to_le_bytes());
            }
            None => self.number(v.into()),
        }
        Ok(())
    }

    fn serialize_f32(self, v: f32) -> Result<(), Blot> {
        self.number(v.to_bits().into());
        Ok(())
    }

    fn serialize_f64(self, v: f64) -> Result<(), Blot> {
        self.number(v.to_bits());
        Ok(())
    }

    fn serialize_str(self, v: &str) -> Result<(), Blot> {
        self.serialize_bytes(v.as_bytes())
    }

    fn serialize_bytes(self, v: &[u8]) -> Result<(), Blot> {
        self.number(v.len() as u64);
        self.bytes.extend_from_slice(v);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Blot> {
        self.bytes.push(0);
        Ok(())
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Blot> {
        self.bytes.push(1);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Blot> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Blot> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, index: u32, _: &'static str) -> Result<(), Blot> {
        self.number(index.into());
        Ok(())
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, name: &'static str, value: &T) -> Result<(), Blot> {
        let prints = self.prints;
        self.id = match name {
            WATCHED if !self.whole => return Ok(()),
            "ArticleId" => Some(&prints.articles),
            "PersonId" => Some(&prints.people),
            "SectionId" => Some(&prints.sections),
            "TopicId" => Some(&prints.topics),
            "OriginId" => Some(&prints.origins),
            "PhotoId" => Some(&prints.photos),
            _ => None,
        };
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Blot> {
        self.number(index.into());
        value.serialize(self)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Self, Blot> {
        // Without their number, two lists in a row could share their entries otherwise.
        self.number(len.ok_or(Blot)? as u64);
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Blot> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Blot> {
        Ok(self)
    }

    fn serialize_tuple_variant(self, _: &'static str, index: u32, _: &'static str, _: usize) -> Result<Self, Blot> {
        self.number(index.into());
        Ok(self)
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Self, Blot> {
        self.serialize_seq(len)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Blot> {
        Ok(self)
    }

    fn serialize_struct_variant(self, _: &'static str, index: u32, _: &'static str, _: usize) -> Result<Self, Blot> {
        self.number(index.into());
        Ok(self)
    }
}

/// Entries of lists and tuples, fields of structs: one after the other.
macro_rules! entries {
    ($($trait:ident::$method:ident($($name:ident)?))*) => {
        $(impl ser::$trait for &mut Ink<'_> {
            type Ok = ();
            type Error = Blot;

            fn $method<T: ?Sized + Serialize>(&mut self, $($name: &'static str,)? value: &T) -> Result<(), Blot> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Blot> {
                Ok(())
            }
        })*
    };
}

entries! {
    SerializeSeq::serialize_element()
    SerializeTuple::serialize_element()
    SerializeTupleStruct::serialize_field()
    SerializeTupleVariant::serialize_field()
    SerializeStruct::serialize_field(_name)
    SerializeStructVariant::serialize_field(_name)
}

impl ser::SerializeMap for &mut Ink<'_> {
    type Ok = ();
    type Error = Blot;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Blot> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Blot> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Blot> {
        Ok(())
    }
}
