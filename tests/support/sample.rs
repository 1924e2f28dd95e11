use super::files::{project, read_tree};
use onrecord::build::{self, BuildOptions, Published, Quiet};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

/// The sample archive, the one in this project's own `content/`, as it is built.
pub(crate) struct Sample {
    /// What the build said.
    pub(crate) published: Published,
    /// Every file by its path.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Sample {
    /// The files whose names end so, as text.
    pub(crate) fn texts<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files.iter().filter(move |(path, _)| path.ends_with(ending)).map(|(path, bytes)| {
            (path.as_str(), std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is not UTF-8")))
        })
    }
}

/// The sample archive as its settings have it; built once for all tests.
pub(crate) fn sample() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(|| build_sample(None))
}

/// The sample archive, at another address.
pub(crate) fn build_sample(base_url: Option<&str>) -> Sample {
    let out = tempfile::tempdir().expect("a temporary folder");
    let published = build_into(&project("."), &out.path().join("public"), base_url);
    Sample { published, files: read_tree(&out.path().join("public")) }
}

/// Builds a site that must build.
pub(crate) fn build_into(root: &Path, out: &Path, base_url: Option<&str>) -> Published {
    let mut options = BuildOptions::new(root);
    options.out = Some(out.to_path_buf());
    options.base_url = base_url.map(str::to_owned);
    // Tests share the root, and must not lock each other out.
    options.cache = false;
    build::run(&options, &Quiet).unwrap_or_else(|failure| panic!("{:#?}", failure.diagnostics))
}
