//! Floor 6: views to feeds, indexes and exports.
