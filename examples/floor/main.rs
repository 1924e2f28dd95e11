//! What no generator can do without, for measuring: `floor read FOLDER` reads every file in a folder, and
//! `floor write FOLDER OUT` writes files of the same names and sizes into another.

use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};
use walkdir::WalkDir;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        ["read", folder] => read(Path::new(folder)),
        ["write", folder, out] => write(Path::new(folder), Path::new(out)),
        _ => {
            eprintln!("usage: floor read FOLDER\n       floor write FOLDER OUT");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok((n, bytes)) => {
            println!("{n} files, {bytes} bytes");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads everything; gives how many files and bytes.
fn read(folder: &Path) -> io::Result<(usize, u64)> {
    let files: Vec<PathBuf> = files(folder)?.into_iter().map(|(path, _)| path).collect();
    let bytes = files.par_iter().map(|path| fs::read(path).map(|bytes| bytes.len() as u64)).sum::<io::Result<u64>>()?;
    Ok((files.len(), bytes))
}

/// Writes filler under the same names, folder by folder.
fn write(folder: &Path, out: &Path) -> io::Result<(usize, u64)> {
    let files = files(folder)?;
    let largest = files.iter().map(|(_, len)| *len).max().unwrap_or(0);
    let filler = vec![b'x'; usize::try_from(largest).map_err(io::Error::other)?];
    let mut folders: Vec<&Path> =
        files.iter().filter_map(|(path, _)| path.strip_prefix(folder).ok()?.parent()).collect();
    folders.dedup();
    folders.into_iter().try_for_each(|below| fs::create_dir_all(out.join(below)))?;
    files.par_iter().try_for_each(|(path, len)| {
        let below = path.strip_prefix(folder).map_err(io::Error::other)?;
        fs::write(out.join(below), &filler[..*len as usize])
    })?;
    Ok((files.len(), files.iter().map(|(_, len)| len).sum()))
}

/// All files below a folder with their sizes.
fn files(folder: &Path) -> io::Result<Vec<(PathBuf, u64)>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push((entry.path().to_owned(), entry.metadata()?.len()));
        }
    }
    Ok(files)
}
