use super::say;
use crate::build::{Progress, Stage};
use std::io::{IsTerminal, Write};
use std::sync::Mutex;

/// One line on a terminal that always says what is being done; nothing elsewhere.
pub(super) struct Line {
    shown: Option<Mutex<Shown>>,
}

struct Shown {
    stage: Stage,
    done: usize,
    total: usize,
}

impl Line {
    /// A line on standard error, where that is a terminal.
    pub(super) fn new() -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self { shown: terminal.then(|| Mutex::new(Shown { stage: Stage::Find, done: 0, total: 0 })) }
    }

    /// Takes the line away, so that what is printed next begins on a clean one.
    pub(super) fn clear(&self) {
        if self.shown.is_some() {
            let _ = write!(anstream::stderr(), "\r\x1b[K");
        }
    }
}

impl Progress for Line {
    fn begin(&self, stage: Stage, total: usize) {
        if let Some(shown) = &self.shown
            && let Ok(mut shown) = shown.lock()
        {
            *shown = Shown { stage, done: 0, total };
            shown.draw();
        }
    }

    fn step(&self) {
        if let Some(shown) = &self.shown
            && let Ok(mut shown) = shown.lock()
        {
            shown.done += 1;
            // A hundred steps at most are drawn: a terminal is slower than we are.
            if shown.done.is_multiple_of((shown.total / 100).max(1)) {
                shown.draw();
            }
        }
    }
}

impl Shown {
    fn draw(&self) {
        let words = self.stage.doing();
        let _ = match self.total {
            0 => write!(anstream::stderr(), "\r\x1b[K{words}"),
            total => write!(
                anstream::stderr(),
                "\r\x1b[K{words}: {} of {}",
                say::grouped(self.done.min(total)),
                say::grouped(total)
            ),
        };
    }
}
