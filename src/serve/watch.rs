use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So long nothing more must happen before what has happened counts as over: an editor that saves writes, renames
/// and removes within a few milliseconds.
const QUIET: Duration = Duration::from_millis(25);
/// So long is waited for that at most: a copy of a thousand files shows as it comes in.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the files are looked at where the system tells nothing.
const POLL: Duration = Duration::from_secs(1);

/// Knows when something in the site's folder has changed.
///
/// Folders are watched, never files: an editor that saves by renaming puts another file in the place of the old one.
pub(super) struct Watch {
    root: PathBuf,
    /// Whether the files are looked at every second instead.
    poll: bool,
    /// What watches, the folders it watches with all in them, and where it tells; none before [`Watch::arm`].
    armed: Option<Armed>,
    notes: Vec<String>,
    bell: Arc<Bell>,
}

/// Wakes whoever waits for a change although there is none.
#[derive(Debug, Default)]
pub(super) struct Bell(Mutex<Option<Sender<Change>>>);

impl Bell {
    /// Rings. Where nobody waits to be told they look by themselves before long.
    pub(super) fn ring(&self) {
        if let Some(waits) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = waits.send(Change::Inside);
        }
    }

    /// Rings because a file of the preview's own is gone.
    pub(super) fn ring_for_loss(&self) {
        if let Some(waits) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = waits.send(Change::Root);
        }
    }
}

struct Armed {
    /// Watches until it is dropped.
    _watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
    changes: Receiver<Change>,
}

#[derive(Debug)]
enum Change {
    /// Something below a watched folder.
    Inside,
    /// Something in the site's folder itself: a watched folder may have come, gone or been replaced.
    Root,
}

impl Watch {
    pub(super) fn new(root: &Path, poll: bool, bell: Arc<Bell>) -> Self {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        Self { root, poll, armed: None, notes: Vec::new(), bell }
    }

    /// Watches these folders of the site's, as far as they are there. What changed before is not told of.
    pub(super) fn arm(&mut self, folders: &[PathBuf]) {
        if self.poll {
            return;
        }
        let folders: BTreeSet<PathBuf> =
            folders.iter().filter_map(|folder| folder.canonicalize().ok()).filter(|folder| folder.is_dir()).collect();
        if self.armed.as_ref().is_some_and(|armed| armed.folders == folders) {
            return;
        }
        match armed(&self.root, folders, &self.bell) {
            Ok(armed) => self.armed = Some(armed),
            // The site's folder, or one in it, has just gone: it may come back.
            Err(error) if !self.root.exists() || matches!(error.kind, notify::ErrorKind::PathNotFound) => {
                self.armed = None;
            }
            Err(error) => {
                (self.armed, self.poll) = (None, true);
                let note = "the system cannot tell what changes here";
                self.notes.push(format!("{note} ({error}); the files are looked at every second"));
            }
        }
    }

    /// What is to be said since the last time.
    pub(super) fn take_notes(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notes)
    }

    /// Waits until something has changed and nothing more does; says whether it may have been in what builds write
    /// themselves.
    pub(super) fn wait(&mut self) -> bool {
        let Some(armed) = &self.armed else {
            std::thread::sleep(POLL);
            return true;
        };
        let mut root = false;
        let mut until = None;
        loop {
            let change = match until {
                None => armed.changes.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(until) if Instant::now() > until => break,
                Some(_) => armed.changes.recv_timeout(QUIET),
            };
            match change {
                Ok(change) => root |= matches!(change, Change::Root),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => {
                    root = true;
                    break;
                }
            }
            until.get_or_insert_with(|| Instant::now() + PATIENCE);
        }
        if root {
            // A folder that was replaced is another folder under the same name, and so may be the site's own.
            self.armed = None;
        }
        root
    }
}

/// Watches a site's folder for what becomes of its own entries, and `folders` with all in them.
fn armed(root: &Path, folders: BTreeSet<PathBuf>, bell: &Bell) -> notify::Result<Armed> {
    let (send, changes) = channel();
    *bell.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(send.clone());
    let mut watcher = watcher(root, send)?;
    for folder in &folders {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    Ok(Armed { _watcher: watcher, folders, changes })
}

/// Tells of each change in the site's folder, and in those that are added later.
fn watcher(root: &Path, send: Sender<Change>) -> notify::Result<RecommendedWatcher> {
    let at = root.to_owned();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let change = match &event {
            // Reading changes nothing, and neither does looking when something was read.
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
            Ok(event)
                if matches!(
                    event.kind,
                    EventKind::Modify(ModifyKind::Metadata(notify::event::MetadataKind::AccessTime))
                ) =>
            {
                return;
            }
            Ok(event) if !event.need_rescan() => {
                // What we write ourselves is below folders of the root that nobody watches; of the root only its own
                // entries are seen.
                let own = |path: &PathBuf| {
                    path.strip_prefix(&at).is_ok_and(|path| OWN.iter().any(|own| path.starts_with(own)))
                };
                // That a whole folder of ours is taken away is another matter.
                let gone = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
                if !gone && !event.paths.is_empty() && event.paths.iter().all(own) {
                    return;
                }
                let in_root = |path: &PathBuf| path.parent() == Some(&at) || *path == at;
                if event.paths.iter().any(in_root) { Change::Root } else { Change::Inside }
            }
            // Something was missed: then anything may have changed.
            Ok(_) | Err(_) => Change::Root,
        };
        // Where nobody waits any longer, nobody need be told.
        let _ = send.send(change);
    })?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    Ok(watcher)
}

/// What builds write in the site's folder.
const OWN: &[&str] = &[".onrecord", "public", "public.staging"];

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn changes_are_noticed_also_in_folders_that_came_later() {
        let site = tempfile::tempdir().expect("a folder");
        let root = site.path();
        let content = root.join("content");
        fs::create_dir(&content).expect("a folder");
        let folders = [content.clone(), root.join("templates")];
        let mut watch = Watch::new(root, false, Arc::default());
        watch.arm(&folders);
        let mut changed = |what: &str, change: &dyn Fn()| {
            change();
            let (done, waited) = channel();
            std::thread::scope(|threads| {
                threads.spawn(|| {
                    watch.wait();
                    watch.arm(&folders);
                    done.send(()).expect("somebody waits");
                });
                assert!(waited.recv_timeout(Duration::from_secs(20)).is_ok(), "{what} was not noticed");
            });
        };
        changed("a new file", &|| fs::write(content.join("a.txt"), "one").expect("a file"));
        changed("a change", &|| fs::write(content.join("a.txt"), "two").expect("a file"));
        changed("a new folder", &|| fs::create_dir(content.join("b")).expect("a folder"));
        changed("a file in it", &|| fs::write(content.join("b/c.txt"), "one").expect("a file"));
        changed("settings", &|| fs::write(root.join("site.toml"), "").expect("a file"));
        changed("templates", &|| fs::create_dir(root.join("templates")).expect("a folder"));
        changed("a template", &|| fs::write(root.join("templates/x.html"), "").expect("a file"));
        changed("a folder put in place of another", &|| {
            fs::rename(&content, root.join("old")).expect("renamed");
            fs::create_dir(&content).expect("a folder");
        });
        changed("a file in the new one", &|| fs::write(content.join("d.txt"), "one").expect("a file"));
        changed("a removal", &|| fs::remove_file(content.join("d.txt")).expect("removed"));
    }
}
