//! Floor 7: order, threads, disk, clock. No other room below touches them.
