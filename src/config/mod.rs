//! Floor 2: settings, first as the user wrote them, then as the program means them.

#[deny(clippy::indexing_slicing)]
mod address;
mod host;
mod key;
#[deny(clippy::indexing_slicing)]
mod meant;
#[deny(clippy::indexing_slicing)]
mod pictures;
mod rows;
mod schema;
mod setting;
mod settings;
#[deny(clippy::indexing_slicing)]
mod sheet;
#[deny(clippy::indexing_slicing)]
mod site_toml;
#[deny(clippy::indexing_slicing)]
mod table;
#[deny(clippy::indexing_slicing)]
mod value;

pub use host::Host;
pub use key::Key;
pub use meant::{Given, meant};
pub use rows::SETTINGS;
pub use schema::schema;
pub use setting::{Setting, Takes};
pub use settings::{
    AnnotateSettings, CheckSettings, Css, PictureSettings, ReadSettings, Settings, SiteSettings, SourceSettings,
    Statements,
};
pub use sheet::Sheet;
pub use site_toml::{is_language, site_toml, with_base_url};
pub use table::Table;
pub use value::{Edge, Text};
