//! Floor 8: keeps running.
