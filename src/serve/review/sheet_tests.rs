use super::super::entry::Entry;
use super::Sheet;
use proptest::prelude::*;

fn entry(exact: &str, speaker: &str) -> Entry {
    Entry { exact: vec![exact.to_owned()], speaker: Some(speaker.to_owned()), ..Entry::default() }
}

fn check(text: &str, taken: &[usize], put: &[Entry], expected: &str) {
    let sheet = Sheet::read(text).expect("a sidecar");
    assert_eq!(sheet.replaced(taken, put).as_deref(), Ok(expected));
}

#[test]
fn an_entry_is_added_at_the_end() {
    check("", &[], &[entry("a “b”", "?")], "[[quotation]]\nexact   = \"a “b”\"\nspeaker = \"?\"\n");
    check("# mine", &[], &[entry("a", "?")], "# mine\n\n[[quotation]]\nexact   = \"a\"\nspeaker = \"?\"\n");
    check(
        "# mine\r\n",
        &[],
        &[entry("a", "?")],
        "# mine\r\n\r\n[[quotation]]\r\nexact   = \"a\"\r\nspeaker = \"?\"\r\n",
    );
    let full = Entry {
        exact: vec!["a\\b".to_owned(), "c\u{202e}\n\"d\"".to_owned()],
        date: Some("2031-11-16".to_owned()),
        ..Entry::default()
    };
    check("", &[], &[full], "[[quotation]]\nexact   = [\"a\\\\b\", \"c\\u202E\\n\\\"d\\\"\"]\ndate    = 2031-11-16\n");
}

#[test]
fn only_keys_that_differ_are_changed() {
    let file = "# head\n[[quotation]] # one\n# by phone\nspeaker='ivo-marsh'   # sure?\nexact = 'a'\nnote = 'kept' # why\n\n# two\n\n[[quotation]]\nexact = \"b\"";
    let note = |speaker: &str, note: Option<&str>| Entry { note: note.map(str::to_owned), ..entry("a", speaker) };
    check(file, &[0], &[note("ingrid-marsh", Some("kept"))], &file.replace("'ivo-marsh'", "\"ingrid-marsh\""));
    check(file, &[0], &[note("ivo-marsh", None)], &file.replace("note = 'kept' # why", "# why"));
    check(file, &[1], &[entry("b", "?")], &(file.to_owned() + "\nspeaker = \"?\"\n"));
    check(file, &[0], &[], "# head\n\n# two\n\n[[quotation]]\nexact = \"b\"");
    check(
        file,
        &[1],
        &[Entry { exact: vec!["b".to_owned()], ..Entry::default() }, entry("c", "?")],
        &(file.to_owned() + "\n\n[[quotation]]\nexact   = \"c\"\nspeaker = \"?\"\n"),
    );
}

#[test]
fn what_cannot_be_read_is_refused() {
    let refused = |text: &str| assert!(Sheet::read(text).is_err(), "{text}");
    refused("[[quotation]\n");
    refused("quotation = [{ exact = \"a\" }]\n");
    refused("quotation = [1]\n");
    refused("[[quotation]]\nexact = 1\n");
    refused("[[quotation]]\nspeaker = ['a']\n");
    // What stands there is no list of entries, and one cannot be made beside it.
    let sheet = Sheet::read("quotation = 1\n").expect("a table");
    assert!(sheet.replaced(&[], &[entry("a", "?")]).is_err());
}

/// A line of a file that is nobody's entry, or that an entry keeps whatever becomes of it.
fn foreign() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[ a-z]{0,8}".prop_map(|words| format!("#{words}[[quotation]] \"")),
        "[ a-z]{0,8}".prop_map(|words| format!("  # {words} '''")),
    ]
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z ]{0,6}", "[“”\"'\\\\#\\[\\]=\u{202e}\u{7}é]{0,4}"]
}

fn some_entry() -> impl Strategy<Value = Entry> {
    let maybe = || proptest::option::of(words());
    (proptest::collection::vec(words(), 1..3), maybe(), maybe(), maybe(), maybe(), proptest::bool::ANY).prop_map(
        |(exact, prefix, speaker, kind, note, dated)| Entry {
            exact,
            prefix,
            speaker,
            kind,
            note,
            date: dated.then(|| "2031-11-16".to_owned()),
            ..Entry::default()
        },
    )
}

/// A file with these lines in it, and the lines that are to stay.
fn file(head: &[String], entries: &[(Entry, Vec<String>)], end: &str, flip: bool) -> String {
    let mut lines: Vec<String> = head.to_vec();
    lines.push("x = \"[[quotation]]\"".to_owned());
    for (entry, own) in entries {
        let written = entry.written("\n");
        let mut keys: Vec<String> = written.lines().skip(1).map(str::to_owned).collect();
        if flip {
            keys.reverse();
        }
        lines.push("[[quotation]] # here".to_owned());
        for (n, line) in own.iter().enumerate() {
            lines.push(line.clone());
            lines.extend((n < keys.len()).then(|| keys[n].clone()));
        }
        lines.extend(keys.into_iter().skip(own.len()));
    }
    lines.join(end) + end
}

proptest! {
    #[test]
    fn any_changes_keep_all_that_is_not_theirs(
        head in proptest::collection::vec(foreign(), 0..4),
        entries in proptest::collection::vec((some_entry(), proptest::collection::vec(foreign(), 0..4)), 0..4),
        crlf in proptest::bool::ANY,
        flip in proptest::bool::ANY,
        changes in proptest::collection::vec((proptest::collection::vec(0_usize..5, 0..3), proptest::collection::vec(some_entry(), 0..3)), 1..6),
    ) {
        let end = if crlf { "\r\n" } else { "\n" };
        let mut text = file(&head, &entries, end, flip);
        for (mut taken, put) in changes {
            let sheet = Sheet::read(&text).expect("a sidecar");
            taken.retain(|at| *at < sheet.entries().len());
            taken.sort_unstable();
            taken.dedup();
            let now = sheet.replaced(&taken, &put).expect("a change");
            // Outside the entries that were taken, and below the last key of each, every line stays, in its order.
            let mut stays: Vec<&str> = Vec::new();
            let mut from = 0;
            for at in &taken {
                let whole = &sheet.places[*at].whole;
                stays.extend(text[from..whole.start].lines());
                if put.len() > taken.iter().position(|other| other == at).expect("it is there") {
                    stays.extend(text[whole.clone()].lines().filter(|line| line.trim_start().starts_with('#')));
                }
                from = whole.end;
            }
            stays.extend(text[from..].lines());
            let mut lines = now.lines();
            for line in stays.iter().filter(|line| !line.trim().is_empty()) {
                prop_assert!(lines.any(|other| other == *line), "{line:?} has gone from {now}");
            }
            prop_assert!(now.is_empty() || now.contains('\n'));
            if crlf {
                prop_assert!(!now.replace("\r\n", "").contains('\n'), "another line end in {now:?}");
            }
            if taken.is_empty() && put.is_empty() {
                prop_assert_eq!(&now, &text);
            }
            text = now;
        }
    }

    #[test]
    fn nothing_makes_it_panic(text in "(\\[\\[quotation\\]\\]\n|exact = \"a\"\n|#x\n|[a-z\\[\\]=\"'#\n ]){0,30}") {
        if let Ok(sheet) = Sheet::read(&text) {
            let all: Vec<usize> = (0..sheet.entries().len()).collect();
            let _ = sheet.replaced(&all, &[entry("a", "?")]);
            let _ = sheet.replaced(&[], &[entry("a", "?")]);
        }
    }

    #[test]
    fn what_is_added_and_taken_away_again_leaves_the_file_as_it_was(
        head in proptest::collection::vec(foreign(), 0..4),
        entries in proptest::collection::vec((some_entry(), proptest::collection::vec(foreign(), 0..2)), 0..3),
        new in some_entry(),
    ) {
        let text = file(&head, &entries, "\n", false);
        let more = Sheet::read(&text).expect("a sidecar").replaced(&[], &[new]).expect("added");
        let last = entries.len();
        let back = Sheet::read(&more).expect("a sidecar").replaced(&[last], &[]).expect("removed");
        prop_assert_eq!(back.trim_end(), text.trim_end());
    }
}
