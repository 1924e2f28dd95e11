//! Floor 4: the join. One person across many articles; the one global step, deterministic whatever the threads did.
