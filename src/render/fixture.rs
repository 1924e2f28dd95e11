//! Every kind of page, filled: what the tests of this room draw.
//!
//! All strings pass through [`Fixture::say`], so one switch makes every field of every view hostile.

use crate::view::*;

/// What an attacker would like to see run.
pub(super) const HOSTILE: &str =
    "<script>alert('x')</script>\" onload=\"x' onerror='x&lt;{{ site.title }}{% raw %}<!--";

/// Makes views, plain or hostile.
pub(super) struct Fixture {
    pub(super) hostile: bool,
}

type Text = Box<str>;

impl Fixture {
    pub(super) fn say(&self, words: &str) -> Text {
        if self.hostile { format!("{words}{HOSTILE}").into() } else { words.into() }
    }

    pub(super) fn some(&self, words: &str) -> Option<Text> {
        Some(self.say(words))
    }

    pub(super) fn site(&self) -> SiteView {
        SiteView {
            title: self.say("The Calder Record"),
            title_lead: self.say("The Calder"),
            title_last: self.say("Record"),
            description: self.say("Two decades of reports from Port Ansel and the Calder, with everyone who spoke."),
            base_url: "https://calder-record.example/".into(),
            root: "/".into(),
            language: "en-GB".into(),
            locale: "en_GB".into(),
            dir: "ltr",
            has_style: true,
            rights: self.say("Text © the wires and papers named in each report."),
            has_topics: true,
            has_photos: true,
            has_sources: true,
            has_search: true,
        }
    }

    pub(super) fn head(&self, title: &str, nav: &'static str, crumbs: &[(&str, &str)]) -> HeadView {
        HeadView {
            properties: vec![("article:section", self.say("Harbour"))],
            names: vec![("citation_title", self.say("Calder tunnel"))],
            cite_as: Some("https://calder-record.example/2031/11/14/calder-tunnel/".into()),
            title: self.say(title),
            description: self.say("One sentence."),
            canonical: self.say("https://calder-record.example/x/"),
            nav,
            og_type: "website",
            image: self.some("https://calder-record.example/img/portal.svg"),
            crumbs: crumbs.iter().map(|(text, url)| self.link(text, url)).collect(),
            // Views promise that this is already safe inside a script element.
            json_ld: Some(r#"{"@type":"WebPage"}"#.into()),
            alternates: vec![("application/atom+xml", self.say("Feed of new quotations"), self.say("/x/atom.xml"))],
            noindex: false,
        }
    }

    pub(super) fn link(&self, text: &str, url: &str) -> LinkView {
        LinkView { text: self.say(text), url: if url.is_empty() { "".into() } else { self.say(url) } }
    }

    pub(super) fn count(&self, text: &str, url: &str, n: usize) -> CountView {
        let LinkView { text, url } = self.link(text, url);
        CountView { text, url, n }
    }

    pub(super) fn date(&self, day: u32) -> DateView {
        DateView {
            iso: self.say(&format!("2031-11-{day:02}T17:20:00+00:00")),
            full: self.say(&format!("Friday {day} November 2031, 5.20pm")),
            day: self.say(&format!("Friday {day} November 2031")),
            short: self.say(&format!("{day} November")),
            brief: self.say(&format!("{day} Nov 2031")),
            time: self.say("5.20pm"),
            url: self.say(&format!("/2031/11/{day:02}/")),
        }
    }

    pub(super) fn chip(&self, name: &str, slot: &str) -> PersonChip {
        let initials: String = name.split(' ').filter_map(|word| word.chars().next()).collect();
        let url = format!("/people/{}/", name.to_lowercase().replace(' ', "-"));
        PersonChip { name: self.say(name), url: self.say(&url), initials: self.say(&initials), slot: self.say(slot) }
    }

    pub(super) fn cast(&self) -> Vec<PersonChip> {
        let cast = [("Ingrid Marsh", "s1"), ("Amara Quill", "s3"), ("Tobias Renn", "s2"), ("Lucia Ferrant", "s4")];
        cast.iter().map(|(name, slot)| self.chip(name, slot)).collect()
    }

    fn picture(&self) -> PictureView {
        PictureView {
            src: self.say("/img/portal.svg"),
            alt: self.say("A woman in a red coat before the round mouth of a tunnel"),
            width: 800,
            height: 450,
            srcset: self.say("/img/sizes/a-480.jpg 480w, /img/portal.svg 800w"),
            sources: vec![("image/webp".into(), self.say("/img/sizes/b-480.webp 480w"))],
        }
    }

    fn figure(&self, held: bool, first: bool) -> FigureView {
        FigureView {
            id: self.say(if held { "photo-1" } else { "photo-2" }),
            url: self.say("/photos/portal/"),
            picture: held.then(|| self.picture()),
            alt: self.say("A woman in a red coat before the round mouth of a tunnel"),
            caption: self.say("Ingrid Marsh at the Ansel portal of the Calder tunnel on Friday."),
            credit: Some(self.link("Ola Brandt / Northsound", "/photos/credits/#northsound")),
            shows: vec![self.link("Ingrid Marsh", "/people/ingrid-marsh/"), self.link("Ivo Vane", "")],
            rights: self.some("Northsound Picture Desk; archive display only"),
            file_photo: !held,
            anchors: vec![self.say(if held { "q-q8" } else { "q-q9" })],
            used_in: vec![self.link("Water found again", "/2031/11/11/water/")],
            licence: held.then(|| self.say("https://northsound.example/licence")),
            from_file: vec!["alt"],
            first,
            date: Some(self.date(14)),
        }
    }

    fn entry(&self, headline: &str, pictured: bool) -> EntryView {
        EntryView {
            url: self.say("/2031/11/14/calder-tunnel/"),
            headline: self.say(headline),
            standfirst: self
                .some("Engineers say the western bore is drying out, but the ferry crews want a date in writing."),
            section: self.link("Harbour", "/harbour/"),
            date: Some(self.date(14)),
            agency: self.some("Northsound Wire"),
            picture: pictured.then(|| self.picture()),
            speakers: self.cast(),
            n_quotes: 12,
        }
    }

    fn neighbour(&self, headline: &str) -> NeighbourView {
        let EntryView { url, headline, date, .. } = self.entry(headline, false);
        NeighbourView { url, headline, date }
    }

    pub(super) fn entries(&self) -> Vec<EntryView> {
        vec![
            self.entry("Calder tunnel ‘will open before the first frost’, minister insists", true),
            self.entry("Water found again in western bore of Calder tunnel", false),
            self.entry("Tolls for ferries ‘would be theft by timetable’", true),
        ]
    }

    fn said(&self, direct: bool) -> RecentQuoteView {
        RecentQuoteView {
            who: 1,
            text: self.say("“We will open before the first frost.”"),
            chip: self.chip("Ingrid Marsh", "s1"),
            office: self.say("Harbour Minister"),
            report: self
                .link("Calder tunnel ‘will open before the first frost’", "/2031/11/14/calder-tunnel/#q-wedjym"),
            date: Some(self.date(14)),
            direct,
            unsure: !direct,
        }
    }

    fn speakers(&self) -> Vec<SpeakerCountView> {
        let row = |chip| SpeakerCountView {
            chip,
            office: self.say("Harbour Minister"),
            n: 17,
            spark: vec![0, 3, 5, 0, 8, 12, 4, 0, 0, 9, 14, 20],
        };
        self.cast().into_iter().map(row).collect()
    }

    pub(super) fn pages_of(&self) -> PageNumbers {
        PageNumbers { number: 2, total: 3, newer: self.some("/harbour/"), older: self.some("/harbour/page/1/") }
    }

    fn grid(&self) -> MonthGridView {
        let day = |n: u32| match n {
            1..=30 if n.is_multiple_of(7) => (n, self.say("/2031/11/14/"), 2, 3),
            1..=30 => (n, "".into(), 0, 0),
            _ => (0, "".into(), 0, 0),
        };
        MonthGridView {
            name: self.say("November"),
            url: self.say("/2031/11/"),
            n: 8,
            weeks: (0..5)
                .map(|week| (0..7).map(|d| day((week * 7 + d as u32 + 1).saturating_sub(5))).collect())
                .collect(),
        }
    }

    fn text(&self, words: &str) -> Inline {
        Inline::Text(self.say(words))
    }

    fn quote(&self, id: Option<&str>, direct: bool, slot: &str, words: &str) -> Inline {
        Inline::Quote { id: id.map(|id| self.say(id)), direct, slot: self.say(slot), words: vec![self.text(words)] }
    }

    fn mark(&self, name: &str, slot: &str, number: usize, direct: bool, lead: bool) -> Inline {
        let PersonChip { name, initials, slot, .. } = self.chip(name, slot);
        let target = self.say(&format!("#n-q{number}"));
        let unsure = number == 5;
        Inline::Chip(Box::new(ChipView { initials, name, slot, target, number, direct, unsure, lead }))
    }

    fn body(&self) -> Vec<BlockView> {
        vec![
            BlockView::Paragraph(vec![
                Inline::Dateline(vec![self.text("Port Ansel")]),
                self.text(" "),
                self.quote(
                    Some("q-q1"),
                    false,
                    "s1",
                    "The tunnel under the Calder will carry its first traffic before winter",
                ),
                self.mark("Ingrid Marsh", "s1", 1, false, true),
                self.text(", "),
                Inline::Cue(vec![self.text("the Harbour Minister said")]),
                self.text(" on Friday."),
            ]),
            BlockView::Figure(Box::new(self.figure(true, true))),
            BlockView::Paragraph(vec![
                self.quote(Some("q-q2"), true, "s1", "“We will open before the first frost,”"),
                self.text(" "),
                Inline::Name(self.say("/people/ingrid-marsh/"), vec![self.text("Ingrid Marsh")]),
                self.text(" said. "),
                self.quote(None, true, "s1", "“I have walked it end to end.”"),
                self.mark("Ingrid Marsh", "s1", 2, true, true),
            ]),
            BlockView::Crosshead(2, self.say("three-joints"), vec![self.text("Three joints, one winter")]),
            BlockView::List(
                None,
                vec![vec![BlockView::Paragraph(vec![
                    Inline::Link(
                        self.say("https://survey.example/"),
                        self.some("The survey"),
                        vec![
                            self.text("The survey, which "),
                            Inline::Name(self.say("/people/amara-quill/"), vec![self.text("Dr Quill")]),
                            self.text(" called "),
                            self.quote(Some("q-q3"), true, "s3", "“tight”"),
                            self.mark("Amara Quill", "s3", 3, true, true),
                        ],
                    ),
                    self.text(", is out."),
                ])]],
            ),
            BlockView::BlockQuote(vec![BlockView::Paragraph(vec![
                Inline::Emphasis(vec![self.quote(Some("q-q4"), true, "s2 l7", "“campaigning in a hard hat”")]),
                self.mark("Tobias Renn", "s2 l7", 4, true, true),
                Inline::Break,
                Inline::Strong(vec![self.text("in Port Ansel")]),
                Inline::Strikethrough(vec![self.text("on Monday")]),
                Inline::Code(vec![self.text("bore-2")]),
            ])]),
            BlockView::Table(vec![
                vec![(true, vec![BlockView::Paragraph(vec![self.text("Joint")])]), (true, vec![])],
                vec![
                    (true, vec![BlockView::Paragraph(vec![self.text("1")])]),
                    (false, vec![BlockView::Paragraph(vec![self.text("grouted")])]),
                ],
            ]),
            BlockView::Code(self.say("pump 1: 40 l/s")),
            BlockView::Rule,
            BlockView::Figure(Box::new(self.figure(false, false))),
            BlockView::Paragraph(vec![
                self.text("One worker, who asked not to be named, said: "),
                self.quote(Some("q-q5"), true, "s0", "“We were told to keep the lights on.”"),
                self.mark("? Unnamed worker", "s0", 5, true, true),
            ]),
        ]
    }

    fn article(&self) -> ArticleView {
        let (section, date) = (self.link("Harbour", "/harbour/"), self.date(14));
        let speaker = |chip: PersonChip| SpeakerView {
            chip,
            role: self.say("Harbour Minister"),
            named: true,
            n_direct: 2,
            n_reported: 2,
            words: 55,
            first: self.say("#q-q1"),
            unsure: false,
        };
        let note = |number: usize| NoteView {
            number,
            id: self.say(&format!("q{number}")),
            text: self.say("“We will open before the first frost,” … “I have walked it end to end.”"),
            chip: self.chip("Ingrid Marsh", "s1"),
            office: self.say("Harbour Minister"),
            kind: "direct".into(),
            checked: number == 2,
            why: self.say("“she said”; the only woman named since paragraph 1"),
            rule: "pronoun".into(),
            confidence: 88,
            unsure: number == 5,
            permalink: self.say("https://calder-record.example/2031/11/14/calder-tunnel/#q-q2"),
            question: self.some("mailto:desk@calder-record.example"),
        };
        ArticleView {
            head: HeadView { og_type: "article", ..self.head("Calder tunnel ‘will open’", "sections", &[]) },
            section,
            kicker: self.some("Tunnel"),
            headline: self.say("Calder tunnel ‘will open before the first frost’, minister insists"),
            standfirst: self.some("Engineers say the western bore is drying out."),
            agency: self.some("Northsound Wire"),
            byline: self.some("By Hanne Lowe"),
            published: Some(date.clone()),
            updated: Some(date.clone()),
            words: 1372,
            from_year: self.say("2031"),
            lang: self.hostile.then(|| self.say("en")),
            strip: StripView {
                marks: (0..5)
                    .map(|i| StripMarkView { x: i * 200, width: 60, direct: i % 2 == 0, slot: self.say("s1") })
                    .collect(),
                percent: 40,
                n_quotes: 5,
                n_speakers: 4,
                order: vec![self.say("Marsh"), self.say("Quill"), self.say("one worker")],
            },
            speakers: self.cast().into_iter().map(speaker).collect(),
            body: self.body(),
            endnotes: vec![self.say("Reporting by Hanne Lowe in Port Ansel.")],
            notes: (1..=5).map(note).collect(),
            about: AboutView {
                source_url: "/sources/northsound-wire/".into(),
                source: self.say("Northsound Wire, plain text"),
                rules: vec![
                    RuleCountView { rule: "name".into(), n: 3 },
                    RuleCountView { rule: "pronoun".into(), n: 2 },
                ],
                n_unsure: 1,
                n_unnamed: 1,
                n_checked: 1,
                data: vec![self.link("Annotations (JSON)", "/2031/11/14/calder-tunnel/article.json")],
                corrections: vec![CorrectionView {
                    date,
                    text: self.say("An earlier version misnamed the worker."),
                    was: self.some("one docker"),
                    now: self.some("one worker"),
                }],
                cite: self.say("Northsound Wire, ‘Calder tunnel’, 14 November 2031. The Calder Record."),
                wiki: self.say("{{cite news |title=Calder tunnel}}"),
                bibtex: self.say("@article{calder-tunnel,\n  title = {Calder tunnel}\n}"),
                rights: self.some("© Northsound"),
                topics: vec![self.count("Calder tunnel", "/topics/calder-tunnel/", 38)],
            },
            topics: vec![self.link("Calder tunnel", "/topics/calder-tunnel/")],
            named: vec![self.link("Ivo Vane", "/people/ivo-vane/"), self.link("Jonah Pryce", "")],
            earlier: Some(self.neighbour("Water found again in western bore of Calder tunnel")),
            later: Some(self.neighbour("Marsh faces Assembly over tunnel ‘dry list’")),
        }
    }

    fn person(&self, portrait: bool) -> PersonView {
        let companion = |(i, chip): (usize, PersonChip)| CompanionView {
            surname: chip.name.rsplit(' ').next().unwrap_or_default().into(),
            chip,
            n: 11 - i,
            x: [150, 228, 228, 72][i],
            y: [47, 88, 168, 168][i],
            line: self.say("6.4"),
        };
        let quoted = |id: &str, direct| PersonQuoteView {
            id: self.say(id),
            text: self.say("“We will open before the first frost. I have walked it end to end.”"),
            direct,
            context: self.say("To reporters at the Ansel portal."),
            in_report: self.say("/2031/11/14/calder-tunnel/#q-q2"),
            unsure: !direct,
            n_also: 1,
            permalink: "#p-uoq6fc".into(),
            also_in: vec![self.link("Water found again", "/2031/11/11/water/")],
        };
        let bar = |i: usize| GlanceBarView {
            x: self.say(&format!("{}", i * 5)),
            width: self.say("3"),
            direct: (66, 12),
            reported: (60, 6),
            label: self.say("November 2031: 7 direct, 3 reported"),
        };
        PersonView {
            head: HeadView {
                og_type: "profile",
                ..self.head(
                    "Ingrid Marsh",
                    "people",
                    &[("People", "/people/"), ("M", "/people/m/"), ("Ingrid Marsh", "")],
                )
            },
            chip: self.chip("Ingrid Marsh", "s1"),
            portrait: portrait.then(|| self.picture()),
            portrait_credit: self.some("Ola Brandt / Northsound"),
            now: self.say("Harbour Minister of Merrow since March 2030; Member for Westbank."),
            letter: self.link("M", "/people/m/"),
            n_direct: 75,
            n_reported: 29,
            n_reports: 41,
            n_photos: 9,
            first_seen: self.say("Jan 2029"),
            last_seen: self.say("Nov 2031"),
            biography: vec![self.say("Ingrid Marsh entered the Assembly in 2027 after nine years as a harbour pilot.")],
            glance: Some(GlanceView {
                range: self.say("2029 to 2031"),
                description: self.say("Ingrid Marsh was quoted in most months."),
                years: vec![(self.say("0.00"), self.say("2029")), (self.say("34.29"), self.say("2030"))],
                bars: (0..19).map(bar).collect(),
                offices: vec![
                    GlanceOfficeView {
                        x: self.say("0"),
                        width: self.say("100"),
                        row: 0,
                        y: 110,
                        title: self.say("Member for Westbank"),
                        style: 3,
                    },
                    GlanceOfficeView {
                        x: self.say("40"),
                        width: self.say("60"),
                        row: 1,
                        y: 138,
                        title: self.say("Harbour Minister"),
                        style: 1,
                    },
                ],
                n_rows: 2,
                height: 164,
            }),
            years: ["2031", "2030"]
                .map(|year| YearQuotesView {
                    year: self.say(year),
                    days: vec![DayQuotesView {
                        date: Some(self.date(14)),
                        section: self.link("Harbour", "/harbour/"),
                        report: self
                            .link("Calder tunnel ‘will open before the first frost’", "/2031/11/14/calder-tunnel/"),
                        quotes: vec![quoted(&format!("p-a{year}"), true), quoted(&format!("p-b{year}"), false)],
                    }],
                })
                .into(),
            other_years: vec![self.count("2029", "/people/ingrid-marsh/2029/", 31)],
            companions: self.cast().into_iter().enumerate().map(companion).collect(),
            offices: vec![
                OfficeView { title: self.say("Harbour Minister"), from: Some(self.date(12)), to: None },
                OfficeView {
                    title: self.say("Member for Westbank"),
                    from: Some(self.date(6)),
                    to: Some(self.date(12)),
                },
            ],
            described_as: vec![self.count("harbour pilot", "", 2)],
            forms: vec![self.count("Ms Marsh", "", 31), self.count("the Harbour Minister", "", 9)],
            not: vec![(self.link("Ivo Marsh", "/people/ivo-marsh/"), self.say("harbour pilot"))],
            photos: vec![self.figure(true, false), self.figure(false, false)],
            topics: vec![self.count("Calder tunnel", "/topics/calder-tunnel/", 38)],
            mentioned: vec![(self.link("Ferry timetable", "/2031/11/02/ferry/"), Some(self.date(2)))],
            same_as: vec![self.say("https://people.example/ingrid-marsh")],
            question: self.some("mailto:desk@calder-record.example"),
        }
    }

    /// One page of every kind, and the person page a second time without a portrait.
    pub(super) fn pages(&self) -> Vec<Page> {
        let row = |chip: PersonChip| PersonRow {
            sorted: self.say("Marsh, Ingrid"),
            chip,
            office: self.say("Harbour Minister"),
            n_quotes: 104,
            n_reports: 41,
            last_seen: self.say("Nov 2031"),
        };
        let rows = || -> Vec<_> { self.cast().into_iter().map(row).collect() };
        let day = || (Some(self.date(14)), self.entries());
        let neighbours =
            || (Some(self.link("October 2031", "/2031/10/")), Some(self.link("December 2031", "/2031/12/")));
        let sections = || vec![self.count("Harbour", "/harbour/", 38), self.count("Assembly", "/assembly/", 21)];
        let (earlier, later) = neighbours();
        let views = [
            (
                "index.html",
                PageView::Home(HomeView {
                    head: self.head("The Calder Record", "", &[]),
                    latest: [self.entries(), self.entries()].concat(),
                    this_week: true,
                    quotes: vec![self.said(true), self.said(false)],
                    speakers: self.speakers(),
                    month: self.say("November 2031"),
                    on_this_day: self.entries(),
                    this_day: self.say("14 November"),
                    sections: sections(),
                    n_reports: 1412,
                    n_quotes: 21080,
                    n_people: 96,
                    years: self.say("2029 to 2031"),
                }),
            ),
            (
                "sections/index.html",
                PageView::Sections(SectionsView {
                    head: self.head("Sections", "sections", &[]),
                    sections: sections().into_iter().map(|section| (section, self.entries())).collect(),
                }),
            ),
            (
                "harbour/index.html",
                PageView::Section(SectionView {
                    head: self.head("Harbour", "sections", &[("Sections", "/sections/"), ("Harbour", "")]),
                    name: self.say("Harbour"),
                    days: vec![day(), day(), (None, self.entries())],
                    n: 38,
                    pages: self.pages_of(),
                }),
            ),
            ("2031/11/14/calder-tunnel/index.html", PageView::Article(Box::new(self.article()))),
            (
                "people/index.html",
                PageView::People(PeopleView {
                    head: self.head("People", "people", &[]),
                    letter: "".into(),
                    letters: vec![self.count("M", "/people/m/", 3), self.count("Q", "/people/q/", 1)],
                    groups: vec![
                        LetterView { letter: self.say("M"), people: rows() },
                        LetterView { letter: self.say("Q"), people: rows() },
                    ],
                    top: rows(),
                    n: 96,
                }),
            ),
            ("people/ingrid-marsh/index.html", PageView::Person(Box::new(self.person(true)))),
            ("people/ivo-marsh/index.html", PageView::Person(Box::new(self.person(false)))),
            (
                "photos/index.html",
                PageView::Photos(PhotosView {
                    head: self.head("Photographs", "photos", &[]),
                    months: vec![PhotoMonthView {
                        month: self.say("November 2031"),
                        photos: vec![self.figure(true, true), self.figure(false, false), self.figure(true, false)],
                    }],
                    n: 41,
                    n_not_held: 3,
                    pages: self.pages_of(),
                }),
            ),
            (
                "photos/portal/index.html",
                PageView::Photo(PhotoView {
                    head: self.head(
                        "Photograph",
                        "photos",
                        &[("Photos", "/photos/"), ("Ingrid Marsh at the portal", "")],
                    ),
                    figure: self.figure(true, true),
                    uses: vec![PhotoUseView {
                        report: self.link("Calder tunnel ‘will open’", "/2031/11/14/calder-tunnel/#photo-1"),
                        date: Some(self.date(14)),
                        caption: self.some("Ms Marsh at the portal"),
                    }],
                    earlier: Some(self.link("Pumps on the quay", "/photos/pumps/")),
                    later: Some(self.link("The Kittiwake", "/photos/kittiwake/")),
                }),
            ),
            (
                "photos/credits/index.html",
                PageView::Credits(CreditsView {
                    head: self.head("Picture credits", "photos", &[("Photos", "/photos/"), ("Credits", "")]),
                    agencies: vec![(
                        self.say("northsound"),
                        self.say("Northsound"),
                        vec![(self.say("Ola Brandt"), vec![self.figure(true, true), self.figure(false, false)])],
                    )],
                    n: 41,
                }),
            ),
            (
                "dates/index.html",
                PageView::Dates(DatesView {
                    head: self.head("Dates", "dates", &[]),
                    years: vec![YearRow {
                        year: self.count("2031", "/2031/", 120),
                        months: (0..12)
                            .map(|i| {
                                (
                                    self.say("Nov"),
                                    if i % 4 == 1 { "".into() } else { self.say("/2031/11/") },
                                    if i % 4 == 1 { 0 } else { i + 1 },
                                    (i + 1) % 5,
                                )
                            })
                            .collect(),
                    }],
                    undated: self.entries(),
                }),
            ),
            (
                "2031/index.html",
                PageView::Year(YearView {
                    head: self.head("2031", "dates", &[("Dates", "/dates/"), ("2031", "")]),
                    year: self.say("2031"),
                    months: (0..12).map(|_| self.grid()).collect(),
                    n: 120,
                    earlier,
                    later,
                }),
            ),
            (
                "2031/11/index.html",
                PageView::Month(MonthView {
                    head: self.head(
                        "November 2031",
                        "dates",
                        &[("Dates", "/dates/"), ("2031", "/2031/"), ("November", "")],
                    ),
                    title: self.say("November 2031"),
                    grid: self.grid(),
                    days: vec![(self.date(14), self.entries())],
                    earlier: neighbours().0,
                    later: neighbours().1,
                }),
            ),
            (
                "2031/11/14/index.html",
                PageView::Day(DayView {
                    head: self.head("14 November 2031", "dates", &[("Dates", "/dates/"), ("14 November 2031", "")]),
                    date: self.date(14),
                    reports: self.entries(),
                    speakers: self.cast().into_iter().map(|chip| (chip, 4)).collect(),
                    earlier: neighbours().0,
                    later: None,
                }),
            ),
            (
                "topics/index.html",
                PageView::Topics(TopicsView {
                    head: self.head("Topics", "topics", &[]),
                    topics: vec![
                        self.count("Calder tunnel", "/topics/calder-tunnel/", 38),
                        self.count("Ferries", "/topics/ferries/", 17),
                    ],
                }),
            ),
            (
                "topics/calder-tunnel/index.html",
                PageView::Topic(TopicView {
                    head: self.head("Calder tunnel", "topics", &[("Topics", "/topics/"), ("Calder tunnel", "")]),
                    name: self.say("Calder tunnel"),
                    reports: self.entries(),
                    speakers: self.speakers(),
                    filters: self
                        .cast()
                        .into_iter()
                        .map(|chip| CountView { text: chip.name, url: "".into(), n: 3 })
                        .collect(),
                    quotes: vec![self.said(true), self.said(false)],
                    timeline: "/topics/calder-tunnel/timeline/".into(),
                    n: 38,
                    pages: self.pages_of(),
                }),
            ),
            (
                "about/method/index.html",
                PageView::Method(MethodView {
                    head: self.head("How this archive is made", "", &[]),
                    rules: vec![RuleView {
                        name: "same sentence".into(),
                        words: "The quotation stands in a sentence with its speaker.".into(),
                        n: 812,
                        confidence: 93,
                    }],
                    n_quotes: 21080,
                    n_unsure: 31,
                    n_checked: 412,
                    threshold: 80,
                    question: self.some("mailto:desk@calder-record.example"),
                    n_reports: 1412,
                    bands: vec![(90, 100, 18000), (80, 89, 3049), (0, 79, 31)],
                    measured: vec![(90, 100, 4000, 96), (0, 89, 1500, 80)],
                    n_measured: 5500,
                    n_measured_reports: 840,
                }),
            ),
            (
                "404.html",
                PageView::NotFound(NotFoundView {
                    head: HeadView { noindex: true, ..self.head("Not in the archive", "", &[]) },
                    sections: sections(),
                }),
            ),
        ];
        views.into_iter().chain(self.ledger()).map(|(path, view)| Page { path: path.into(), view }).collect()
    }
}
