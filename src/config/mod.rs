//! Floor 2: settings, first as the user wrote them, then as the program means them.

mod address;
mod key;
mod pictures;
mod settings;
mod sheet;
mod site_toml;
mod table;
mod value;

pub use key::Key;
pub use pictures::PICTURE_KEYS;
pub use settings::{
    AnnotateSettings, CheckSettings, PictureSettings, ReadSettings, Settings, SiteSettings, SourceSettings, Statements,
};
pub use sheet::Sheet;
pub use site_toml::{KEYS, is_language, site_toml, with_base_url};
pub use table::Table;
pub use value::{Edge, Text};
