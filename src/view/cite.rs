//! How to cite a report.

use crate::model::Moment;
use crate::words::Words;

/// What a citation says.
pub(super) struct Citation<'a> {
    /// Who wrote it: people, else an agency; may be empty.
    pub(super) authors: Vec<&'a str>,
    /// Agency or paper.
    pub(super) agency: Option<&'a str>,
    pub(super) headline: &'a str,
    pub(super) published: Option<Moment>,
    /// The archive.
    pub(super) archive: &'a str,
    /// Absolute address.
    pub(super) address: &'a str,
    /// Last part of the address, for the key.
    pub(super) slug: &'a str,
}

impl Citation<'_> {
    /// "Northsound Wire, ‘Calder tunnel “will open …”’, 14 November 2031. The Calder Record, https://…"
    pub(super) fn plain(&self, words: &Words) -> String {
        let locale = words.locale();
        let key = match (self.authors.is_empty(), self.published) {
            (false, Some(_)) => "report.citation",
            (false, None) => "report.citation-undated",
            (true, Some(_)) => "report.citation-nobody",
            (true, None) => "report.citation-bare",
        };
        let date = self.published.map(|at| locale.day_month_year(at.date)).unwrap_or_default();
        let headline = locale.titled(&inner_marks(self.headline, locale.title_marks()));
        words.fill(
            key,
            &[
                ("authors", &locale.listed(&self.authors)),
                ("headline", &headline),
                ("date", &date),
                ("archive", self.archive),
                ("address", self.address),
            ],
        )
    }

    /// `{{cite news}}` as Wikipedia has it; what would end the template or a link is written as an entity.
    pub(super) fn wiki(&self) -> String {
        let mut out = "{{cite news".to_owned();
        let mut put = |key: &str, value: &str| out.push_str(&format!(" |{key}={}", wiki(value)));
        for (i, author) in self.authors.iter().filter(|author| Some(**author) != self.agency).enumerate() {
            put(&if i == 0 { "author".to_owned() } else { format!("author{}", i + 1) }, author);
        }
        put("title", self.headline);
        if let Some(agency) = self.agency {
            put("agency", agency);
        }
        put("work", self.archive);
        if let Some(at) = self.published {
            // The template is the English Wikipedia's.
            put("date", &Words::english().locale().day_month_year(at.date));
        }
        put("url", self.address);
        out.push_str("}}");
        out
    }

    /// An `@online` entry as BibLaTeX reads it; every field has its `{}`.
    pub(super) fn bibtex(&self) -> String {
        let year = self.published.map(|at| at.date.year().to_string()).unwrap_or_default();
        let mut fields = Vec::new();
        if !self.authors.is_empty() {
            // Braces keep an agency's name from being taken apart as a person's.
            let authors: Vec<String> = self.authors.iter().map(|a| format!("{{{}}}", tex(a))).collect();
            fields.push(("author", authors.join(" and ")));
        }
        fields.push(("title", tex(self.headline)));
        if let Some(at) = self.published {
            fields.push(("date", format!("{:04}-{:02}-{:02}", at.date.year(), at.date.month(), at.date.day())));
        }
        fields.push(("organization", tex(self.archive)));
        fields.push(("url", self.address.to_owned()));
        let ascii: String = self.slug.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let mut out =
            format!("@online{{{ascii}{}{year},\n", if ascii.is_empty() || year.is_empty() { "" } else { "-" });
        for (key, value) in fields {
            out.push_str(&format!("  {key} = {{{value}}},\n"));
        }
        out.push('}');
        out
    }
}

/// Writes as entities what a wiki would read as its own.
fn wiki(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '{' | '}' | '[' | ']' | '<' | '>' | '=' => out.push_str(&format!("&#{};", c as u32)),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Turns the marks that will stand around a title into those that stand within, as single ones into double ones;
/// apostrophes stay.
fn inner_marks(headline: &str, [open_mark, close_mark, inner_open, inner_close]: [char; 4]) -> String {
    let mut open = 0;
    let mut out = String::with_capacity(headline.len());
    let mut letters = headline.chars().peekable();
    while let Some(c) = letters.next() {
        let before_letter = letters.peek().is_some_and(|c| c.is_alphanumeric());
        out.push(match c {
            c if c == open_mark => {
                open += 1;
                inner_open
            }
            c if c == close_mark && open > 0 && !before_letter => {
                open -= 1;
                inner_close
            }
            c => c,
        });
    }
    out
}

/// Escapes what TeX would read as its own.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn citation() -> Citation<'static> {
        Citation {
            authors: vec!["Northsound Wire"],
            agency: Some("Northsound Wire"),
            headline: "Calder tunnel ‘will open before the first frost’, minister’s office insists",
            published: Some(Moment::day(date(2031, 11, 14))),
            archive: "The Calder Record",
            address: "https://calder-record.example/2031/11/14/calder-tunnel/",
            slug: "calder-tunnel",
        }
    }

    #[test]
    fn a_report_can_be_cited_in_words() {
        insta::assert_snapshot!(citation().plain(&Words::english()), @"Northsound Wire, ‘Calder tunnel “will open before the first frost”, minister’s office insists’, 14 November 2031. The Calder Record, https://calder-record.example/2031/11/14/calder-tunnel/");
        let undated = Citation { authors: vec!["Ola Brandt", "Hanne Lowe"], published: None, ..citation() };
        insta::assert_snapshot!(undated.plain(&Words::english()), @"Ola Brandt and Hanne Lowe, ‘Calder tunnel “will open before the first frost”, minister’s office insists’. The Calder Record, https://calder-record.example/2031/11/14/calder-tunnel/");
    }

    #[test]
    fn a_report_can_be_cited_as_data() {
        insta::assert_snapshot!(citation().bibtex(), @r"
        @online{calder-tunnel-2031,
          author = {{Northsound Wire}},
          title = {Calder tunnel ‘will open before the first frost’, minister’s office insists},
          date = {2031-11-14},
          organization = {The Calder Record},
          url = {https://calder-record.example/2031/11/14/calder-tunnel/},
        }
        ");
        insta::assert_snapshot!(citation().wiki(), @"{{cite news |title=Calder tunnel ‘will open before the first frost’, minister’s office insists |agency=Northsound Wire |work=The Calder Record |date=14 November 2031 |url=https://calder-record.example/2031/11/14/calder-tunnel/}}");
        let two = Citation {
            authors: vec!["Ola Brandt", "Hanne Lowe"],
            headline: "Pipes | }} [and]",
            published: None,
            ..citation()
        };
        insta::assert_snapshot!(two.wiki(), @"{{cite news |author=Ola Brandt |author2=Hanne Lowe |title=Pipes &#124; &#125;&#125; &#91;and&#93; |agency=Northsound Wire |work=The Calder Record |url=https://calder-record.example/2031/11/14/calder-tunnel/}}");
        let odd = Citation { headline: "50% of {Merrow} & Co_\\x", authors: vec![], published: None, ..citation() };
        insta::assert_snapshot!(odd.bibtex(), @r"
        @online{calder-tunnel,
          title = {50\% of \{Merrow\} \& Co\_\textbackslash{}x},
          organization = {The Calder Record},
          url = {https://calder-record.example/2031/11/14/calder-tunnel/},
        }
        ");
    }
}
