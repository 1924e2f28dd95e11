use super::Someone;
use crate::diag::{Diagnostic, codes};
use crate::model::{Encoding, Source};
use crate::read;
use crate::text::slug;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Value};

/// A people file that is being changed: its front matter as it stands, and what is around it.
pub(super) struct PersonFile<'a> {
    path: &'a str,
    /// Everything before the front matter, its fence included.
    before: &'a str,
    /// The front matter.
    pub(super) toml: DocumentMut,
    /// The closing fence.
    fence: &'a str,
    /// The biography, with the blank lines around it.
    pub(super) body: String,
    /// Whether lines end as on Windows.
    crlf: bool,
}

/// Lines around the front matter of a new file.
const FENCE: &str = "+++\n";

impl<'a> PersonFile<'a> {
    /// Opens somebody's file, or begins one with their name.
    ///
    /// Errors with what `read::person` says of a file at fault.
    pub(super) fn open(person: &Someone<'a>) -> Result<Self, Diagnostic> {
        let mut file = match person.text {
            Some(text) => Self::parsed(person.path, text)?,
            None => {
                let (toml, body) = (DocumentMut::new(), String::new());
                let mut new = Self { path: person.path, before: FENCE, toml, fence: FENCE, body, crlf: false };
                new.put("name", person.name);
                new
            }
        };
        // The name of a file is its person's address, unless it says otherwise.
        let stem = person.path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(stem, _)| stem);
        if slug(stem) != person.slug && file.toml.get("slug").is_none() {
            file.put("slug", person.slug);
        }
        Ok(file)
    }

    fn parsed(path: &'a str, text: &'a str) -> Result<Self, Diagnostic> {
        checked(path, text)?;
        let parted = read::front_matter(path, text).value;
        let broken = || Diagnostic::new(codes::FRONT_MATTER_BROKEN, path, "the people file has no front matter");
        let parted = parted.ok_or_else(broken)?;
        let part = |range| text.get(range).unwrap_or_default();
        let toml = part(parted.toml.clone());
        let crlf = toml.contains("\r\n");
        let toml = toml.replace("\r\n", "\n").parse::<DocumentMut>();
        Ok(Self {
            path,
            before: part(0..parted.toml.start),
            toml: toml.map_err(|error| broken().note(error.message().to_owned()))?,
            fence: part(parted.toml.end..parted.body),
            body: part(parted.body..text.len()).to_owned(),
            crlf,
        })
    }

    /// The file as it is to be written.
    ///
    /// Errors where it would not be read.
    pub(super) fn text(self) -> Result<String, Diagnostic> {
        let toml = self.toml.to_string();
        let toml = if self.crlf { toml.replace('\n', "\r\n") } else { toml };
        let text = [self.before, &toml, self.fence, &self.body].concat();
        checked(self.path, &text)?;
        Ok(text)
    }

    /// Sets a text, with whatever stands behind it on its line.
    pub(super) fn put(&mut self, key: &str, text: &str) {
        match self.toml.get_mut(key).and_then(Item::as_value_mut) {
            Some(value) => {
                let decor = value.decor().clone();
                *value = Value::from(text);
                *value.decor_mut() = decor;
            }
            None => {
                self.toml.insert(key, toml_edit::value(text));
            }
        }
    }

    /// The texts of a list; empty where there is none.
    pub(super) fn list(&self, key: &str) -> Vec<String> {
        let list = self.toml.get(key).and_then(Item::as_array);
        list.into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
    }

    /// Adds a text to a list, unless `same` says that it is there.
    pub(super) fn add(&mut self, key: &str, text: &str, same: fn(&str) -> String) {
        if self.list(key).iter().any(|other| same(other) == same(text)) {
            return;
        }
        let list = self.toml.entry(key).or_insert_with(|| toml_edit::value(Array::new()));
        let Some(list) = list.as_array_mut() else { return };
        // One to a line, if that is how the others stand.
        let lines = list.iter().last().and_then(|last| last.decor().prefix()?.as_str());
        let Some(prefix) = lines.filter(|prefix| prefix.contains('\n')).map(str::to_owned) else {
            list.push(text);
            return;
        };
        // Without a comma behind the last the line end is its own.
        let mut suffix = String::new();
        if let Some(last) = list.len().checked_sub(1).and_then(|last| list.get_mut(last)) {
            let end = last.decor().suffix().and_then(|end| end.as_str()).unwrap_or_default().to_owned();
            if end.trim().is_empty() {
                last.decor_mut().set_suffix("");
                suffix = end;
            }
        }
        list.push_formatted(Value::from(text).decorated(prefix, suffix));
    }

    /// Takes texts out of a list; an empty list goes as well.
    pub(super) fn take(&mut self, key: &str, gone: impl Fn(&str) -> bool) {
        let Some(list) = self.toml.get_mut(key).and_then(Item::as_array_mut) else { return };
        let n = list.len();
        list.retain(|item| !item.as_str().is_some_and(&gone));
        if list.is_empty() {
            self.toml.remove(key);
        } else if list.len() < n && list.iter().next().and_then(|first| first.decor().prefix()?.as_str()) == Some(" ") {
            // What stood second stands first now.
            if let Some(first) = list.get_mut(0) {
                first.decor_mut().set_prefix("");
            }
        }
    }

    /// Takes over tables from another file, `[[roles]]`, under whichever of the names is in use.
    pub(super) fn append_tables(&mut self, names: [&str; 2], other: &Self) {
        let theirs = names.iter().find_map(|name| other.toml.get(name)?.as_array_of_tables());
        let Some(theirs) = theirs else { return };
        let name = names.into_iter().find(|name| self.toml.contains_key(name)).unwrap_or(names[0]);
        let ours = self.toml.entry(name).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        let Some(ours) = ours.as_array_of_tables_mut() else { return };
        for table in theirs {
            if ours.iter().any(|held| held.to_string() == table.to_string()) {
                continue;
            }
            let mut table = table.clone();
            table.set_position(None);
            ours.push(table);
        }
    }

    /// Takes over a key from another file, where this one has it under none of its names.
    pub(super) fn inherit(&mut self, names: &[&str], other: &Self) -> bool {
        let has = |file: &Self| names.iter().find(|name| file.toml.contains_key(name)).copied();
        match (has(self), has(other).and_then(|name| Some((name, other.toml.get(name)?.clone())))) {
            (None, Some((name, item))) => {
                self.toml.insert(name, item);
                true
            }
            _ => false,
        }
    }
}

/// Errors with the first thing that is said of a people file at fault.
fn checked(path: &str, text: &str) -> Result<(), Diagnostic> {
    let source = Source { path: path.into(), text: text.into(), encoding: Encoding::Utf8 };
    let read = read::person(&source);
    match (read.value, read.diagnostics.into_iter().next()) {
        (None, Some(fault)) => Err(fault),
        _ => Ok(()),
    }
}
