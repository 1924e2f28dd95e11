//! That the ledger is carried out as if every ruling were tried after another: the code that does is kept here.

use super::words::texts;
use super::*;
use crate::model::{Encoding, Target};
use crate::read::Redacted;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const PATHS: &[&str] = &["content/a.md", "content/quay.md", "content/ingrid-marsh.md", "content/Tobias Renn.md"];

const NAMES: &[&str] = &[
    "Ingrid Marsh",
    "Ingrid Pell",
    "Ivo Marsh",
    "I. Marsh",
    "Ingrid Anna Marsh",
    "Tobias Renn",
    "Ola Brandt",
    "Jan van der Pell",
    "Anne-Lise Renn",
    "Quarrow",
    "Ms Quarrow",
    "Мария Хрюкова",
    "—",
    "the keeper",
    "Anna-Shy Brondel",
    "Flat 20 Quay",
];

/// What stands in a name’s place; some are names that other rulings withhold.
const INSTEAD: &[&str] = &["the witness", "a man", "Tobias Renn", "Ola Brandt", "Marsh", "an Ingrid"];

const WORDS: &[&str] = &[
    "Ingrid Marsh",
    "INGRID  MARSH",
    "Ing\u{200b}rid Má\u{ad}rsh",
    "Marsh, Ingrid",
    "I. Marsh",
    "Ms Marsh",
    "ingridmarsh",
    "the marsh",
    "Marshes",
    "Ingrid",
    "Pell",
    "van der Pell",
    "Ivo Marsh",
    "[a](/2031/ingrid-marsh/ \"Renn\")",
    "Ingrid&nbsp;Marsh",
    "<b>In</b>grid Marsh",
    "Ingrid%20Marsh",
    "Mr Tobias Renn",
    "Renn",
    "anne-lise_renn",
    "Lise",
    "Ola\nBrandt",
    "The quay",
    "said a man.",
    "\n\n",
    "![Ola Brandt](quay.jpg)",
    "Quarrows",
    "Quarrow",
    "Хрюкову",
    "Мария Хрюкова",
    "the keeper",
    "Anna-Shy Brondel",
    "Anna Shy&nbsp;Brondel",
    "Flat 20 Quay",
    "flat%2020%20quay",
    "a",
    "I",
];

fn words(n: usize) -> impl Strategy<Value = String> {
    vec(select(WORDS), 0..n).prop_map(|words| words.join(" "))
}

/// Words that stand in one line of TOML.
fn line(n: usize) -> impl Strategy<Value = String> {
    words(n).prop_map(|words| words.replace(['\n', '"'], " "))
}

fn ruling() -> impl Strategy<Value = String> {
    let names = |n| vec(select(NAMES), 0..n).prop_map(|names| format!("{names:?}"));
    let withheld = (select(NAMES), names(3), names(2), select(INSTEAD)).prop_map(|(name, also, except, instead)| {
        format!("action = \"anonymise\"\nname = {name:?}\nalso = {also}\nexcept = {except}\nas = {instead:?}\n")
    });
    let target = prop_oneof![
        2 => select(PATHS).prop_map(str::to_owned),
        1 => Just("/2031/11/14/quay/".to_owned()),
        1 => (select(PATHS), 3usize..8).prop_map(|(path, len)| format!("/2031/11/14/quay-{}/", address_suffix(path, len))),
    ];
    let target = target.prop_map(|target| format!("article = {target:?}\n")).boxed();
    let others =
        (line(3), line(3)).prop_map(|(was, now)| format!("action = \"correct\"\nwas = \"{was}\"\nnow = \"{now}\"\n"));
    let others = prop_oneof![
        3 => others,
        2 => Just("action = \"notice\"\n".to_owned()),
        1 => Just("action = \"withdraw\"\n".to_owned()),
        1 => Just("action = \"noindex\"\n".to_owned()),
    ];
    let every = prop_oneof![
        4 => withheld.clone(),
        2 => (target.clone(), withheld).prop_map(|(target, withheld)| target + &withheld),
        2 => (target, others).prop_map(|(target, others)| target + &others),
    ];
    (every, line(3), 20u8..22).prop_map(|(ruling, reason, day)| {
        format!("[[ruling]]\n{ruling}reason = \"Why: {reason}\"\ndate = 2031-11-{day}\n\n")
    })
}

fn file(path: &str, text: String) -> Source {
    Source { path: path.into(), text: text.into(), encoding: Encoding::Utf8 }
}

fn read_article(source: &Source, noted: &mut Vec<Diagnostic>) -> Option<Article> {
    read::read(source, &Settings::default().read).into_value(noted)
}

/// What is carried out by trying every ruling, each on what those before it left.
struct Plain<'a> {
    ledger: &'a Ledger,
    redactions: Vec<Option<Redaction>>,
}

impl<'a> Plain<'a> {
    fn new(ledger: &'a Ledger) -> Self {
        let redaction = |ruling: &Ruling| match &ruling.action {
            Action::Anonymise(name) => Some(Redaction::new(name)),
            _ => None,
        };
        Self { ledger, redactions: ledger.rulings.iter().map(redaction).collect() }
    }

    fn on(&self, path: &str, wanted: &str) -> Vec<usize> {
        let wanted = wanted.trim_end_matches('/');
        let is = |ruling: &Ruling| match &ruling.target {
            None => true,
            Some(Target::File(file)) => &**file == path,
            Some(Target::Address(address)) => {
                let suffix = address.strip_prefix(wanted).map(|suffix| suffix.trim_end_matches('/'));
                suffix.is_some_and(|suffix| match suffix.strip_prefix('-') {
                    Some(suffix) => (4..=51).contains(&suffix.len()) && address_suffix(path, suffix.len()) == suffix,
                    None => suffix.is_empty(),
                })
            }
        };
        (0..self.ledger.rulings.len()).filter(|at| is(&self.ledger.rulings[*at])).collect()
    }

    fn everywhere(&self) -> Vec<usize> {
        (0..self.ledger.rulings.len()).filter(|at| self.ledger.rulings[*at].target.is_none()).collect()
    }

    fn redactions(&self, on: &[usize]) -> Vec<(usize, &Redaction)> {
        on.iter().filter_map(|at| Some((*at, self.redactions[*at].as_ref()?))).collect()
    }

    /// A text without a name, which gives it now or is of those that were `named` at first.
    fn without(&self, on: &[usize], named: &[usize], at: usize, text: &str) -> Option<Redacted> {
        let redaction = self.redactions[at].as_ref()?;
        if !named.contains(&at) && !redaction.names(text) {
            return None;
        }
        let later = self.redactions(on).into_iter().filter(|(other, _)| *other > at && named.contains(other));
        let beside: Vec<&Redaction> =
            later.map(|(_, other)| other).filter(|other| redaction.shares_a_word(other)).collect();
        Some(redaction.redact_beside(text, if beside.len() > 16 { &[] } else { &beside }))
    }

    fn named(&self, on: &[usize], text: &str) -> Vec<usize> {
        self.redactions(on).into_iter().filter(|(_, redaction)| redaction.names(text)).map(|(at, _)| at).collect()
    }

    fn told(&self, on: &[usize], words: &str) -> Box<str> {
        let told = self.redactions(on).into_iter();
        told.fold(words.to_owned(), |words, (_, redaction)| redaction.redact_parts(&words).text).into()
    }

    fn digest(&self, at: usize) -> u128 {
        digest(&self.ledger.rulings[at])
    }

    fn carry_out(&self, source: &mut Source, article: Article) -> (Vec<u128>, Option<(Article, Option<Gone>)>) {
        let (folder, slug) = wanted_address(&article.slug, &article.furniture.headline, article.furniture.published);
        let on = self.on(&article.path, &format!("{folder}{slug}/"));
        let mut article = article;
        let mut spans: Vec<FileSpan> = Vec::new();
        let mut withheld = Vec::new();
        let named = self.named(&on, &source.text);
        for (at, redaction) in self.redactions(&on) {
            if let Some(redacted) = self.without(&on, &named, at, &source.text) {
                for span in &mut spans {
                    *span = redacted.moved(*span);
                }
                spans.extend(redacted.spans.iter().map(|(_, new)| *new));
                source.text = redacted.text.into();
            } else if !redaction.names(&article.path) {
                continue;
            }
            withheld.push((at, redaction));
        }
        let digests: Vec<_> = withheld.iter().map(|(at, _)| self.digest(*at)).collect();
        if !withheld.is_empty() {
            let Some(anew) = read_article(source, &mut Vec::new()) else { return (Vec::new(), None) };
            article = anew;
            for (at, redaction) in withheld {
                let Ruling { date, reason, .. } = &self.ledger.rulings[at];
                article.slug = crate::text::slug(&redaction.redact_parts(&format!("/{}", article.slug)).text).into();
                article.furniture.notices.push(Notice { at: *date, withholds: true, text: self.told(&on, reason) });
            }
            spans.sort_unstable();
            withhold_pictures(&mut article, source, &spans);
        }
        for Ruling { action, date, reason, .. } in on.iter().map(|at| &self.ledger.rulings[*at]) {
            if let Action::Withdraw { .. } = action {
                let hints = |alias: &str| self.redactions(&on).iter().any(|(_, redaction)| redaction.hints(alias));
                let furniture = &article.furniture;
                let gone = Gone {
                    path: article.path.clone(),
                    wanted: wanted_address(&article.slug, &furniture.headline, furniture.published),
                    aliases: furniture.aliases.iter().filter(|alias| !hints(alias)).cloned().collect(),
                    at: *date,
                    reason: self.told(&on, reason),
                };
                return (digests, Some((article, Some(gone))));
            }
        }
        for Ruling { action, date, reason, .. } in on.iter().map(|at| &self.ledger.rulings[*at]) {
            let words = |words: &Option<Box<str>>| words.as_deref().map(|words| self.told(&on, words));
            let furniture = &mut article.furniture;
            match action {
                Action::Correct(was, now) => furniture.corrections.push(Correction {
                    at: *date,
                    text: self.told(&on, reason),
                    was: words(was),
                    now: words(now),
                }),
                Action::Notice => {
                    furniture.notices.push(Notice { at: *date, withholds: false, text: self.told(&on, reason) });
                }
                Action::Noindex => furniture.noindex = true,
                _ => {}
            }
        }
        article.furniture.corrections.sort();
        article.furniture.notices.sort();
        let published = texts(&article, source);
        let remains = self.redactions(&on).into_iter().any(|(at, redaction)| {
            let parts = digests.contains(&self.digest(at));
            published.iter().any(|text| if parts { redaction.hints(text) } else { redaction.names(text) })
        });
        (digests, (!remains).then_some((article, None)))
    }

    fn beside(&self, on: &[usize], withheld: &[usize], mut source: Source) -> (Vec<usize>, Option<String>) {
        let mut named = self.named(on, &source.text);
        named.extend(withheld);
        named.sort_unstable();
        named.dedup();
        for at in &named {
            if let Some(redacted) = self.without(&named, &named, *at, &source.text) {
                source.text = redacted.text.into();
            }
        }
        let left = words::decided(&source).is_some_and(|words| {
            !self.named(on, &words).is_empty() || self.redactions(&named).iter().any(|(_, name)| name.hints(&words))
        });
        (named, (!left).then(|| source.text.into()))
    }

    fn person(&self, mut source: Source) -> Result<Option<Source>, ()> {
        let everywhere = self.everywhere();
        if !self.named(&everywhere, &source.path).is_empty() {
            return Ok(None);
        }
        let own = |source: &Source| {
            read::person(source).value.is_some_and(|person| !self.named(&everywhere, &words::names(&person)).is_empty())
        };
        if own(&source) {
            return Ok(None);
        }
        let named = self.named(&everywhere, &source.text);
        for (at, redaction) in self.redactions(&everywhere) {
            if let Some(redacted) = self.without(&everywhere, &named, at, &source.text) {
                let Some(person) = read::person(&source).value else { return Ok(None) };
                if std::iter::once(&person.name).chain(&person.aliases).any(|name| redaction.names(name)) {
                    return Ok(None);
                }
                source.text = redacted.text.into();
            }
        }
        let left = |person| !self.named(&everywhere, &words::of_person(&person)).is_empty();
        if read::person(&source).value.is_some_and(left) { Err(()) } else { Ok(Some(source)) }
    }

    fn nameless(&self, slug: &str) -> String {
        let everywhere = self.everywhere();
        let named = self.named(&everywhere, &format!("/{slug}"));
        everywhere.iter().fold(slug.to_owned(), |slug, at| {
            match self.without(&everywhere, &named, *at, &format!("/{slug}")) {
                Some(redacted) => crate::text::slug(&redacted.text),
                None => slug,
            }
        })
    }
}

/// How often a ledger is carried out; `ONRECORD_NAMES_CASES` for a longer campaign.
fn cases() -> u32 {
    std::env::var("ONRECORD_NAMES_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(400)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn a_ledger_is_carried_out_as_if_every_ruling_were_tried_after_another(
        ledger in vec(ruling(), 0..9),
        path in select(PATHS),
        (title, alias) in (line(2), select(&["quay", "ingrid-marsh", "old/renn", "lise"][..])),
        text in words(12),
        beside in words(6),
        (name, other) in (select(NAMES), select(NAMES)),
        note in line(4),
    ) {
        let source = file("content/rulings.toml", ledger.concat());
        let read = read::rulings(&source, "/", "content");
        let Some(mut ledger) = read.value else { panic!("{:?}\n{}", read.diagnostics, source.text) };
        let rulings = Rulings::new(ledger.clone(), source);
        let first = Plain::new(&ledger);
        let everywhere = first.everywhere();
        let told: Vec<_> = ledger.rulings.iter().map(|ruling| first.told(&everywhere, &ruling.reason)).collect();
        let words: Vec<_> = ledger.rulings.iter().map(|ruling| match &ruling.action {
            Action::Correct(was, now) => {
                let [was, now] = [was, now].map(|words| words.as_deref().map(|words| first.told(&everywhere, words)));
                Action::Correct(was, now)
            }
            action => action.clone(),
        }).collect();
        for ((ruling, reason), action) in ledger.rulings.iter_mut().zip(told).zip(words) {
            (ruling.reason, ruling.action) = (reason, action);
        }
        prop_assert_eq!(&rulings.ledger, &ledger, "what the ledger itself tells");
        let plain = Plain::new(&ledger);

        let head = format!("+++\ntitle = \"{title}\"\nslug = \"quay\"\ndate = 2031-11-14\naliases = [\"/{alias}/\"]\n+++\n\n");
        let mut source = file(path, head + &text);
        let mut alike = source.clone();
        if let Some(article) = read_article(&source, &mut Vec::new()) {
            let (digests, expected) = plain.carry_out(&mut alike, article.clone());
            let (ruled, given) = rulings.carry_out(&mut source, article, read_article, &mut Vec::new());
            let given = given.map(|(article, verdict)| (article, match verdict {
                Verdict::Stays => None,
                Verdict::Gone(gone) => Some(gone),
            }));
            prop_assert_eq!(&source.text, &alike.text);
            prop_assert_eq!(format!("{given:#?}"), format!("{expected:#?}"));
            prop_assert_eq!(&ruled.withheld, &digests);
            prop_assert!(rulings.stand(path, &ruled));

            let on = plain.on(path, &ruled.address);
            let withheld: Vec<_> = on.iter().copied().filter(|at| digests.contains(&plain.digest(*at))).collect();
            let decision = format!("[[quotation]]\nexact = \"It is so\"\nspeaker = {other:?}\nnote = \"{note}\"\n");
            let mut sidecar = file("content/a.annotations.toml", decision);
            let (named, expected) = plain.beside(&on, &withheld, sidecar.clone());
            let mut ruled = ruled;
            let given = rulings.take_names_out(path, &mut ruled, &mut sidecar);
            prop_assert_eq!(given.is_ok().then(|| sidecar.text.to_string()), expected);
            let digests: BTreeSet<u128> = named.iter().map(|at| plain.digest(*at)).collect();
            prop_assert_eq!(ruled.withheld.into_iter().collect::<BTreeSet<_>>(), digests);
        }

        let own = format!("+++\nname = {name:?}\naliases = [{other:?}]\n+++\n\n{text}\n");
        let own = file(&format!("content/people/{alias}.md"), own);
        let given = rulings.person(own.clone(), |source| read::person(source).value);
        let text = |file: Option<Source>| file.map(|file| file.text);
        prop_assert_eq!(given.map(text).map_err(|_| ()), plain.person(own).map(text));
        let gives = plain.redactions(&everywhere).iter().any(|(_, redaction)| redaction.names(&beside));
        prop_assert_eq!(rulings.withhold(&beside), gives);
        for slug in [crate::text::slug(&title), alias.to_owned()] {
            prop_assert_eq!(rulings.nameless(&slug), plain.nameless(&slug));
        }
    }
}

/// Issue 5: of two that bear one surname the first took it from the second, whose given name was published.
#[test]
fn names_that_share_a_word_are_all_taken_out() {
    let withhold = |name: &str| {
        format!("[[ruling]]\naction = \"anonymise\"\nname = {name:?}\nas = \"the witness\"\ndate = 2031-11-20\n")
    };
    let check = |names: &[&str], text: &str, expected: &str| {
        let source = file("content/rulings.toml", names.iter().map(|name| withhold(name)).collect());
        let ledger = read::rulings(&source, "/", "content").value.expect("a ledger");
        let rulings = Rulings::new(ledger, source);
        let mut source = file("content/a.txt", text.to_owned());
        let article = read_article(&source, &mut Vec::new()).expect("an article");
        let (ruled, given) = rulings.carry_out(&mut source, article, read_article, &mut Vec::new());
        assert!(given.is_some(), "{text}");
        assert_eq!(&*source.text, expected);
        assert_eq!(ruled.withheld.len(), names.len(), "a ruling is idle that is not: {text}");
    };
    let both = ["Ingrid Marsh", "Ivo Marsh"];
    check(&both, "Ingrid Marsh and Ivo Marsh sat. Marsh left.", "The witness and the witness sat. The witness left.");
    check(&both, "Ivo Marsh and Ingrid Marsh sat. Ivo left.", "The witness and the witness sat. The witness left.");
    check(&["Marsh", "Ivo Marsh"], "Ivo Marsh sat.", "The witness sat.");
    check(&["Ivo Marsh", "Marsh"], "Ivo Marsh sat.", "The witness sat.");
    check(&["Ivo Marsh", "Ivo Marsh"], "Ivo Marsh sat.", "The witness sat.");
    check(&["Ingrid Marsh", "Marsh Ivo"], "Ingrid Marsh Ivo sat.", "The witness the witness sat.");
}

#[test]
fn an_article_is_read_anew_where_what_was_decided_about_it_is_another() {
    let withhold = |name: &str| {
        format!("[[ruling]]\naction = \"anonymise\"\nname = {name:?}\nas = \"a man\"\ndate = 2031-11-20\n")
    };
    let notice = |path: &str| {
        format!("[[ruling]]\naction = \"notice\"\narticle = {path:?}\nreason = \"It is so.\"\ndate = 2031-11-20\n")
    };
    let of = |ledger: &[String]| {
        let source = file("content/rulings.toml", ledger.concat());
        let ledger = read::rulings(&source, "/", "content").value.expect("a ledger");
        Rulings::new(ledger, source)
    };
    let digest = |rulings: &Rulings, path: &str| rulings.digest(&rulings.own(path, "2031/11/14/quay/"));
    let [renn, brandt] = ["Tobias Renn", "Ola Brandt"].map(withhold);
    let [a, b] = ["content/a.md", "content/b.md"].map(notice);
    let ledgers = [
        vec![],
        vec![renn.clone()],
        vec![renn.clone(), brandt.clone()],
        vec![brandt.clone(), renn.clone()],
        vec![a.clone(), renn.clone()],
        vec![renn.clone(), a.clone()],
        vec![renn.clone(), a.clone(), brandt.clone()],
        vec![renn.clone(), brandt.clone(), a.clone()],
        vec![a.clone(), a.clone()],
        vec![a.clone()],
    ];
    let digests: BTreeSet<u128> = ledgers.iter().map(|ledger| digest(&of(ledger), "content/a.md")).collect();
    assert_eq!(digests.len(), ledgers.len(), "an order or a ruling makes no difference");
    assert_eq!(digest(&of(&[]), "content/a.md"), 0);
    // What is decided about others makes none.
    let [alone, among] = [vec![renn.clone(), a.clone()], vec![b, renn, a]].map(|ledger| of(&ledger));
    assert_eq!(digest(&alone, "content/a.md"), digest(&among, "content/a.md"));
}
