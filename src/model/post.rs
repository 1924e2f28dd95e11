use serde::{Deserialize, Serialize};

/// A post, whoever holds it: "Harbour Minister", "the governor of Merrow".
///
/// Words are in base form and lower case, so that one post is one value however it is put: "Gov. Lucia Ferrant of
/// Merrow" and "the Merrow governor" are both `governor` of `merrow`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Post {
    /// What is held: "minister", "prime minister", "governor".
    pub head: Box<str>,
    /// What tells it from other posts of that head: ["harbour"], ["ansel", "port"]; sorted, distinct, at most
    /// [`Post::MOST`], and empty where the copy says no more than "the governor".
    pub of: Vec<Box<str>>,
}

impl Post {
    /// Words kept in `of`.
    pub const MOST: usize = 4;
}

/// A post as an article ties it to a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PostFact {
    /// The post.
    pub post: Post,
    /// Whether it is held on the article's day, as far as the words say.
    pub standing: Standing,
    /// Whether one person holds it at a time, so that the words alone may stand for the holder.
    pub sole: bool,
    /// Whether it is the post of a place, which nobody holds for two places at once: mayors, governors, bishops.
    pub of_place: bool,
    /// The calling that it is, where it is one.
    pub calling: Option<Calling>,
}

/// Whether somebody holds a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// "Harbour Minister Ingrid Marsh"
    Held,
    /// "former Harbour Minister Aldous Brack"
    Past,
    /// "acting", "deputy", "shadow", "next", "a": something near it, and nobody can say who holds the post itself.
    Other,
}

/// A calling that fills a life: nobody follows two of them in the same years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Calling {
    /// Those who play.
    Sport,
    /// Constables to superintendents.
    Police,
    /// Priests of any faith.
    Church,
    /// Surgeons, nurses.
    Medicine,
    /// Brokers, bakers, engineers.
    Trade,
    /// Teachers.
    School,
    /// Actors, singers.
    Stage,
}
