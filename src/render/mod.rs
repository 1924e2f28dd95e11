//! Floor 6: views to HTML. The only room that writes markup, and so the one that escapes.
