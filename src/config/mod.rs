//! Floor 2: settings, first as the user wrote them, then as the program means them.

#![deny(clippy::indexing_slicing, reason = "settings may say anything")]

mod address;
mod host;
mod key;
mod meant;
mod pictures;
mod rows;
mod schema;
mod setting;
mod settings;
mod sheet;
mod site_toml;
mod table;
mod value;

pub use host::Host;
pub use key::{Key, LONGEST_LINE, LONGEST_NAME, MOST_NAMES};
pub use meant::{Given, meant};
pub use rows::SETTINGS;
pub use schema::schema;
pub use setting::{Setting, Takes};
pub use settings::{
    AnnotateSettings, CheckSettings, Css, PictureSettings, ReadSettings, Settings, SiteSettings, SourceSettings,
    Sources, Statements,
};
pub use sheet::Sheet;
pub use site_toml::{is_language, site_toml, with_base_url};
pub use table::Table;
pub use value::{Edge, Text};
