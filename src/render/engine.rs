use super::fragments::Woven;
use super::inline::inlined;
use super::meter::{self, Metered, Patience, metered};
use super::values::value;
use super::{fault, filters, html, theme};
use crate::diag::Diagnostic;
use crate::view::{HeadView, PageView, SiteView};
use crate::words::Words;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;
use tera::{Context, ErrorKind, Tera, Value};

/// Bytes one page may have, whatever it is told. A template that loops without end meets this wall, not
/// the end of memory.
const LARGEST_PAGE: usize = 64 << 20;

/// How many times what a page is told may stand in it.
const TOLD: usize = 16;

/// All templates, parsed and known to fit together.
///
/// Cheap to share between threads; draws pages with [`page`](super::page).
pub struct Engine {
    tera: Tera,
    sources: Sources,
    woven: Woven,
    patience: Option<Arc<dyn Patience>>,
    /// The words of the theme.
    pub(super) words: Arc<Words>,
}

/// What every page knows of the site, made once for all of them.
pub struct SiteContext(Value);

/// Where each template comes from, to point into it.
pub(super) type Sources = BTreeMap<String, Template>;

/// A template as it was written.
pub(super) struct Template {
    /// Its text.
    pub(super) text: Cow<'static, str>,
    /// Whether the site has it, or the default theme.
    pub(super) of_site: bool,
    /// As it is run, where that is otherwise than it was written.
    pub(super) metered: Option<Metered>,
}

impl SiteContext {
    /// Turns the view into a value that templates read.
    pub fn new(site: &SiteView) -> Self {
        Self(Value::from_serializable(site))
    }
}

impl Engine {
    /// Parses the default theme's templates with the site's own in place of those that share a name.
    ///
    /// Where the site has a page of the theme's, the theme's own is under `theme/NAME`, to be extended.
    /// `words` are what templates get by `word(key=…)`. `site` holds (name below `templates/` with `/`, text), in any
    /// order.
    /// Errors: every syntax fault of every template; where there is none, every name that nothing
    /// defines. All are `template-broken`, sorted by template and place.
    pub fn new<N, T>(words: &Arc<Words>, site: impl IntoIterator<Item = (N, T)>) -> Result<Self, Vec<Diagnostic>>
    where
        N: Into<String>,
        T: Into<String>,
    {
        Self::patient(words, site, None)
    }

    /// The same, with templates of the site that are given up where they are computed for too long.
    pub fn patient<N, T>(
        words: &Arc<Words>,
        site: impl IntoIterator<Item = (N, T)>,
        patience: Option<Arc<dyn Patience>>,
    ) -> Result<Self, Vec<Diagnostic>>
    where
        N: Into<String>,
        T: Into<String>,
    {
        let mut sources: Sources = theme::templates()
            .into_iter()
            .map(|(name, text)| (name.to_owned(), Template { text: text.into(), of_site: false, metered: None }))
            .collect();
        for (name, text) in site {
            sources.insert(name.into(), Template { text: Cow::Owned(text.into()), of_site: true, metered: None });
        }
        let theme: BTreeMap<_, _> = theme::templates().into_iter().collect();
        originals(&mut sources, &theme);
        let own: Vec<(&str, &str)> = sources
            .iter()
            .filter(|(_, template)| template.of_site)
            .map(|(name, template)| (name.as_str(), &*template.text))
            .filter(|(name, text)| theme.get(name) != Some(text))
            .collect();
        // The theme alone is known to be sound: its tests draw every page.
        if !own.is_empty() {
            check(&sources, words)?;
        }
        let ran: Vec<String> = own.iter().map(|(name, _)| (*name).to_owned()).collect();
        let woven = Woven::beside(own);
        for (_, template) in sources.iter_mut().filter(|(name, _)| ran.contains(name)) {
            template.metered = Some(metered(&template.text));
        }
        // A fault is shown in the template as the site wrote it; so those of the theme alone are changed.
        for template in sources.values_mut().filter(|template| !template.of_site) {
            template.text = Cow::Owned(inlined(&template.text, words));
        }
        let stand_ins: BTreeMap<String, String> = woven.stand_ins().collect();
        let text = |(name, template): (&String, &Template)| -> (String, String) {
            let as_run = || template.metered.as_ref().map_or_else(|| template.text.to_string(), |m| m.text.clone());
            (name.clone(), stand_ins.get(name).map_or_else(as_run, String::clone))
        };
        let mut tera = bare(words, patience.clone());
        match tera.add_raw_templates(sources.iter().map(text)) {
            Ok(()) => Ok(Self { tera, sources, woven, patience, words: words.clone() }),
            Err(error) => Err(fault::diagnostics(&error, &sources)),
        }
    }

    /// What the template of one page sees, but for the body.
    pub(super) fn context(
        &self,
        site: &SiteContext,
        head: &HeadView,
        page: &PageView,
        path: &str,
    ) -> Result<Context, Diagnostic> {
        let fault = |error| fault::while_drawing(&tera::Error::message(error), &self.sources, path);
        let mut context = Context::new();
        context.insert_value("site", site.0.clone());
        context.insert_value("head", value(head, &self.woven).map_err(fault)?);
        context.insert_value("page", value(page, &self.woven).map_err(fault)?);
        Ok(context)
    }

    /// Runs one template. `view` and the `body` of the context say how large its page may become.
    pub(super) fn draw(
        &self,
        (template, context): (&str, &Context),
        view: &PageView,
        path: &str,
    ) -> Result<String, Diagnostic> {
        let drawn = self.run(template, context, (LARGEST_PAGE, meter::LARGEST));
        let drawn = match drawn {
            // A report of fifty megabytes has a page of that size, and more: only then is looked how large it may be.
            Err(error) if matches!(error.kind(), ErrorKind::Io(io::ErrorKind::FileTooLarge)) || meter::grew() => {
                let mut told = Counted(0);
                // What cannot be written counts as far as it was.
                let _ = serde_json::to_writer(&mut told, view);
                let _ = context.get("body").map(|body| serde_json::to_writer(&mut told, body));
                let told = told.0.saturating_mul(TOLD);
                self.run(template, context, (LARGEST_PAGE.saturating_add(told), meter::LARGEST.max(told)))
            }
            drawn => drawn,
        };
        drawn.map_err(|error| fault::while_drawing(&error, &self.sources, path))
    }

    /// `most` says how large the page may become, and any value on it.
    fn run(&self, template: &str, context: &Context, (most, value): (usize, usize)) -> Result<String, tera::Error> {
        meter::begin(value);
        self.patience.iter().for_each(|patience| patience.begin());
        let mut out = Capped { page: Vec::with_capacity(32 << 10), most };
        self.tera.render_to(template, context, &mut out)?;
        Ok(String::from_utf8(out.page)?)
    }
}

/// Puts the theme's own page `NAME` under `theme/NAME` where the site has one of that name, so that the site's can
/// extend it and fill one block.
fn originals(sources: &mut Sources, theme: &BTreeMap<&'static str, &'static str>) {
    let taken: Vec<&'static str> = theme
        .keys()
        .filter(|name| !name.contains('/') && sources.get(**name).is_some_and(|template| template.of_site))
        .copied()
        .collect();
    for name in taken {
        if let Some(text) = theme.get(name) {
            let original = Template { text: (*text).into(), of_site: false, metered: None };
            sources.entry(format!("theme/{name}")).or_insert(original);
        }
    }
}

/// An engine that knows our escape and our filters, and no template.
fn bare(words: &Arc<Words>, patience: Option<Arc<dyn Patience>>) -> Tera {
    let mut tera = Tera::default();
    tera.set_escape_fn(html::escape_to);
    filters::register(&mut tera, words);
    meter::register(&mut tera, patience);
    tera
}

/// Whether all templates fit together as they were written, before some give way to what is drawn in Rust.
fn check(sources: &Sources, words: &Arc<Words>) -> Result<(), Vec<Diagnostic>> {
    let faults = syntax_faults(sources, words);
    if !faults.is_empty() {
        return Err(faults);
    }
    let texts = sources.iter().map(|(name, template)| (name, &template.text));
    bare(words, None).add_raw_templates(texts).map_err(|error| fault::diagnostics(&error, sources))
}

/// Parses each template alone, so that one fault does not hide the next.
fn syntax_faults(sources: &Sources, words: &Arc<Words>) -> Vec<Diagnostic> {
    let alone = |(name, template): (&String, &Template)| bare(words, None).add_raw_template(name, &template.text).err();
    sources
        .iter()
        .filter_map(alone)
        .filter(|error| matches!(error.kind(), ErrorKind::SyntaxError(_)))
        .flat_map(|error| fault::diagnostics(&error, sources))
        .collect()
}

/// Counts bytes and keeps none.
struct Counted(usize);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A buffer that refuses to grow beyond a size.
struct Capped {
    page: Vec<u8>,
    most: usize,
}

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.page.len() + bytes.len() > self.most {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.page.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
