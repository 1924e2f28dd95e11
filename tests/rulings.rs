//! What was decided about articles after they were published holds in every byte of the output.

use super::support::Session;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

type Tree = BTreeMap<String, Vec<u8>>;

/// Builds, and beside it from nothing: the same bytes. Gives what was published.
fn build(session: &Session) -> Tree {
    let said = session.run(&["build", "--now", "2032-01-01"]);
    assert!(said.starts_with("exit 0\n"), "{said}");
    let warm = session.tree("public");
    session.run(&["build", "--now", "2032-01-01", "--no-cache", "--out", "cold"]);
    assert!(warm == session.tree("cold"), "the warm build differs from one from nothing");
    warm
}

fn page<'a>(tree: &'a Tree, path: &str) -> &'a str {
    std::str::from_utf8(tree.get(path).unwrap_or_else(|| panic!("{path} is not there"))).expect("text")
}

/// Files whose path or bytes hold a word, whatever its case and accents.
fn holding(tree: &Tree, word: &str) -> Vec<String> {
    let plain = |text: &str| -> String {
        let seen = text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c) && *c != '\u{ad}');
        seen.collect::<String>().to_lowercase()
    };
    let holds = |(path, bytes): (&String, &Vec<u8>)| {
        let text = plain(&String::from_utf8_lossy(bytes));
        (text.contains(word) || plain(path).contains(word)).then(|| path.clone())
    };
    tree.iter().filter_map(holds).collect()
}

const QUAY: &str = "Harbour\n\nQuay reopens after storm\n\nFriday 14 November 2031, 5.20pm\n\n\
    PORT ANSEL — The quay reopened on Friday. “It will hold,” said Ingrid Marsh, the Harbour Minister.\n";
const LAMP: &str =
    "+++\ntitle = \"The lamp is out\"\naliases = [\"/old/lamp/\"]\n+++\n\n“It will burn again,” Tobias Renn said.\n";

fn site(rulings: &str) -> Session {
    Session::new()
        .file("site.toml", "base_url = \"https://calder.example/\"\n")
        .file("content/2031/11/14-quay.txt", QUAY)
        .file("content/2031/11/15-lamp.md", LAMP)
        .file("content/2031/11/16-lamp.md", "+++\ntitle = \"The lamp again\"\n+++\n\n“It burns,” Ola Brandt said.\n")
        .file("content/rulings.toml", rulings)
}

#[test]
fn corrections_and_notices_stand_where_readers_look() {
    let session = site(
        "[[ruling]]\narticle = \"https://calder.example/2031/11/14/quay/\"\naction = \"correct\"\ndate = 2031-11-20\n\
         reason = \"The quay reopened on Thursday.\"\nwas = \"on Friday\"\nnow = \"on Thursday\"\nreference = \"desk 4711\"\n\n\
         [[ruling]]\narticle = \"content/2031/11/15-lamp.md\"\naction = \"notice\"\ndate = 2031-11-21\n\
         reason = \"The keeper disputes <this> report.\"\n",
    );
    let tree = build(&session);
    for path in
        ["2031/11/14/quay/index.html", "2031/11/14/quay/index.json", "corrections/index.html", "corrections/atom.xml"]
    {
        assert!(page(&tree, path).contains("The quay reopened on Thursday."), "{path}");
    }
    let lamp = page(&tree, "2031/11/15/lamp/index.html");
    assert!(lamp.contains("The keeper disputes &lt;this&gt; report."), "{lamp}");
    assert!(page(&tree, "atom.xml").contains("disputes"), "the feed tells it too");
    assert!(page(&tree, "2031/11/15/lamp/index.json").contains("The keeper disputes"));
    assert_eq!(holding(&tree, "4711"), [""; 0], "a private reference is published");
}

#[test]
fn a_page_left_out_of_search_engines_stays_for_readers() {
    let session = site("[[ruling]]\narticle = \"/2031/11/14/quay/\"\naction = \"noindex\"\ndate = 2031-11-20\n");
    let tree = build(&session);
    assert!(page(&tree, "2031/11/14/quay/index.html").contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(!page(&tree, "sitemap.xml").contains("/quay/"));
    assert!(page(&tree, "people/ingrid-marsh/index.html").contains("It will hold"));
}

#[test]
fn a_withdrawn_article_keeps_its_address_and_nothing_else() {
    let ruling = "[[ruling]]\narticle = \"/2031/11/15/lamp/\"\naction = \"withdraw\"\ndate = 2031-11-20\n\
        reason = \"By order of the court.\"\n";
    let session = site(ruling);
    let tree = build(&session);
    let stone = page(&tree, "2031/11/15/lamp/index.html");
    assert!(stone.contains("By order of the court.") && stone.contains("noindex"), "{stone}");
    assert!(page(&tree, "old/lamp/index.html").contains("/2031/11/15/lamp/"), "old addresses lead to it");
    for word in ["lamp is out", "renn", "burn again"] {
        assert_eq!(holding(&tree, word), [""; 0], "{word}");
    }
    assert!(!page(&tree, "sitemap.xml").contains("/2031/11/15/"));
    assert!(!tree.contains_key("2031/11/15/lamp/index.json") && !tree.contains_key("2031/11/15/lamp/received.txt"));

    // Without the ruling all is back; with the file deleted too, only the ruling knows the address.
    std::fs::write(session.path("content/rulings.toml"), "").expect("a file");
    assert!(!holding(&build(&session), "renn").is_empty());
    std::fs::remove_file(session.path("content/2031/11/15-lamp.md")).expect("removed");
    std::fs::write(session.path("content/rulings.toml"), format!("{ruling}deleted = true\n")).expect("a file");
    assert!(page(&build(&session), "2031/11/15/lamp/index.html").contains("By order of the court."));
}

#[test]
fn the_one_that_stays_keeps_its_address_when_its_twin_is_withdrawn() {
    let twin =
        |n: u8| format!("+++\ntitle = \"Twin {n}\"\nslug = \"twin\"\ndate = 2031-11-14\n+++\n\nWords of twin {n}.\n");
    let session = Session::new().file("content/a.md", twin(1)).file("content/b.md", twin(2));
    let addresses = |tree: &Tree| -> Vec<String> {
        tree.keys()
            .filter(|path| path.starts_with("2031/11/14/twin") && path.ends_with("index.html"))
            .cloned()
            .collect()
    };
    let before = build(&session);
    let [second, first] = &addresses(&before)[..] else { panic!("{:?}", addresses(&before)) };
    assert!(page(&before, second).contains("<h1>Twin 2"));
    let ruling =
        |article: &str| format!("[[ruling]]\narticle = \"{article}\"\naction = \"withdraw\"\ndate = 2031-11-20\n");

    let session = session.file("content/rulings.toml", ruling("content/a.md"));
    let after = build(&session);
    assert!(page(&after, second).contains("<h1>Twin 2") && !page(&after, first).contains("<h1>Twin 1"));
    // The second by its address, which has a suffix of its own.
    let session = session.file("content/rulings.toml", ruling(second.trim_end_matches("index.html")));
    let after = build(&session);
    assert!(page(&after, first).contains("<h1>Twin 1") && !page(&after, second).contains("<h1>Twin 2"));
}

#[test]
fn a_ruling_sets_embargo_and_expiry() {
    let session = site(
        "[[ruling]]\narticle = \"/2031/11/14/quay/\"\naction = \"embargo-until\"\nuntil = 2032-02-01\ndate = 2031-11-20\n\n\
         [[ruling]]\narticle = \"/2031/11/15/lamp/\"\naction = \"expire\"\nuntil = 2031-12-01T12:00:00Z\ndate = 2031-11-20\n",
    );
    let tree = build(&session);
    assert_eq!(holding(&tree, "it will hold"), [""; 0]);
    assert_eq!(holding(&tree, "burn again"), [""; 0]);
    let due = session.run(&["due", "--now", "2032-01-01"]);
    assert!(due.contains("2032-02-01T00:00:00Z") && due.contains("14-quay.txt: embargo ends"), "{due}");
}

#[test]
fn what_cannot_be_carried_out_publishes_nothing() {
    let check = |rulings: &str, expected: &[&str]| {
        let session = site("");
        build(&session);
        let before = session.tree("public");
        std::fs::write(session.path("content/rulings.toml"), rulings).expect("a file");
        let said = session.run(&["build"]);
        assert!(said.starts_with("exit 1\n"), "{said}");
        for words in expected {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert!(before == session.tree("public"), "the published site was touched");
    };
    let ruling =
        |article: &str| format!("[[ruling]]\narticle = \"{article}\"\naction = \"withdraw\"\ndate = 2031-11-20\n");
    check(&ruling("/2031/11/13/quay/"), &["ruling-unmet", "rulings.toml:1", "did you mean `/2031/11/14/quay/`?"]);
    check(&ruling("content/2031/11/13-quay.txt"), &["no article is called"]);
    check(&format!("{}deleted = true\n", ruling("/2031/11/14/quay/")), &["is still there"]);
    check(&format!("{}deleted = true\n", ruling("/people/ingrid-marsh/")), &["no article can have had"]);
    check("[[ruling]]\naction = \"withdraw\"\n", &["has no `article`", "has no `date`"]);
    check("[[ruling]\n", &["rulings-broken"]);
}

/// A name in whatever form, in whatever place; the output must not give it in any.
#[test]
fn a_name_that_is_withheld_is_in_no_byte_of_a_thousand_articles() {
    let mut session = Session::new()
        .file("site.toml", "base_url = \"https://calder.example/\"\nquotation_pages = true\ntei = true\n")
        .file("content/people/zerlina-quarrow.md", "+++\nname = \"Zerlina Quarrow\"\n+++\n\nA diver.\n")
        .file(
            "content/people/edda-holm.md",
            "+++\nname = \"Edda Holm\"\n+++\n\nEdda Holm worked with Zerlina Quarrow.\n",
        )
        .file(
            "content/2031/01/diver.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><title>Zerlina Quarrow</title></svg>",
        )
        .file("static/list.txt", "Zerlina Quarrow, diver\n");
    let forms = [
        "“The bore is dry,” Zerlina Quarrow said. Ms Quarrow, 34, smiled.",
        "ZERLINA QUARROW was there. “No,” Quarrow’s lawyer said. Zerlina wept.",
        "Dr Zerlina A. Quarrow and the Quarrow report.",
        "She is **Zerlina** *Quarrow*, said Edda Holm.",
        "Zerlina\nQuarrow said “yes” twice.",
        "Ze\u{301}rlina Quar\u{ad}row told the court.",
        "Zerlina&nbsp;Quarrow dived.",
        "Quarrow, Zerlina: see [her page](https://divers.example/zerlina-quarrow/).",
        "“I saw Zerlina-Quarrow,” Tobias Renn said of @zequarrow.",
        "![Zerlina Quarrow at the quay](diver.svg \"Zerlina Quarrow. (Northsound)\")",
    ];
    for n in 0..1000 {
        let form = forms[n % forms.len()];
        let (month, day) = (n / 28 % 12 + 1, n % 28 + 1);
        let head = match n % 5 {
            0 => "title = \"Zerlina Quarrow is heard\"\ntags = [\"Zerlina Quarrow\", \"divers\"]".to_owned(),
            1 => format!("title = \"Quarrow heard\"\naliases = [\"/old/zerlina-quarrow-{n}/\"]"),
            2 => format!("title = \"A diver\"\nslug = \"zerlina-quarrow-{n}\"\nsection = \"Divers\""),
            3 => {
                "title = \"A diver\"\nauthors = [\"Zerlina Quarrow\"]\ndescription = \"Of Zerlina Quarrow\"".to_owned()
            }
            _ => "title = \"Hearing goes on\"\n[[corrections]]\ndate = 2031-12-30\ntext = \"It was Zerlina Quarrow.\""
                .to_owned(),
        };
        let name = if n % 7 == 0 { "zerlina-quarrow" } else { "diver" };
        session = session.file(
            &format!("content/2031/{month:02}/{day:02}-{name}-{n}.md"),
            format!("+++\n{head}\n+++\n\n{form}\n\nEdda Holm asked Zerlina Quarrow to speak.\n"),
        );
    }
    session = session
        .file("content/2031/12/31-secret.md", "+++\ntitle = \"Bexcomb wins\"\n+++\n\n“A bexcomb,” Hedda Vrill said.\n");
    session = session.file(
        "content/rulings.toml",
        "[[ruling]]\naction = \"anonymise\"\nname = \"Zerlina Quarrow\"\nalso = [\"@zequarrow\"]\nas = \"the diver\"\n\
         date = 2031-12-01\nreason = \"The court withholds the name of Zerlina Quarrow.\"\nreference = \"Quarrow v Merrow\"\n\n\
         [[ruling]]\narticle = \"/2031/12/31/secret/\"\naction = \"withdraw\"\ndate = 2031-12-31\n",
    );
    let said = session.run(&["build", "--now", "2032-01-01"]);
    assert!(said.starts_with("exit 0\n") && said.contains("1,000 reports"), "{said}");
    assert!(!said.contains("picture-missing"), "a picture that is withheld is not missed: {said}");
    let tree = session.tree("public");
    for word in ["quarrow", "zerlina", "bexcomb", "vrill"] {
        let leaks = holding(&tree, word);
        assert!(leaks.is_empty(), "{word}: {} files, {:?}", leaks.len(), &leaks[..leaks.len().min(8)]);
    }
    let told = tree.values().filter(|bytes| String::from_utf8_lossy(bytes).contains("the diver")).count();
    assert!(told > 1000, "something stands in its place: {told}");
    assert!(page(&tree, "2031/12/31/secret/index.html").contains("Withdrawn"));
    // The built site says why.
    let report = tree
        .keys()
        .find(|path| path.starts_with("2031/01/02/diver") && path.ends_with("index.html"))
        .expect("a report");
    assert!(page(&tree, report).contains("The court withholds the name of the diver."));
}

/// Names of every build, and all that could give them away: pictures, people files, sidecars, the ledger itself.
#[test]
fn nothing_beside_the_articles_gives_a_name_away_either() {
    let ruling = |name: &str, instead: &str| {
        format!(
            "[[ruling]]\naction = \"anonymise\"\nname = \"{name}\"\nas = \"{instead}\"\ndate = 2031-12-01\n\
             reason = \"Ms Zorblax asked the court, and Quibble did.\"\n"
        )
    };
    let withdraw = |article: &str, more: &str| {
        format!("[[ruling]]\narticle = \"{article}\"\naction = \"withdraw\"\ndate = 2031-12-02\n{more}")
    };
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><title>A quay</title></svg>";
    let drawing = |n: u8| svg.replace("A quay", &format!("Quay {n}"));
    let session = Session::new()
        .file("site.toml", "base_url = \"https://calder.example/\"\nquotation_pages = true\ntei = true\n")
        .file(
            "content/2031/11/14-tunnel.md",
            "+++\ntitle = \"Zorblax is heard\"\n+++\n\n“It is wet,” said Jan van der Zorblax. “Very,” Mr Zorblax added.\n\n\
             ![Jan van der Zorblax on the quay](shown.svg)\n\n![A boat](boat.svg)\n",
        )
        .file("content/2031/11/14-tunnel.annotations.toml", "[[quotation]]\nexact = \"Very\"\nspeaker = \"J. Zorblax\"\n")
        .file("content/2031/11/15-hyphen.md", "+++\ntitle = \"Ms Quibble\"\n+++\n\n“No,” said Anne-Lise Quibble-Fnord. Lise left.\n")
        .file("content/2031/11/15-zorblax-case.md", "+++\ntitle = \"A case\"\n+++\n\nJan van der Zorblax sued.\n")
        .file("content/2031/11/16-gone.md", "+++\ntitle = \"Gone\"\n+++\n\n![A wreck](wreck.svg)\n")
        .file("content/2031/11/17-draft.md", "+++\ntitle = \"Draft\"\ndraft = true\n+++\n\n![A plan](plan.svg)\n")
        .file("content/2031/11/shown.svg", drawing(1))
        .file("content/2031/11/boat.svg", drawing(2))
        .file("content/2031/11/wreck.svg", drawing(3))
        .file("content/2031/11/plan.svg", drawing(4))
        .file("content/people/mole.md", "+++\nname = \"Zee Molehill\"\naliases = [\"Jan van der Zorblax\"]\nportrait = \"mole.svg\"\n+++\n")
        .file("content/people/mole.svg", drawing(5))
        .file("content/2031/11/18-mole.md", "+++\ntitle = \"Mole\"\n+++\n\n“Dig,” said Zee Molehill.\n");
    let before = build(&session);
    for picture in ["shown", "boat", "wreck", "mole"] {
        assert!(before.keys().any(|path| path.contains(picture)), "{picture} is published: {:?}", before.keys());
    }
    assert!(!before.keys().any(|path| path.contains("plan")), "a draft's picture is published");
    let ledger = [
        ruling("Jan van der Zorblax", "the diver"),
        ruling("Anne-Lise Quibble-Fnord", "the clerk"),
        withdraw("/2031/11/16/gone/", ""),
        withdraw("/2031/11/20/zorblax-jailed/", "deleted = true\nreason = \"Mr Zorblax was freed.\"\n"),
        withdraw("/2031/11/21/jan-van-der-zorblax-jailed/", "deleted = true\n"),
    ];
    let session = session
        .file("content/rulings.toml", ledger.concat().replace("/2031/11/20/zorblax-jailed/", "/2031/11/20/jailed/"));
    let after = build(&session);
    for word in ["zorblax", "quibble", "fnord", "lise ", "molehill", "wreck", "mole.svg"] {
        let leaks = holding(&after, word);
        assert!(leaks.is_empty(), "{word}: {leaks:?}");
    }
    assert!(after.contains_key("2031/11/15/the-diver-case/index.html"), "an article is left out for its file's name");
    assert!(!after.keys().any(|path| path.contains("shown")), "a picture that shows the person is published");
    assert!(after.keys().any(|path| path.contains("boat")), "what nobody is seen on stays");
    assert!(page(&after, "2031/11/20/jailed/index.html").contains("The diver was freed."));
}

#[test]
fn a_ruling_on_one_article_keeps_its_own_words_nameless() {
    let session = site(
        "[[ruling]]\narticle = \"/2031/11/15/lamp/\"\naction = \"anonymise\"\nname = \"Tobias Renn\"\nas = \"the keeper\"\n\
         date = 2031-11-20\nreason = \"Tobias Renn asked us.\"\n\n[[ruling]]\narticle = \"content/2031/11/15-lamp.md\"\n\
         action = \"correct\"\ndate = 2031-11-21\nreason = \"It was Renn who spoke.\"\n",
    );
    let tree = build(&session);
    assert!(page(&tree, "2031/11/15/lamp/index.html").contains("It was the keeper who spoke."));
    assert_eq!(holding(&tree, "renn"), [""; 0]);
}

#[test]
fn the_sites_own_words_that_give_a_name_are_told() {
    let session =
        site("[[ruling]]\naction = \"anonymise\"\nname = \"Ingrid Marsh\"\nas = \"the minister\"\ndate = 2031-11-20\n");
    std::fs::write(session.path("site.toml"), "title = \"The Ingrid Marsh Files\"\n").expect("settings");
    let said = session.run(&["build", "--now", "2032-01-01"]);
    assert!(said.contains("error[name-remains]") && said.contains("at site.toml"), "{said}");
}

#[test]
fn a_name_in_a_form_that_cannot_be_taken_out_leaves_the_article_out() {
    let session =
        site("[[ruling]]\naction = \"anonymise\"\nname = \"Ingrid Marsh\"\nas = \"the minister\"\ndate = 2031-11-20\n")
            .file("content/2031/11/17-odd.md", "+++\ntitle = \"Odd\"\n+++\n\nIngr&#105;d Marsh said no.\n")
            // What falls from a page still stands in the file as it was received.
            .file(
                "content/2031/11/17-fallen.md",
                "+++\ntitle = \"Fallen\"\n+++\n\nWords <object>Ingrid <i>Mar</i>sh</object>.\n",
            )
            .file(
                "content/2031/11/17-comment.md",
                "+++\ntitle = \"Comment\"\n+++\n\nNo. <!-- Ing&#114;id M&#97;rsh -->\n",
            )
            .file(
                "content/2031/11/17-title.md",
                "+++\ntitle = \"Title\"\n+++\n\nThe <abbr title=\"Ing&#114;id Marsh\">IM</abbr>.\n",
            );
    let said = session.run(&["build", "--now", "2032-01-01"]);
    assert!(said.starts_with("exit 0\n") && said.contains("name-remains"), "{said}");
    for file in ["17-odd.md", "17-fallen.md", "17-comment.md", "17-title.md"] {
        assert!(said.contains(file), "{file}: {said}");
    }
    let mut tree = session.tree("public");
    // The theme's own example is called so too.
    tree.remove("about/method/index.html");
    assert_eq!(holding(&tree, "ingrid marsh"), [""; 0]);
}

#[test]
fn a_name_can_be_withheld_in_one_article_alone() {
    let session = site(
        "[[ruling]]\narticle = \"/2031/11/15/lamp/\"\naction = \"anonymise\"\nname = \"Tobias Renn\"\nas = \"the keeper\"\n\
         date = 2031-11-20\n",
    )
    .file("content/2031/11/18-renn.md", "+++\ntitle = \"Renn speaks\"\n+++\n\n“I was away,” Tobias Renn said.\n");
    let tree = build(&session);
    let lamp = page(&tree, "2031/11/15/lamp/index.html");
    assert!(
        lamp.contains("the keeper") && !lamp.contains("Renn said") && lamp.contains("A name has been withheld"),
        "{lamp}"
    );
    assert!(page(&tree, "people/tobias-renn/index.html").contains("I was away"));
    assert!(!page(&tree, "people/tobias-renn/index.html").contains("burn again"));
}

/// Whoever is withheld is named by no editor's decision either, nor by anybody else's file.
#[test]
fn files_beside_the_articles_name_nobody_who_is_withheld() {
    let withheld = "[[ruling]]\naction = \"anonymise\"\nname = \"Zelda Quarrow\"\nalso = [\"The Shy Girl\"]\nas = \"the witness\"\n\
                    date = 2031-11-20\n";
    let decision = |speaker: &str| {
        format!(
            "[[quotation]]\nexact = \"It will burn again,\"\nspeaker = {speaker}\nnote = \"Zelda Quarrow rang.\"\nby = \"hl\"\n\
             date = 2031-11-16\n"
        )
    };
    // The article itself names her nowhere.
    for speaker in ["\"Zelda Quarrow\"", "\"zelda-quarrow\"", "\"\\u005aelda Quarrow\"", "\"The Shy Girl\""] {
        let session = site(withheld).file("content/2031/11/15-lamp.annotations.toml", decision(speaker));
        let tree = build(&session);
        for part in ["quarrow", "zelda", "shy girl", "people/the-witness"] {
            assert_eq!(holding(&tree, part), [""; 0], "{part}, {speaker}");
        }
    }
    // In another's file.
    let other = |toml: &str, words: &str| format!("+++\nname = \"Ola Brandt\"\n{toml}\n+++\n\n{words}\n");
    for file in [
        other("", "Knows Zelda Quarrow well."),
        other("", "Knows Zel&#100;a Quarrow well."),
        other("[[roles]]\ntitle = \"Clerk of \\u005aelda Quarrow\"", ""),
        "+++\nname = \"\\u005aelda \\u0051uarrow\"\n+++\n".to_owned(),
    ] {
        let tree = build(&site(withheld).file("content/people/ola.md", &*file));
        for part in ["quarrow", "zelda"] {
            assert_eq!(holding(&tree, part), [""; 0], "{part}, {file}");
        }
    }
}

/// A file that cannot be read might give her other names: then nothing is published.
#[test]
fn a_people_file_at_fault_that_might_be_hers_publishes_nothing() {
    let withheld =
        "[[ruling]]\naction = \"anonymise\"\nname = \"Zelda Quarrow\"\nas = \"the witness\"\ndate = 2031-11-20\n";
    let file = |name: &str| format!("+++\nname = \"{name}\"\naliases = [\"Inga Holm\"]\nborn = 1990\n+++\n");
    let said =
        |name: &str| site(withheld).file("content/people/inga.md", file(name)).run(&["build", "--now", "2032-01-01"]);
    let hers = said("Zelda Quarrow");
    assert!(hers.starts_with("exit 1\n") && hers.contains("content/people/inga.md:4:1"), "{hers}");
    assert!(hers.contains("nothing was published: the file might give other names"), "{hers}");
    // Of another only that file is left out.
    let others = said("Petra Voss");
    assert!(others.contains("1 left out") && others.contains("content/people/inga.md:4:1"), "{others}");
}
