use crate::diag::{Diagnostic, codes};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// A site while it is begun: what was made, and what was there.
#[derive(Debug)]
pub struct Start {
    root: PathBuf,
    /// Every file asked for, in order.
    pub files: Vec<Made>,
    /// Stories and pictures that were copied.
    pub copied: usize,
    /// What was said of files that lie among the stories and were not copied.
    pub passed: Vec<Diagnostic>,
}

/// A file that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// From the site's folder.
    pub path: String,
    /// Whether it was there already, and stays as it is.
    pub kept: bool,
}

impl Start {
    pub(super) fn new(root: &Path) -> Result<Self, Diagnostic> {
        fs::create_dir_all(root).map_err(|error| fault(&root.display().to_string(), "cannot be made", &error))?;
        let root =
            fs::canonicalize(root).map_err(|error| fault(&root.display().to_string(), "cannot be read", &error))?;
        Ok(Self { root, files: Vec::new(), copied: 0, passed: Vec::new() })
    }

    /// The site's folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Writes a file, unless there is one: a file that is there is never touched.
    pub(super) fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let kept = !self.put(path, |file| file.write_all(bytes))?;
        self.files.push(Made { path: path.to_owned(), kept });
        Ok(())
    }

    /// Copies a file, unless there is one of its name.
    pub(super) fn copy(&mut self, from: &Path, path: &str) -> Result<(), Diagnostic> {
        let mut bytes =
            fs::File::open(from).map_err(|error| fault(&from.display().to_string(), "cannot be read", &error))?;
        if self.put(path, |file| io::copy(&mut bytes, file).map(drop))? {
            self.copied += 1;
        } else {
            self.files.push(Made { path: path.to_owned(), kept: true });
        }
        Ok(())
    }

    /// Makes a file and has it filled; says whether it was made.
    fn put(&self, path: &str, fill: impl FnOnce(&mut fs::File) -> io::Result<()>) -> Result<bool, Diagnostic> {
        let place = self.root.join(path);
        let failed = |error: io::Error| fault(path, "cannot be written", &error);
        let mut folder = self.root.clone();
        for step in Path::new(path).parent().into_iter().flat_map(Path::components) {
            folder.push(step);
            if folder.symlink_metadata().is_err() {
                fs::create_dir(&folder).map_err(failed)?;
            }
            // A link among the folders could lead out of the site.
            if !fs::canonicalize(&folder).map_err(failed)?.starts_with(&self.root) {
                return Err(Diagnostic::new(
                    codes::FILE_UNREADABLE,
                    path,
                    "this file would lie outside the site’s folder",
                )
                .note("nothing was written there")
                .help("take the link out, or begin the site in the folder that it leads to"));
            }
        }
        match OpenOptions::new().write(true).create_new(true).open(&place) {
            Ok(mut file) => fill(&mut file).map(|()| true).map_err(failed),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(failed(error)),
        }
    }
}

/// A file that the system refuses us.
pub(super) fn fault(path: &str, what: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::new(codes::FILE_UNREADABLE, path, format!("`{path}` {what}: {error}"))
        .help("see that it may be read and written, and begin again: what was made stays")
}
