//! The pages that keep the books, filled.

use super::fixture::Fixture;
use crate::view::*;

type Text = Box<str>;

impl Fixture {
    /// Timelines, sources, corrections, a quotation and the data page, by their files.
    pub(super) fn ledger(&self) -> Vec<(&'static str, PageView)> {
        let axis = AxisView {
            range: "2029 to 2031".into(),
            description: self.say("39 reports from January 2029 to December 2031."),
            years: vec![("0.00".into(), "2029".into()), ("33.33".into(), "2030".into())],
            bars: vec![AxisBarView {
                x: "1.00".into(),
                width: "2.00".into(),
                y: 40,
                height: 24,
                label: self.say("January 2029: 2 reports"),
            }],
            marks: vec![("40.00".into(), self.say("12 Mar 2030: Ingrid Marsh takes office, Harbour Minister"))],
            shown: Some(("33.33".into(), "33.33".into())),
        };
        let event = |kind, text: &str, url: &str| TimelineEventView {
            kind,
            date: Some(self.date(14)),
            link: self.link(text, url),
            section: if kind == "report" { self.say("Harbour") } else { "".into() },
            people: self.cast(),
            n_quotes: 3,
        };
        let months = vec![TimelineMonthView {
            month: self.say("November 2031"),
            url: "/2031/11/".into(),
            events: vec![
                event("taken", "Harbour Minister of Merrow", ""),
                event("report", "Calder tunnel will open", "/2031/11/14/calder-tunnel/"),
                event("left", "Harbour Minister of Merrow", ""),
            ],
            n_more: 4,
        }];
        let timeline = |head, topic: Option<LinkView>| TimelineView {
            head,
            title: self.say("2031"),
            topic,
            axis: Some(axis.clone()),
            years: vec![self.count("2030", "/timeline/2030/", 12), self.count("2031", "", 14)],
            months: months.clone(),
            n: 14,
            pages: self.pages_of(),
        };
        vec![
            ("timeline/index.html", PageView::Timeline(timeline(self.head("Timeline", "dates", &[]), None))),
            (
                "topics/calder-tunnel/timeline/index.html",
                PageView::Timeline(timeline(
                    self.head("Calder tunnel: timeline", "topics", &[("Topics", "/topics/"), ("Timeline", "")]),
                    Some(self.link("Calder tunnel", "/topics/calder-tunnel/")),
                )),
            ),
            (
                "sources/index.html",
                PageView::Sources(SourcesView {
                    head: self.head("Sources", "", &[]),
                    sources: vec![SourceRowView {
                        source: self.count("Northsound Wire", "/sources/northsound-wire/", 21),
                        range: "Jan 2029 to Nov 2031".into(),
                        rights: self.say("Archive display only"),
                    }],
                    n_without: 1,
                }),
            ),
            ("sources/northsound-wire/index.html", PageView::Source(self.source())),
            ("corrections/index.html", PageView::Corrections(self.corrections())),
            ("q/uoq6fc/index.html", PageView::Quotation(self.quotation())),
            (
                "about/data/index.html",
                PageView::Data(DataView {
                    head: self.head("Feeds and data", "", &[]),
                    sections: vec![self.link("Harbour", "/harbour/atom.xml"), self.link("Sport", "/sport/atom.xml")],
                    report: Some(self.link("Calder tunnel will open", "/2031/11/14/calder-tunnel/")),
                    person: Some(self.link("Ingrid Marsh", "/people/ingrid-marsh/")),
                    topic: Some(self.link("Calder tunnel", "/topics/calder-tunnel/")),
                    tei: true,
                    quotation_pages: true,
                }),
            ),
        ]
    }

    fn source(&self) -> SourceView {
        SourceView {
            head: self.head("Northsound Wire", "", &[("Sources", "/sources/"), ("Northsound Wire", "")]),
            name: self.say("Northsound Wire"),
            about: self.say("A wire of six reporters and a pigeon."),
            site: Some("https://northsound.example/".into()),
            rights: self.say("Archive display only"),
            stated: vec![self.count("CC BY 4.0", "", 2), self.count("All rights reserved", "", 1)],
            first: Some(self.date(1)),
            last: Some(self.date(14)),
            days: vec![(Some(self.date(14)), self.entries()), (None, self.entries())],
            n: 21,
            pages: self.pages_of(),
        }
    }

    fn corrections(&self) -> CorrectionsView {
        let row = |was: Option<Text>, now: Option<Text>| CorrectedView {
            date: self.date(15),
            text: self.say("An earlier version misnamed the worker."),
            was,
            now,
            report: self.link("Calder tunnel will open", "/2031/11/14/calder-tunnel/#corrections"),
            published: Some(self.date(14)),
        };
        CorrectionsView {
            head: self.head("Corrections", "", &[]),
            corrections: vec![row(self.some("one docker"), self.some("one worker")), row(None, None)],
            n: 2,
            question: self.some("mailto:desk@calder-record.example"),
            pages: self.pages_of(),
        }
    }

    fn quotation(&self) -> QuotationView {
        QuotationView {
            head: self.head("Ingrid Marsh", "", &[("Harbour", "/harbour/"), ("Quotation", "")]),
            text: self.say("“We will open before the first frost”"),
            chip: self.chip("Ingrid Marsh", "s1"),
            office: self.say("Harbour Minister of Merrow"),
            direct: false,
            context: self.say("Ms Marsh said on Friday."),
            report: self.link("Calder tunnel will open", "/2031/11/14/calder-tunnel/#q-uoq6fc"),
            section: self.link("Harbour", "/harbour/"),
            date: Some(self.date(14)),
            agency: self.some("Northsound Wire"),
            rule: "pronoun".into(),
            confidence: 71,
            unsure: true,
            note: "/2031/11/14/calder-tunnel/#n-uoq6fc".into(),
        }
    }
}
