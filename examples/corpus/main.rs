//! Writes an archive of any size for measuring: `just corpus 10000`, or
//! `cargo run --release --example corpus -- 10000 FOLDER`.
//!
//! The same number gives the same bytes, on every machine. Half of the articles are wire copy, half
//! Markdown; each has about 450 words, quotations of every kind, some captions with credits and some
//! crossheads. There is a person for every five articles, and a few of them speak most, as in life.
//! People, places and words are made up here.
//!
//! With `--stress` nothing is as in life: one person speaks in every article, all are of one section, and each
//! names twenty people whom no other names. 5,000 articles then have an index of 100,000 people.
//!
//! With `--hugo` the same articles are written as content for the site in `benches/hugo/`: all in Markdown,
//! and with the people who speak in the front matter, since that site cannot find them.

mod chance;
mod people;
mod story;
mod words;

use chance::Chance;
use people::Cast;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

/// Names that no other article has, in each article of a stress archive.
const NAMED: usize = 20;

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Archive,
    Stress,
    Hugo,
}

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let (n, folder) = (args.next().and_then(|n| n.parse::<usize>().ok()), args.next());
    let form = match args.next().as_deref() {
        None => Some(Form::Archive),
        Some("--stress") => Some(Form::Stress),
        Some("--hugo") => Some(Form::Hugo),
        Some(_) => None,
    };
    let (Some(n), Some(folder), Some(form), None) = (n, folder, form, args.next()) else {
        eprintln!("usage: corpus NUMBER FOLDER [--stress | --hugo]");
        return ExitCode::from(2);
    };
    match write(n, &PathBuf::from(&folder), form) {
        Ok(()) => {
            println!("{n} articles in {folder}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes `n` articles with settings and people files into a folder that must be new or empty.
fn write(n: usize, folder: &Path, form: Form) -> io::Result<()> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(io::Error::other("the folder is not empty"));
    }
    let content = folder.join("content");
    fs::create_dir_all(&content)?;
    let cast = Cast::new(n / 5 + 8, &mut Chance::new(1));
    if form != Form::Hugo {
        fs::create_dir_all(content.join("people"))?;
        fs::write(
            folder.join("site.toml"),
            "title = \"The Measured Record\"\ndescription = \"An archive for measuring\"\n\
             base_url = \"https://measured.example/\"\ntimezone = \"Europe/London\"\nnow = 2200-01-01\n",
        )?;
        for person in cast.people.iter().take(n / 200 + 4) {
            fs::write(content.join("people").join(format!("{}.md", person.slug())), person.file())?;
        }
    }
    let crowd = if form == Form::Stress {
        Cast::new(n * NAMED, &mut Chance::new(2))
    } else {
        Cast::new(0, &mut Chance::new(2))
    };
    for i in 0..n {
        // Each article has its own chance, so that a larger archive begins with the smaller one.
        let mut story = story::Story::new(i, n, &cast, &mut Chance::new(1_000 + i as u64));
        if form == Form::Stress {
            story.strain(&cast.people[0], &crowd.people[i * NAMED..(i + 1) * NAMED]);
        }
        let day = content.join(format!("{:04}/{:02}", story.date.year(), story.date.month()));
        fs::create_dir_all(&day)?;
        let stem = format!("{:02}-{}", story.date.day(), story.slug);
        match form {
            Form::Hugo => fs::write(day.join(format!("{stem}.md")), story.hugo())?,
            _ if i % 2 == 0 => fs::write(day.join(format!("{stem}.txt")), story.wire())?,
            _ => fs::write(day.join(format!("{stem}.md")), story.markdown())?,
        }
        if let Some(drawing) = story.drawing() {
            fs::write(day.join(format!("{stem}.svg")), drawing)?;
        }
    }
    Ok(())
}
