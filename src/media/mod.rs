//! Floor 3: image bytes to facts and sizes.
