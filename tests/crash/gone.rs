//! What is no longer to be read is gone after the next build: from every list, feed, index and picture folder, and from
//! what lies beside the output.

use crate::support::{Session, files_below};
use std::fs;

const NAMED: &str = "+++\ntitle = \"Zanzora sails\"\ndate = 2031-11-14\ntags = [\"Zanzoras\"]\n[[photos]]\nfile = \"zanzora.png\"\nalt = \
     \"Zanzora\"\n+++\n\nThe Zanzora sails. “We zanzora at noon,” said Zelda Zanzora, the master.\n\n![Zanzora](zanzora.png)\n";
const OTHER: &str = "+++\ntitle = \"The quay\"\ndate = 2031-11-12\n+++\n\n“It will hold,” said Ingrid Marsh.\n";
const AT: &str = "content/2031/11/zanzora.md";

/// Files below the site's output, and beside it, that hold the word, in their names or bytes.
fn holding(session: &Session) -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["public", "public.staging"] {
        for path in files_below(&session.path(folder)) {
            let place = session.path(folder).join(&path);
            let words = String::from_utf8_lossy(&fs::read(&place).expect("a file")).to_lowercase();
            if words.contains("zanzor") || path.contains("zanzor") {
                found.push(format!("{folder}/{path}"));
            }
        }
    }
    found
}

fn png() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, 40, 40);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&[7; 1600]).expect("pixels");
    writer.finish().expect("an end");
    out
}

#[test]
fn what_is_withdrawn_is_nowhere_after_the_next_build() {
    let write = |session: &Session, path: &str, words: &str| fs::write(session.path(path), words).expect("a file");
    let with = |line: &str| NAMED.replacen("+++\n", &format!("+++\n{line}\n"), 1);
    type Change<'a> = (&'a str, &'a dyn Fn(&Session));
    let changes: [Change<'_>; 6] = [
        ("deleted", &|session| fs::remove_file(session.path(AT)).expect("removed")),
        ("a draft", &|session| write(session, AT, &with("draft = true"))),
        ("under embargo", &|session| write(session, AT, &with("embargo = 2033-01-01T00:00:00Z"))),
        ("expired", &|session| write(session, AT, &with("expires = 2031-12-01"))),
        ("renamed", &|session| {
            fs::remove_file(session.path(AT)).expect("removed");
            let words = NAMED.replace("Zanzora", "Merrow").replace("zanzora", "merrow");
            write(session, "content/2031/11/merrow.md", &words);
            fs::rename(session.path("content/2031/11/zanzora.png"), session.path("content/2031/11/merrow.png"))
                .expect("renamed");
        }),
        ("withdrawn", &|session| {
            write(
                session,
                "content/rulings.toml",
                &format!(
                    "[[ruling]]\narticle = \"{AT}\"\naction = \"withdraw\"\ndate = 2031-11-20\nreason = \"It was not so.\"\n"
                ),
            );
        }),
    ];
    for (name, change) in changes {
        let session = Session::new()
            .file("site.toml", "title = \"The Calder Record\"\nbase_url = \"https://calder.example/\"\n")
            .file("content/2031/11/quay.md", OTHER)
            .file(AT, NAMED)
            .file("content/2031/11/zanzora.png", png());
        let build = || session.run(&["build", "--now", "2032-01-10"]);
        assert!(build().starts_with("exit 0"), "{name}");
        // A second build that changes something, so that there is a second tree.
        fs::write(session.path("content/2031/11/quay.md"), OTHER.replace("It will", "It shall")).expect("a file");
        assert!(build().starts_with("exit 0"), "{name}");
        let before = holding(&session);
        assert!(before.len() > 10, "{name}: {before:?}");
        change(&session);
        let said = build();
        assert!(said.starts_with("exit 0"), "{name}: {said}");
        let left = holding(&session);
        // At the address of what was withdrawn, a page says so, and is linked where the ledger is shown.
        let told: Vec<&String> = left
            .iter()
            .filter(|path| {
                name != "withdrawn"
                    || fs::read(session.path(path)).is_ok_and(|bytes| {
                        String::from_utf8_lossy(&bytes)
                            .to_lowercase()
                            .replace("2031/11/14/zanzora", "")
                            .replace("2031/11/zanzora", "")
                            .contains("zanzor")
                    })
            })
            .collect();
        assert!(told.is_empty(), "{name}: {told:?}");
        assert!(!left.iter().any(|path| path.ends_with(".png") || path.ends_with(".webp")), "{name}: {left:?}");
    }
}
