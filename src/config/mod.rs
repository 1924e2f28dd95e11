//! Floor 2: settings, first as the user wrote them, then as the program means them.

mod settings;

pub use settings::{AnnotateSettings, ReadSettings, Settings, SiteSettings};
