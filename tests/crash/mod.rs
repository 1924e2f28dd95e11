//! Whatever stops a build, the published folder is the whole old site or the whole new one, and the next build repairs
//! the rest.
//!
//! `ONRECORD_KILLS` makes the campaigns longer, `ONRECORD_KILLS_SEED` another. Where something cannot be tried on this
//! machine, the output says so.

mod beside;
mod gone;
#[cfg(unix)]
mod intruders;
mod kills;
mod limits;
mod places;
mod states;
mod step_by_step;

use super::support::{project, read_tree};
use states::States;
