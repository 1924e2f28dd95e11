//! `docs/templates.md` is made of the views and the templates, and a site's own templates do what the guide says.

use super::support::{files_below, is_blessing, project};
use onrecord::build::{self, BuildOptions, Quiet};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A struct or enum of the views, as its source tells of it.
struct Type {
    doc: String,
    /// Name, type, what it is; of an enum's variants the type is empty.
    fields: Vec<(String, String, String)>,
}

fn read(path: &str) -> String {
    fs::read_to_string(project(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Reads the types out of `src/view/`: doc comments, `pub struct` and `pub enum`, one field or variant a line.
fn types() -> BTreeMap<String, Type> {
    let mut types = BTreeMap::new();
    for file in files_below(&project("src/view")).into_iter().filter(|file| file.ends_with(".rs")) {
        let text = read(&format!("src/view/{file}"));
        let (mut doc, mut open): (Vec<String>, Option<(String, Type)>) = (Vec::new(), None);
        for line in text.lines() {
            let bare = line.trim();
            if let Some(words) = bare.strip_prefix("///") {
                doc.push(words.trim().to_owned());
            } else if let Some(head) = bare.strip_prefix("pub struct ").or_else(|| bare.strip_prefix("pub enum ")) {
                let name = head.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
                let found = Type { doc: doc.join(" "), fields: Vec::new() };
                doc.clear();
                if bare.ends_with('{') {
                    open = Some((name, found));
                }
            } else if line == "}" {
                types.extend(open.take());
                doc.clear();
            } else if let Some((_, found)) = &mut open {
                let field = bare.strip_prefix("pub ").and_then(|field| field.strip_suffix(',')?.split_once(": "));
                if let Some((name, kind)) = field {
                    found.fields.push((name.to_owned(), plain(kind), doc.join(" ")));
                    doc.clear();
                } else if line.starts_with("    ") && !line.starts_with("     ") && bare.ends_with(['{', ',']) {
                    let name = bare.trim_end_matches([',', '{', ' ']).to_owned();
                    found.fields.push((name, String::new(), doc.join(" ")));
                    doc.clear();
                }
            } else if !bare.starts_with("#[") {
                doc.clear();
            }
        }
    }
    types
}

/// A type as templates know it.
fn plain(kind: &str) -> String {
    let inner = |start: &str| kind.strip_prefix(start).and_then(|rest| rest.strip_suffix('>'));
    if let Some(of) = inner("Option<") {
        return format!("{} or none", plain(of));
    }
    if let Some(of) = inner("Vec<") {
        return format!("list of {}", plain(of));
    }
    if let Some(of) = inner("Box<").filter(|of| *of != "str") {
        return plain(of);
    }
    if let Some(of) = kind.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        let (mut depth, mut parts, mut start) = (0, Vec::new(), 0);
        for (at, c) in of.char_indices() {
            depth += i32::from(matches!(c, '<' | '(')) - i32::from(matches!(c, '>' | ')'));
            if c == ',' && depth == 0 {
                parts.push(plain(of[start..at].trim()));
                start = at + 1;
            }
        }
        parts.push(plain(of[start..].trim()));
        return format!("[{}]", parts.join(", "));
    }
    match kind {
        "Box<str>" | "&'static str" | "String" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u32" | "u64" | "i32" | "i16" | "u8" => "number".to_owned(),
        name => format!("[{name}](#{})", name.to_lowercase()),
    }
}

/// All names of views that a type's fields lead to.
fn named(kind: &str) -> impl Iterator<Item = &str> {
    kind.split('[').filter_map(|part| part.split_once("](#").map(|(name, _)| name))
}

fn section(out: &mut String, level: &str, name: &str, of: &Type) {
    let _ =
        write!(out, "\n{level} {name}\n\n{}\n\n| Field | Type | What it is |\n| --- | --- | --- |\n", linked(&of.doc));
    for (field, kind, doc) in &of.fields {
        let _ = writeln!(out, "| `{field}` | {kind} | {} |", linked(doc).replace('|', "\\|"));
    }
}

/// A doc comment without the links that only rustdoc follows.
fn linked(doc: &str) -> String {
    doc.replace("[`", "`").replace("`]", "`")
}

fn page() -> String {
    let types = types();
    let mut out = "# What templates see\n\nMade of the views, the theme and its comments by a test; `just bless` writes it anew. \
        How to change the theme is told in [the guide](guide/theming.md).\n\nEvery page has `site`, `head` and `page`; \
        a report also has `body`, a list of `{kind: \"html\", html}` and `{kind: \"figure\", figure}` in the order of \
        reading. “None” is false in an `if`.\n\n## Pages\n\n| Template | `page` is |\n| --- | --- |\n"
        .to_owned();
    let views = read("src/view/mod.rs");
    let pages =
        views.split_once("pub enum PageView {").and_then(|(_, rest)| rest.split_once("\n}")).expect("PageView").0;
    let pages: Vec<(&str, String)> = pages
        .lines()
        .filter_map(|line| line.trim().strip_suffix("),")?.split_once('('))
        .map(|(name, view)| (name, plain(view)))
        .collect();
    let mut todo: Vec<String> = vec!["SiteView".into(), "HeadView".into()];
    for (name, view) in &pages {
        let mut file = String::new();
        for c in name.chars() {
            if c.is_uppercase() && !file.is_empty() {
                file.push('_');
            }
            file.extend(c.to_lowercase());
        }
        assert!(project(&format!("templates/{file}.html")).is_file(), "{file}.html");
        let _ = writeln!(out, "| `{file}.html` | {view} |");
        todo.extend(named(view).map(str::to_owned));
    }
    out.push_str("\n## Views\n");
    let mut done: Vec<String> = Vec::new();
    while !todo.is_empty() {
        let name = todo.remove(0);
        if done.contains(&name) {
            continue;
        }
        let Some(found) = types.get(&name) else {
            done.push(name);
            continue;
        };
        section(&mut out, "###", &name, found);
        todo.extend(found.fields.iter().flat_map(|(_, kind, _)| named(kind)).map(str::to_owned));
        done.push(name);
    }
    components(&mut out);
    blocks(&mut out);
    functions(&mut out);
    tokens(&mut out);
    out
}

fn components(out: &mut String) {
    out.push_str("\n## Components\n\nUsed as `{{ <chip person={page.chip} /> }}`; each is a file of `templates/components/`.\n\n| Component | Arguments | What it draws |\n| --- | --- | --- |\n");
    for file in files_below(&project("templates/components")) {
        let text = read(&format!("templates/components/{file}"));
        let (_, head) = text.split_once("component ").expect("a component");
        let (name, rest) = head.split_once('(').expect("arguments");
        let arguments = rest.split_once(") -%}").expect("an end").0;
        let doc = text.strip_prefix("{#-").and_then(|doc| doc.split_once("-#}")).map_or("", |(doc, _)| doc);
        let doc = doc.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "| `{name}` | `{arguments}` | {doc} |");
    }
}

fn blocks(out: &mut String) {
    out.push_str("\n## Blocks\n\n| Block | In |\n| --- | --- |\n");
    for file in files_below(&project("templates")).into_iter().filter(|file| !file.contains('/')) {
        let text = read(&format!("templates/{file}"));
        for part in text.split("{%").skip(1) {
            let Some(name) = part.trim_start_matches('-').trim_start().strip_prefix("block ") else { continue };
            let name = name.split_whitespace().next().unwrap_or_default();
            if name != "main" || file == "base.html" {
                let _ = writeln!(out, "| `{name}` | `{file}` |");
            }
        }
    }
}

fn functions(out: &mut String) {
    out.push_str("\n## Functions and filters\n\nBeside those of [Tera](https://keats.github.io/tera/).\n\n");
    let text = read("src/render/filters.rs");
    let mut doc = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("/// ") {
            Some(words) => doc.push(words),
            None => {
                let told = doc.join(" ");
                if told.starts_with('`') {
                    let _ = writeln!(out, "- {told}");
                }
                doc.clear();
            }
        }
    }
    out.push_str("- `{{ n | grouped }}`: a whole number with its thousands apart, \"2,108\".\n- `{{ names | joined }}`: \"A, B, C\".\n- `{{ names | listed }}`: \"A, B and C\".\n");
}

fn tokens(out: &mut String) {
    out.push_str("\n## Tokens\n\nCustom properties of `theme.css`; a site sets its own in `static/site.css`.\n\n| Token | Value |\n| --- | --- |\n");
    let text = read("static/theme.css");
    let root = text.split_once(":root {").and_then(|(_, rest)| rest.split_once("\n}")).expect("tokens").0;
    for line in root.lines().filter_map(|line| line.trim().strip_prefix("--")) {
        let (name, value) = line.trim_end_matches(';').split_once(": ").expect("a token");
        let _ = writeln!(out, "| `--{name}` | `{value}` |");
    }
}

#[test]
fn what_templates_see_is_told() {
    let (page, path) = (page(), project("docs/templates.md"));
    if is_blessing() {
        fs::write(&path, &page).expect("a page");
    }
    assert_eq!(page, fs::read_to_string(&path).unwrap_or_default(), "docs/templates.md is stale: `just bless`");
    for line in page.lines().filter(|line| line.starts_with("| `")) {
        assert!(!line.ends_with("|  |"), "nothing is said of {line}");
    }
}

/// Writes the files that a guide shows: a code block whose first line is a comment with the file's name.
fn files_of_guide(guide: &str, root: &Path) -> usize {
    let mut n = 0;
    for block in guide.split("```").skip(1).step_by(2) {
        let (_, block) = block.split_once('\n').unwrap_or_default();
        let Some((first, _)) = block.split_once('\n') else { continue };
        let name = first.trim_matches(|c: char| !c.is_alphanumeric());
        if name.contains('/') && !name.contains(' ') {
            let path = root.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, block).expect("a file");
            n += 1;
        }
    }
    n
}

#[test]
fn the_guide_s_examples_change_the_theme() {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let root = scratch.path();
    fs::create_dir_all(root.join("content")).expect("a folder");
    let story = "+++\ntitle = \"Quay reopens\"\ndate = 2031-11-14\n+++\n\n“The quay is dry,” Ingrid Marsh said.\n";
    fs::write(root.join("content/quay.md"), story).expect("a story");
    assert_eq!(files_of_guide(&read("docs/guide/theming.md"), root), 4);
    let built =
        build::run(&BuildOptions::new(root), &Quiet).unwrap_or_else(|failure| panic!("{:#?}", failure.diagnostics));
    assert_eq!(built.diagnostics, []);
    let front = fs::read_to_string(root.join("public/index.html")).expect("a front page");
    for part in [
        "<link rel=\"stylesheet\" href=\"/site.css\">",
        "<p class=\"imprint\">Printed and published at Port Ansel.</p>",
        "Feeds and data",
        "data-speaker=\"Ingrid Marsh\"",
    ] {
        assert!(front.contains(part), "the front page lacks {part}");
    }
    let mut pages = files_below(&root.join("public")).into_iter().filter(|page| page.ends_with("quay/index.html"));
    let report = fs::read_to_string(root.join("public").join(pages.next().expect("a report"))).expect("a report");
    assert!(report.contains(">The speakers</h2>"), "{report}");
}
