use super::chance::Chance;
use crate::support::{copy_living_tree, files_below, project};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A small archive that changes.
pub(crate) struct Site {
    pub(crate) root: PathBuf,
    pub(crate) chance: Chance,
    /// Whether quotations have pages of their own whatever chance says.
    pub(crate) quotation_pages: bool,
    /// Whether drafts are published too.
    pub(crate) drafts: bool,
    /// Files in the output that are not ours.
    pub(crate) foreign: BTreeSet<String>,
    /// Makes names that are new.
    counter: usize,
}

const PEOPLE: [(&str, &str); 8] = [
    ("Ingrid", "Marsh"),
    ("Tobias", "Renn"),
    ("Lucia", "Ferrant"),
    ("Ola", "Brandt"),
    ("Osric", "Pell"),
    ("Daniel", "Oake"),
    ("Selma", "Marsh"),
    ("Henrike", "Quill"),
];
const PLACES: [&str; 4] = ["the Calder Tunnel", "the ferry", "the new quay", "the licence"];
const VERBS: [&str; 4] = ["said", "added", "warned", "replied"];
const WORDS: [&str; 6] = [
    "The bore is dry and the pumps will stay where they are",
    "Nobody in Port Ansel has been asked about the price of it",
    "We will sail until the last lamp on the quay is out",
    "It will take some time before the first of them can go home",
    "That is a matter for the council and for nobody else",
    "The other bank has waited for thirty years, and it can wait",
];
const TOPICS: [&str; 4] = ["Calder Tunnel", "Ferries", "Dredging", "ferries"];
const SECTIONS: [&str; 4] = ["Harbour", "Merrow", "Letters", "harbour"];

/// Old addresses that may meet a file for the host, a folder of pages, a static file or one another.
const ALIASES: [&str; 8] = [
    "/_headers/",
    "/_redirects/x/",
    "/people/",
    "/harbour/old/",
    "/old/",
    "/old/0/index.html",
    "/notice.txt/",
    "/more/x.html/y/",
];

/// Static files, some where the site has a folder, or in a folder where it has a file; some in place of another.
const STATICS: [&str; 20] = [
    "static/notice.txt",
    "static/more/notice.txt",
    "static/people/index.html",
    "static/notice.txt/x",
    "static/more",
    "static/people",
    "static/harbour",
    "static/search",
    "static/2031",
    "static/2031/11",
    "static/img/sizes",
    "static/q",
    "static/old",
    "static/old/0",
    "static/old/0/index.html",
    "static/index.html/x",
    "static/theme.css/x",
    "static/theme.css",
    "static/_headers/x",
    "static/_redirects/x",
];

/// One kind of change: what it is called, and how often it happens among a hundred.
type Edit = (&'static str, usize, fn(&mut Site));

const EDITS: &[Edit] = &[
    ("an article is added", 12, Site::add),
    ("an article is written anew", 12, Site::rewrite),
    ("a word of an article is changed", 11, Site::reword),
    ("an article is deleted", 6, Site::delete),
    ("an article is renamed", 5, Site::rename),
    ("an article is broken", 2, Site::break_article),
    ("a file is touched", 3, Site::touch),
    ("an editor decides", 7, Site::decide),
    ("a sidecar is deleted", 2, Site::drop_sidecar),
    ("a sidecar is broken", 1, Site::break_sidecar),
    ("a people file is written", 7, Site::people_file),
    ("a people file is deleted", 2, Site::drop_people_file),
    ("a picture is put", 5, Site::picture),
    ("a picture is taken away", 2, Site::drop_picture),
    ("a static file is put", 6, Site::static_file),
    ("the settings change", 4, Site::settings),
    ("a template is replaced", 5, Site::template),
    ("a template is broken", 1, Site::break_template),
    ("a name is withheld, or no longer", 2, Site::rulings),
    ("the words of the theme change", 3, Site::words),
    ("the theme is the default again", 2, Site::drop_templates),
    ("drafts are asked for, or no longer", 1, Site::toggle_drafts),
    ("the cache is deleted", 2, Site::drop_cache),
    ("a file of the cache is deleted", 2, Site::drop_cache_file),
    ("a file of the cache is cut short", 2, Site::cut_cache_file),
    ("a byte of the cache is changed", 3, Site::damage_cache_file),
    ("a page in the output is changed", 3, Site::damage_page),
    ("a page in the output is deleted", 2, Site::drop_page),
    ("something foreign is put into the output", 1, Site::foreign),
    ("the output is deleted", 1, Site::drop_output),
    ("the site comes back from a backup", 2, Site::restore),
];

/// A picture of pixels, wide enough to have a smaller one.
fn raster(width: usize, shade: u8) -> Vec<u8> {
    let samples: Vec<u8> = (0..width * 12).map(|at| (at * at % 251) as u8 / 2 + shade).collect();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width as u32, 12);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&samples).expect("pixels");
    writer.finish().expect("an end");
    out
}

impl Site {
    /// A folder for articles with none in it.
    pub(crate) fn empty(root: PathBuf, chance: Chance) -> Self {
        fs::create_dir_all(root.join("content")).expect("a folder");
        Self { root, chance, quotation_pages: false, drafts: false, foreign: BTreeSet::new(), counter: 0 }
    }

    pub(crate) fn new(root: PathBuf, chance: Chance) -> Self {
        Self::empty(root, chance).begun()
    }

    /// The same with a page for each quotation at all times.
    pub(crate) fn of_quotations(root: PathBuf, chance: Chance) -> Self {
        Self { quotation_pages: true, ..Self::empty(root, chance) }.begun()
    }

    /// With settings, articles and somebody's file.
    fn begun(self) -> Self {
        let mut site = self;
        site.settings();
        for _ in 0..8 {
            site.add();
        }
        site.people_file();
        site
    }

    /// Changes something; says what.
    pub(crate) fn edit(&mut self) -> String {
        let all = EDITS.iter().map(|(_, often, _)| often).sum();
        let mut at = self.chance.below(all);
        let (name, _, edit) = EDITS
            .iter()
            .find(|(_, often, _)| {
                let here = at < *often;
                at = at.saturating_sub(*often);
                here
            })
            .expect("one of them");
        edit(self);
        (*name).to_owned()
    }

    /// Writes a file, its folders made.
    pub(crate) fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let place = self.root.join(path);
        fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
        fs::write(place, bytes).expect("a file");
    }

    /// One of the files below a folder whose name ends so.
    fn any(&mut self, folder: &str, ending: &str) -> Option<String> {
        let files: Vec<String> = files_below(&self.root.join(folder))
            .into_iter()
            .filter(|path| path.ends_with(ending) && !(folder == "content" && path.starts_with("people/")))
            .collect();
        (!files.is_empty()).then(|| format!("{folder}/{}", files[self.chance.below(files.len())]))
    }

    fn article_file(&mut self) -> Option<String> {
        let ending = if self.chance.percent(75) { ".md" } else { ".txt" };
        self.any("content", ending)
    }

    fn name(&mut self) -> String {
        self.counter += 1;
        format!("{}-{}", self.chance.pick(&["quay", "tunnel", "dredger", "quay"]), self.counter % 40)
    }

    fn paragraph(&mut self) -> String {
        let (given, surname) = self.chance.pick(&PEOPLE);
        let (verb, words) = (self.chance.pick(&VERBS), self.chance.pick(&WORDS));
        match self.chance.below(5) {
            0 => format!("“{words},” {verb} {given} {surname}, the Harbour Minister, on Monday."),
            1 => format!("{given} {surname} {verb} that {}.", words.to_lowercase()),
            2 => format!("“{words},” she {verb}. “{}.”", self.chance.pick(&WORDS)),
            3 => format!("The Harbour Minister {verb} of {}: “{words}.”", self.chance.pick(&PLACES)),
            _ => format!("{given} {surname} was seen at {}. Mr {surname} {verb} nothing.", self.chance.pick(&PLACES)),
        }
    }

    /// One of few days, so that they come and go.
    fn day(&mut self) -> (usize, usize, usize) {
        (2030 + self.chance.below(2), self.chance.pick(&[2, 11]), 12 + self.chance.below(6))
    }

    fn date(&mut self) -> String {
        let (year, month, day) = self.day();
        format!("{year}-{month:02}-{day:02}")
    }

    fn copy(&mut self, markdown: bool) -> String {
        let headline = format!("{} waits, says {}", self.chance.pick(&PLACES), self.chance.pick(&PEOPLE).1);
        let body: Vec<String> = (0..2 + self.chance.below(4)).map(|_| self.paragraph()).collect();
        let body = body.join("\n\n");
        if !markdown {
            return format!("{}\n\n{headline}\n\n{body}\n", self.chance.pick(&["UK", "World"]));
        }
        let mut front = format!("title = \"{headline}\"\ndate = {}\n", self.date());
        if self.chance.percent(70) {
            front += &format!("tags = [\"{}\", \"{}\"]\n", self.chance.pick(&TOPICS), self.chance.pick(&TOPICS));
        }
        if self.chance.percent(60) {
            front += &format!("section = \"{}\"\n", self.chance.pick(&SECTIONS));
        }
        if self.chance.percent(15) {
            let alias = match self.chance.below(3) {
                0 => self.chance.pick(&ALIASES).to_owned(),
                _ => format!("/old/{}/", self.chance.below(4)),
            };
            front += &format!("aliases = [\"{alias}\"]\n");
        }
        if self.chance.percent(30) {
            front += &format!("updated = {}\n", self.date());
        }
        if self.chance.percent(8) {
            front += "draft = true\n";
        }
        if self.chance.percent(40) {
            front += &format!("agency = \"{}\"\n", self.chance.pick(&["Northsound", "northsound", "Calder Courier"]));
        }
        if self.chance.percent(20) {
            front += &format!("rights = \"{}\"\n", self.chance.pick(&["CC BY 4.0", "All rights reserved"]));
        }
        if self.chance.percent(25) {
            front += &format!("[[corrections]]\ndate = {}\ntext = \"It was otherwise.\"\n", self.date());
            if self.chance.percent(50) {
                front += "was = \"thirteen\"\nnow = \"thirty\"\n";
            }
        }
        let photo = if self.chance.percent(40) {
            let (n, ending) = (self.chance.below(4), self.chance.pick(&["svg", "png"]));
            format!(
                "\n\n![The quay at dusk](picture-{n}.{ending} \"The quay at Port Ansel at dusk, number {n}. (Ola Brandt/Northsound)\")"
            )
        } else {
            String::new()
        };
        format!("+++\n{front}+++\n{body}{photo}\n")
    }

    fn add(&mut self) {
        let markdown = self.chance.percent(80);
        let (copy, name) = (self.copy(markdown), self.name());
        let folder = self.chance.pick(&["", "harbour/", "2031/11/", "2030/02/"]);
        let (year, month, day) = self.day();
        let path = match markdown {
            true => format!("content/{folder}{name}.md"),
            false => format!("content/{year}/{month:02}/{day:02}-{name}.txt"),
        };
        self.put(&path, copy);
    }

    fn rewrite(&mut self) {
        let Some(path) = self.article_file() else { return self.add() };
        let copy = self.copy(path.ends_with(".md"));
        self.put(&path, copy);
    }

    /// Changes a word for another, often of the same length.
    fn reword(&mut self) {
        let Some(path) = self.article_file() else { return self.add() };
        let mut text = fs::read_to_string(self.root.join(&path)).expect("copy");
        for _ in 0..20 {
            let pairs =
                [("Marsh", "March"), ("March", "Marsh"), ("said", "told"), ("Monday", "Sunday"), ("quay", "pier")];
            let (from, to) = self.chance.pick(&pairs);
            if text.contains(from) {
                text = text.replacen(from, to, 1);
                return self.put(&path, text);
            }
        }
        text.push_str(&format!("\n{}\n", self.paragraph()));
        self.put(&path, text);
    }

    fn delete(&mut self) {
        if files_below(&self.root.join("content")).len() > 4
            && let Some(path) = self.article_file()
        {
            fs::remove_file(self.root.join(path)).expect("a file");
        }
    }

    fn rename(&mut self) {
        let Some(path) = self.article_file() else { return };
        let (folder, file) = path.rsplit_once('/').expect("a folder");
        let (stem, ending) = file.rsplit_once('.').expect("an ending");
        let name = if self.chance.percent(50) { format!("{stem}-again") } else { self.name() };
        fs::rename(self.root.join(&path), self.root.join(format!("{folder}/{name}.{ending}"))).expect("renamed");
    }

    fn break_article(&mut self) {
        if let Some(path) = self.any("content", ".md") {
            self.put(&path, "+++\ntitel = \"A mistyped key\"\n+++\nWords.\n");
        }
    }

    fn touch(&mut self) {
        if let Some(path) = self.article_file() {
            let bytes = fs::read(self.root.join(&path)).expect("copy");
            self.put(&path, bytes);
        }
    }

    /// Writes a sidecar beside an article: of words that stand there, or stood there, or are another article's.
    fn decide(&mut self) {
        let Some(path) = self.article_file() else { return };
        let mut toml = String::new();
        for _ in 0..1 + self.chance.below(3) {
            let (words, (given, surname)) = (self.chance.pick(&WORDS), self.chance.pick(&PEOPLE));
            let exact = if self.chance.percent(60) { words } else { &words[..words.rfind(' ').expect("words")] };
            toml += &format!("[[quotation]]\nexact = \"{exact}\"\n");
            let address = format!("{}-{}", given.to_lowercase(), surname.to_lowercase());
            let name = format!("{given} {surname}");
            match self.chance.below(6) {
                0 => {}
                1 => toml += "speaker = \"?\"\n",
                2 => toml += "speaker = \"none\"\n",
                3 => toml += &format!("speaker = \"{name}\"\n"),
                _ => toml += &format!("speaker = \"{address}\"\n"),
            }
            if self.chance.percent(30) {
                toml += &format!("kind = \"{}\"\n", self.chance.pick(&["direct", "partial", "indirect"]));
            }
            if self.chance.percent(20) {
                toml += "suffix = \",” said\"\n";
            }
            toml += &format!("by = \"hl\"\ndate = {}\n\n", self.date());
        }
        self.put(&onrecord::read::sidecar_path(&path), toml);
    }

    fn drop_sidecar(&mut self) {
        if let Some(path) = self.any("content", ".annotations.toml") {
            fs::remove_file(self.root.join(path)).expect("a file");
        }
    }

    fn break_sidecar(&mut self) {
        if let Some(path) = self.any("content", ".annotations.toml") {
            self.put(&path, "[[quotation]]\nexact = We sail\n");
        }
    }

    fn people_file(&mut self) {
        let (given, surname) = self.chance.pick(&PEOPLE);
        let slug = format!("{}-{}", given.to_lowercase(), surname.to_lowercase());
        let mut front = format!("name = \"{given} {surname}\"\n");
        if self.chance.percent(30) {
            front += &format!("aliases = [\"{given} M. {surname}\"]\n");
        }
        if self.chance.percent(20) {
            front += "not = [\"selma-marsh\"]\n";
        }
        if self.chance.percent(20) {
            front += &format!("former = [\"{}\"]\n", self.chance.pick(&["osric-pell", "minister-marsh"]));
        }
        if self.chance.percent(20) {
            front += &format!("slot = {}\n", 1 + self.chance.below(8));
        }
        if self.chance.percent(60) {
            front += &format!("[[offices]]\ntitle = \"Harbour Minister\"\nfrom = {}\n", self.date());
            if self.chance.percent(30) {
                front += "to = 2032-03-01\n";
            }
        }
        let words = self.chance.pick(&WORDS);
        self.put(&format!("content/people/{slug}.md"), format!("+++\n{front}+++\n{words}.\n"));
    }

    fn rulings(&mut self) {
        let (given, surname) = self.chance.pick(&PEOPLE);
        let ruling = format!(
            "[[ruling]]\naction = \"anonymise\"\nname = \"{given} {surname}\"\nas = \"a witness\"\ndate = {}\n",
            self.date()
        );
        let ledger = if self.chance.percent(60) { ruling } else { String::new() };
        self.put("content/rulings.toml", ledger);
    }

    fn drop_people_file(&mut self) {
        if let Some(path) = self.any("content/people", ".md") {
            fs::remove_file(self.root.join(path)).expect("a file");
        }
    }

    fn picture(&mut self) {
        let (n, width) = (self.chance.below(4), 100 + self.chance.below(3) * 20);
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} 80\"></svg>\n");
        let folder = self.chance.pick(&["content/", "content/harbour/", "content/2031/11/", "static/"]);
        if self.chance.percent(40) {
            let shade = self.chance.below(3) as u8 * 40;
            self.put(&format!("{folder}picture-{n}.png"), raster(380 + width, shade));
        } else {
            self.put(&format!("{folder}picture-{n}.svg"), svg);
        }
    }

    fn drop_picture(&mut self) {
        let ending = self.chance.pick(&[".svg", ".png"]);
        if let Some(path) = self.any("content", ending) {
            fs::remove_file(self.root.join(path)).expect("a file");
        }
    }

    fn static_file(&mut self) {
        let path = self.chance.pick(&STATICS);
        let bytes = format!("Notice {}\n", self.chance.below(3));
        let place = self.root.join(path);
        if self.chance.percent(30) {
            let _ = fs::remove_file(place);
            return;
        }
        // What was a file may be a folder now, and the other way round.
        let statics = self.root.join("static");
        for above in place.ancestors().skip(1).take_while(|above| *above != statics) {
            let _ = fs::remove_file(above);
        }
        let _ = fs::remove_dir_all(&place);
        self.put(path, bytes);
    }

    fn settings(&mut self) {
        let title = self.chance.pick(&["The Calder Record", "The Record"]);
        let indirect = self.chance.percent(70);
        let (per_page, threshold) = (2 + self.chance.below(3), self.chance.pick(&["0.8", "0.6"]));
        let toml = format!(
            "title = \"{title}\"\nbase_url = \"https://record.example/\"\nper_page = {per_page}\nthreshold = {threshold}\nindirect = {indirect}\n"
        );
        let pages = self.chance.percent(30) || self.quotation_pages;
        let more = format!("quotation_pages = {pages}\ntei = {}\n", self.chance.percent(30));
        let sources = "[[sources]]\nname = \"Northsound\"\nrights = \"Archive display only\"\n";
        let host = self.chance.pick(&["plain", "netlify", "cloudflare", "gitlab", "apache"]);
        let more = more + &format!("host = \"{host}\"\n");
        self.put("site.toml", toml + &more + if pages { sources } else { "" });
    }

    fn template(&mut self) {
        let name = self.chance.pick(&["not_found.html", "topic.html", "article.html"]);
        let mut text = fs::read_to_string(project("templates").join(name)).expect("a template");
        text.push_str(&format!("{{# {} #}}\n", self.chance.below(1000)));
        if self.chance.percent(60) {
            text = text.replacen("</h1>", &format!(" {}</h1>", self.chance.below(1000)), 1);
        }
        self.put(&format!("templates/{name}"), text);
    }

    fn break_template(&mut self) {
        self.put("templates/not_found.html", "{% if %}");
    }

    fn words(&mut self) {
        let words = self.chance.pick(&["The speakers", "Who said it", "{n"]);
        self.put("i18n/en.toml", format!("[report]\nwho-speaks = \"{words}\"\n"));
    }

    fn drop_templates(&mut self) {
        let _ = fs::remove_dir_all(self.root.join("templates"));
    }

    fn toggle_drafts(&mut self) {
        self.drafts = !self.drafts;
    }

    fn drop_cache(&mut self) {
        let _ = fs::remove_dir_all(self.root.join(".onrecord"));
    }

    fn cache_file(&mut self) -> Option<PathBuf> {
        self.any(".onrecord/cache", "").map(|path| self.root.join(path))
    }

    fn drop_cache_file(&mut self) {
        if let Some(path) = self.cache_file() {
            fs::remove_file(path).expect("a file");
        }
    }

    fn cut_cache_file(&mut self) {
        if let Some(path) = self.cache_file() {
            let bytes = fs::read(&path).expect("a file");
            fs::write(&path, &bytes[..self.chance.below(bytes.len() + 1)]).expect("a file");
        }
    }

    fn damage_cache_file(&mut self) {
        if let Some(path) = self.cache_file() {
            let mut bytes = fs::read(&path).expect("a file");
            if !bytes.is_empty() {
                // Often in the header, where the version stands.
                let at = if self.chance.percent(30) { self.chance.below(40) } else { self.chance.below(bytes.len()) };
                let at = at.min(bytes.len() - 1);
                bytes[at] ^= 1 << self.chance.below(8);
                fs::write(&path, bytes).expect("a file");
            }
        }
    }

    fn page(&mut self) -> Option<PathBuf> {
        let path = self.any("public", "")?;
        let below = path.strip_prefix("public/").expect("in the output");
        (below != ".onrecord" && !self.foreign.contains(below)).then(|| self.root.join(path))
    }

    fn damage_page(&mut self) {
        if let Some(path) = self.page() {
            let mut bytes = fs::read(&path).expect("a file");
            match bytes.last_mut() {
                Some(last) if self.chance.percent(70) => *last ^= 1,
                _ => bytes.extend(b"more"),
            }
            fs::write(path, bytes).expect("a file");
        }
    }

    fn drop_page(&mut self) {
        if let Some(path) = self.page() {
            fs::remove_file(path).expect("a file");
        }
    }

    fn foreign(&mut self) {
        if self.root.join("public").is_dir() {
            let path = self.chance.pick(&["mine.txt", "people/mine.txt", "own/mine.txt"]);
            self.put(&format!("public/{path}"), "mine");
            self.foreign.insert(path.to_owned());
        }
    }

    fn drop_output(&mut self) {
        let _ = fs::remove_dir_all(self.root.join("public"));
        self.foreign.clear();
    }

    /// Every file with another time and another number, as a backup or a CI cache gives them back.
    /// The copy is made beside the site and put in its place whole: a preview that runs writes here all the while.
    fn restore(&mut self) {
        let (aside, copy) = (self.root.with_extension("aside"), self.root.with_extension("copy"));
        copy_living_tree(&self.root, &copy);
        fs::rename(&self.root, &aside).expect("renamed");
        while fs::rename(&copy, &self.root).is_err() {
            let _ = fs::remove_dir_all(&self.root);
        }
        fs::remove_dir_all(aside).expect("removed");
        fs::create_dir_all(Path::new(&self.root).join("content")).expect("a folder");
    }
}
