//! Fingerprints what decides a build's bytes, so that a cache left by another version is known as such.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Everything compiled in: the code, the default theme, and the libraries they stand on.
const SOURCES: [&str; 6] = ["src", "templates", "static", "i18n", "Cargo.toml", "Cargo.lock"];

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut hashers = [DefaultHasher::new(), DefaultHasher::new()];
    hashers[1].write_u8(1);
    let mut feed = |bytes: &[u8]| {
        for hasher in &mut hashers {
            hasher.write_usize(bytes.len());
            hasher.write(bytes);
        }
    };
    // Floating point may round otherwise elsewhere.
    feed(env::var("TARGET").unwrap_or_default().as_bytes());
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        let mut files = Vec::new();
        list(&root.join(source), &mut files);
        files.sort();
        for file in files {
            feed(file.strip_prefix(&root).unwrap_or(&file).as_os_str().as_encoded_bytes());
            feed(&fs::read(&file).unwrap_or_default());
        }
    }
    let [a, b] = hashers.map(|hasher| hasher.finish());
    println!("cargo::rustc-env=ONRECORD_FINGERPRINT={a:016x}{b:016x}");
}

fn list(path: &Path, into: &mut Vec<PathBuf>) {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| list(&entry.path(), into)),
        Err(_) if path.is_file() => into.push(path.to_path_buf()),
        Err(_) => {}
    }
}
