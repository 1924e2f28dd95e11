use crate::chance::Chance;
use crate::people::{Cast, Person};
use crate::words::*;
use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt::Write;

/// One article before it has a form.
pub(crate) struct Story {
    pub(crate) date: Date,
    pub(crate) slug: String,
    time: String,
    kicker: &'static str,
    headline: String,
    standfirst: String,
    byline: String,
    agency: &'static str,
    place: &'static str,
    tags: Vec<&'static str>,
    /// Names of those who speak, for sites that must be told.
    people: Vec<String>,
    blocks: Vec<Block>,
    drawing: Option<String>,
}

enum Block {
    Paragraph(String),
    Crosshead(String),
    Photo { alt: String, caption: String, credit: String },
}

impl Story {
    /// The `i`th of `n` articles, which spread evenly over five years.
    pub(crate) fn new(i: usize, n: usize, cast: &Cast, chance: &mut Chance) -> Self {
        let first = Date::constant(2027, 1, 1);
        let date = first + ((i * 1826 / n.max(1)) as i64).days();
        let headline = headline(chance);
        let mut slug: String =
            headline.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        while slug.contains("--") {
            slug = slug.replace("--", "-");
        }
        let speakers: Vec<&Person> =
            (0..2 + chance.below(4)).map(|_| &cast.people[chance.early(cast.people.len())]).collect();
        let place = chance.pick(PLACES);
        let mut tags: Vec<&str> = (0..1 + chance.below(3)).map(|_| chance.pick(TOPICS)).collect();
        tags.dedup();
        let writer = &cast.people[chance.below(cast.people.len())];
        let with_photo = chance.percent(25);
        Self {
            date,
            slug: format!("{}-{i}", slug.trim_matches('-')),
            time: format!("{}.{:02}{}", 1 + chance.below(11), chance.below(60), chance.pick(&["am", "pm"])),
            kicker: chance.pick(SECTIONS),
            headline,
            standfirst: format!("{}, and nobody expected {}.", upper(&clause(chance)), noun(chance)),
            byline: writer.name(),
            agency: chance.pick(AGENCIES),
            place,
            tags,
            people: speakers.iter().map(|person| person.name()).collect(),
            blocks: body(&speakers, place, with_photo, chance),
            drawing: (with_photo && chance.percent(30)).then(|| drawing(chance)),
        }
    }

    /// Puts the article into the one section, and has `speaker` speak and `crowd` be named in it.
    pub(crate) fn strain(&mut self, speaker: &Person, crowd: &[Person]) {
        self.kicker = SECTIONS[0];
        let names: Vec<String> = crowd.iter().map(Person::name).collect();
        self.blocks.push(Block::Paragraph(format!(
            "“Nobody was surprised by what we heard today,” {}, {}, said of it. “It is on the record.”",
            speaker.name(),
            speaker.role()
        )));
        for names in names.chunks(4) {
            self.blocks.push(Block::Paragraph(format!("{} signed the petition as well.", names.join(" and "))));
        }
    }

    /// As the site in `benches/hugo/` reads it.
    pub(crate) fn hugo(&self) -> String {
        let listed = |words: &[String]| words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
        let mut people = self.people.clone();
        people.sort();
        people.dedup();
        let tags: Vec<String> = self.tags.iter().map(|tag| (*tag).to_owned()).collect();
        let mut out = format!(
            "+++\ntitle = \"{}\"\ndescription = \"{}\"\ndate = {}\nslug = \"{}\"\nbyline = \"{}\"\n\
             agency = \"{}\"\ndesks = [\"{}\"]\ntopics = [{}]\npeople = [{}]\n+++\n",
            self.headline,
            self.standfirst,
            self.date,
            self.slug,
            self.byline,
            self.agency,
            self.kicker,
            listed(&tags),
            listed(&people)
        );
        for block in &self.blocks {
            out.push('\n');
            let _ = match block {
                Block::Paragraph(words) => writeln!(out, "{words}"),
                Block::Crosshead(words) => writeln!(out, "## {words}"),
                Block::Photo { caption, credit, .. } => writeln!(out, "*Pictured:* {caption} ({credit})"),
            };
        }
        out
    }

    /// As an agency would send it.
    pub(crate) fn wire(&self) -> String {
        let day = DAYS[self.date.weekday().to_monday_zero_offset() as usize];
        let mut out = format!(
            "{}\n\n{}\n\n{}\n\nBy {}\n\n{}\n\n{day} {}, {}\n",
            self.kicker,
            self.headline,
            self.standfirst,
            self.byline,
            self.agency,
            self.date.strftime("%-d %B %Y"),
            self.time
        );
        let mut dateline = format!("{} — ", self.place.to_uppercase());
        for block in &self.blocks {
            out.push('\n');
            let _ = match block {
                Block::Paragraph(words) => writeln!(out, "{}{words}", std::mem::take(&mut dateline)),
                Block::Crosshead(words) => writeln!(out, "{words}"),
                Block::Photo { alt, caption, credit } => writeln!(out, "{alt}\n{caption} ({credit})"),
            };
        }
        out
    }

    /// As an editor would write it.
    pub(crate) fn markdown(&self) -> String {
        let tags: Vec<String> = self.tags.iter().map(|tag| format!("\"{tag}\"")).collect();
        let mut out = format!(
            "+++\ntitle = \"{}\"\ndescription = \"{}\"\ndate = {}\nsection = \"{}\"\nauthors = [\"{}\"]\nsource = \"{}\"\ntags = [{}]\n+++\n",
            self.headline,
            self.standfirst,
            self.date,
            self.kicker,
            self.byline,
            self.agency,
            tags.join(", ")
        );
        for (i, block) in self.blocks.iter().enumerate() {
            out.push('\n');
            let _ = match block {
                Block::Paragraph(words) if i % 4 == 1 => writeln!(out, "{}", emphasized(words)),
                Block::Paragraph(words) => writeln!(out, "{words}"),
                Block::Crosshead(words) => writeln!(out, "## {words}"),
                Block::Photo { caption, credit, .. } => writeln!(out, "*Pictured:* {caption} ({credit})"),
            };
        }
        out
    }

    /// A picture to lie beside the article.
    pub(crate) fn drawing(&self) -> Option<&str> {
        self.drawing.as_deref()
    }
}

fn body(speakers: &[&Person], place: &str, with_photo: bool, chance: &mut Chance) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(format!(
        "{}, {} {} on {}, {}.",
        upper(&clause(chance)),
        speakers[0].role(),
        chance.pick(SAID),
        chance.pick(DAYS),
        chance.pick(WHEN)
    ))];
    if with_photo {
        let shown = format!("{} at {} on {}.", speakers[0].name(), place, chance.pick(DAYS));
        let credit = format!("Ola Brandt/{}", chance.pick(&["Northsound", "Calder Courier", "Island Press"]));
        blocks.push(Block::Photo { alt: shown.clone(), caption: shown, credit });
    }
    for (i, person) in speakers.iter().enumerate() {
        if i == 1 || i == 3 {
            blocks.push(Block::Crosshead(format!("{} and {}", upper(&noun(chance)), noun(chance))));
        }
        blocks.push(Block::Paragraph(introduce(person, chance)));
        for _ in 0..1 + chance.below(3) {
            blocks.push(Block::Paragraph(go_on(person, chance)));
        }
        blocks.push(Block::Paragraph(format!("{}. {}.", upper(&clause(chance)), upper(&clause(chance)))));
    }
    if chance.percent(40) {
        let unnamed = chance.pick(UNNAMED);
        blocks.push(Block::Paragraph(format!("{} said: “{}.”", upper(unnamed), upper(&clause(chance)))));
    }
    if chance.percent(30) {
        blocks.push(Block::Paragraph(format!(
            "The so-called ‘{} {}’ was not mentioned, and {}.",
            chance.pick(KINDS),
            chance.pick(THINGS),
            clause(chance)
        )));
    }
    blocks
}

/// The first words of a speaker, with the full name.
fn introduce(person: &Person, chance: &mut Chance) -> String {
    let (name, role) = (person.name(), person.role());
    match chance.below(5) {
        0 => {
            format!("{name}, {role}, said {} was “{}”, and that {}.", noun(chance), some_words(chance), clause(chance))
        }
        1 => format!("“{},” said {name}, {role}. “{}.”", upper(&clause(chance)), upper(&clause(chance))),
        2 => format!(
            "{name}, the {role}, told the {}: “{}. {}.”",
            chance.pick(AGENCIES),
            upper(&clause(chance)),
            upper(&clause(chance))
        ),
        3 => format!("{name}, {role}, said that {} and that {}.", clause(chance), clause(chance)),
        _ => format!("According to {name}, {role}, {} is “{}”.", noun(chance), some_words(chance)),
    }
}

/// More from somebody who was introduced.
fn go_on(person: &Person, chance: &mut Chance) -> String {
    let (surname, honorific, pronoun) = (&person.surname, person.honorific(), person.pronoun());
    let said = chance.pick(SAID);
    match chance.below(7) {
        0 => format!("“{},” {pronoun} {said}. “{}.”", upper(&clause(chance)), upper(&clause(chance))),
        1 => format!("“{},” {honorific} {surname} {said}.", upper(&clause(chance))),
        2 => format!("“{},” {said} {surname}, “and {}.”", upper(&clause(chance)), clause(chance)),
        3 => format!(
            "{honorific} {surname} {} that {}. {}.",
            chance.pick(&["said", "argued", "insisted"]),
            clause(chance),
            upper(&clause(chance))
        ),
        4 => format!("{} called it “{}” and “{}”.", upper(pronoun), some_words(chance), some_words(chance)),
        5 => format!(
            "“{},” {pronoun} {}. “They told me ‘{}’, and I believed them.”",
            upper(&clause(chance)),
            chance.pick(SAYS),
            clause(chance)
        ),
        _ => format!(
            "“{}. {}. {},” {pronoun} {said} {}.",
            upper(&clause(chance)),
            upper(&clause(chance)),
            upper(&clause(chance)),
            chance.pick(WHEN)
        ),
    }
}

fn headline(chance: &mut Chance) -> String {
    match chance.below(3) {
        0 => format!(
            "{} {} {} ‘{}’",
            upper(chance.pick(KINDS)),
            chance.pick(THINGS),
            chance.pick(DOES),
            some_words(chance)
        ),
        1 => format!("{} {} {} {}", upper(chance.pick(KINDS)), chance.pick(THINGS), chance.pick(DOES), noun(chance)),
        _ => format!("{} {}", upper(&noun(chance)), chance.pick(WHEN)),
    }
}

/// "the disputed ferry waits for a new quay after the storm"
fn clause(chance: &mut Chance) -> String {
    let mut words = format!("{} {} {}", noun(chance), chance.pick(DOES), noun(chance));
    if chance.percent(60) {
        let _ = write!(words, " {}", chance.pick(WHEN));
    }
    words
}

fn noun(chance: &mut Chance) -> String {
    format!("{} {} {}", chance.pick(&["the", "the", "this", "every", "their"]), chance.pick(KINDS), chance.pick(THINGS))
}

fn some_words(chance: &mut Chance) -> String {
    format!("{} and {} {}", chance.pick(KINDS), chance.pick(KINDS), chance.pick(WHEN))
}

/// The words with emphasis on the one after the first "the", for the readers of markup.
fn emphasized(words: &str) -> String {
    let Some((before, rest)) = words.split_once(" the ") else { return words.to_owned() };
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    format!("{before} the *{}*{}", &rest[..end], &rest[end..])
}

fn upper(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

fn drawing(chance: &mut Chance) -> String {
    let mut out = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1200 800\">\n");
    for _ in 0..12 {
        let _ = writeln!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"#{:06x}\"/>",
            chance.below(1100),
            chance.below(700),
            20 + chance.below(300),
            20 + chance.below(300),
            chance.below(1 << 24)
        );
    }
    out + "</svg>\n"
}
