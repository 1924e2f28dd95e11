//! One integration binary keeps the build quick.
