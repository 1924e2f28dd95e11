use std::sync::{Condvar, Mutex, PoisonError};

/// Lets as much be at work at once as memory should hold; the rest waits.
pub(super) struct Gate {
    budget: u64,
    taken: Mutex<u64>,
    given_back: Condvar,
}

impl Gate {
    /// `budget` is in bytes.
    pub(super) fn new(budget: u64) -> Self {
        Self { budget, taken: Mutex::new(0), given_back: Condvar::new() }
    }

    /// Does work that takes so many bytes, alone where that is more than the budget. The work must not wait for others.
    pub(super) fn with<T>(&self, bytes: u64, work: impl FnOnce() -> T) -> T {
        let bytes = bytes.min(self.budget);
        let lock = || self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = lock();
        while *taken + bytes > self.budget {
            taken = self.given_back.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += bytes;
        drop(taken);
        // Given back also where the work panics: others must not wait for ever.
        let _back = Back { gate: self, bytes };
        work()
    }
}

struct Back<'g> {
    gate: &'g Gate,
    bytes: u64,
}

impl Drop for Back<'_> {
    fn drop(&mut self) {
        *self.gate.taken.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.gate.given_back.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn no_more_than_the_budget_is_at_work() {
        let (gate, now, most) = (Gate::new(100), AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for bytes in [60, 30, 60, 40, 1000, 10, 60, 90] {
                let (gate, now, most) = (&gate, &now, &most);
                scope.spawn(move || {
                    gate.with(bytes, || {
                        let held = now.fetch_add(bytes.min(100), Ordering::SeqCst) + bytes.min(100);
                        most.fetch_max(held, Ordering::SeqCst);
                        std::thread::yield_now();
                        now.fetch_sub(bytes.min(100), Ordering::SeqCst);
                    });
                });
            }
        });
        assert!(most.into_inner() <= 100);
        assert_eq!(*gate.taken.lock().expect("not poisoned"), 0);
    }
}
