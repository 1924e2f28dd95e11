//! Floor 2: the nouns of the newsroom. Values without behaviour of their own; no I/O, no clock.

mod annotations;
mod article;
mod authority;
mod facts;
mod moment;
mod picture;
mod post;
mod ruling;
mod sidecar;
mod source;

pub(crate) use annotations::index;
pub use annotations::{
    Annotations, Chain, ChainId, Form, Gender, Kind, Mention, MentionId, Quote, QuotePart, Rule, Sentence,
};
pub use article::{
    Article, Block, BlockKind, Container, ContainerKind, Correction, Credit, Furniture, Mark, MarkKind, Notice, Part,
    Photo, Run, Status,
};
pub use authority::{Authority, AuthorityPerson, Office};
pub use facts::{ChainFact, Facts, PhotoFact, QuoteFact};
pub use moment::Moment;
pub use picture::PictureFacts;
pub use post::{Calling, Post, PostFact, Standing};
pub use ruling::{Action, Anonymity, Ledger, Ruling, Target};
pub use sidecar::{Checked, Decision, PersonAt, Sidecar, Voice};
pub use source::{Encoding, Source};
