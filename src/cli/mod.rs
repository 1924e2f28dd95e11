//! Floor 9: asks, prints, exits.
