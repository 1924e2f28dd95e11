//! How much a drawing draws: a few lines of `<use>` upon `<use>` are more shapes than any browser has time for.

use super::picture::Fault;
use crate::text::percent;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Shapes that any drawing may come to, however small its file.
const FREE: u64 = 100_000;
/// Shapes beside those, for each that is written.
const EACH: u64 = 32;
/// How deep parts may lie in each other, copies counted where they are drawn.
const DEEPEST: u64 = 1_000;

const FEWER: &str = "draw fewer copies: a <use> of parts that hold <use> multiplies";
const FLATTER: &str = "ungroup its parts, or export it again as plain SVG";
const NO_CIRCLE: &str = "take the <use> out that leads to a part around it";

/// The elements of a drawing and what each of them draws again.
///
/// One pass over the file, then one over the bonds between its elements: linear, without recursion.
#[derive(Default)]
pub(super) struct Copies<'a> {
    parts: Vec<Part<'a>>,
    /// Those that are open.
    open: Vec<usize>,
    rules: Vec<Rule>,
}

/// What a style rule draws.
#[derive(Default)]
struct Rule {
    /// Where: as [`subject`] gives it.
    subjects: Vec<String>,
    draws: Vec<(Bond, String)>,
}

/// An element, or what a style rule draws.
#[derive(Default)]
struct Part<'a> {
    name: &'a str,
    classes: &'a str,
    id: Option<Cow<'a, str>>,
    /// Corners of a path, at most.
    points: u64,
    /// What it draws again, by id as it is written.
    draws: Vec<(Bond, &'a str)>,
    /// Elements in it, and later all that it draws.
    bonds: Vec<(Bond, usize)>,
}

/// How a part draws another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Bond {
    /// It stands in it.
    Holds,
    /// A copy.
    Copy,
    /// Once: a mask, a clip path, a filter.
    Once,
    /// For each shape in it: a fill, a stroke, a marker at an end.
    EachShape,
    /// At each corner of each path in it.
    EachPoint,
}

/// What a part comes to.
#[derive(Clone, Copy, Default)]
struct Weight {
    /// With all that paints it.
    drawn: u64,
    /// Without what paints it.
    shapes: u64,
    points: u64,
    depth: u64,
}

impl<'a> Copies<'a> {
    /// An element begins.
    pub(super) fn open(&mut self, name: &'a str, attributes: &[(&'a str, &'a str)]) -> Result<(), Fault> {
        let mut part = Part { name: local(name), points: 1, ..Part::default() };
        let animates = part.name == "set" || part.name.starts_with("animate");
        for (key, value) in attributes {
            let value: &'a str = value;
            match *key {
                "id" => part.id = Some(unescaped(value)),
                "class" => part.classes = value,
                "style" => {
                    let rules = pieces(value).into_iter().filter_map(|(rule, _)| rule.split_once(':'));
                    part.draws.extend(rules.flat_map(|(property, value)| urls(value).map(|id| (bond(property), id))));
                }
                // Whatever it changes may be anywhere.
                _ if animates => {
                    let draws: Vec<_> = urls(value).map(|id| (Bond::EachPoint, id.to_owned())).collect();
                    if !draws.is_empty() {
                        self.rules.push(Rule { subjects: vec!["*".to_owned()], draws });
                    }
                }
                key => part.draws.extend(urls(value).map(|id| (bond(key), id))),
            }
            if matches!(*key, "d" | "points") {
                part.points += value.len() as u64 / 4;
            }
            let leads = local(key) == "href" && matches!(part.name, "use" | "pattern" | "feImage");
            if let Some(id) = value.trim().strip_prefix('#').filter(|_| leads) {
                if id.contains("&#") {
                    return Err(Fault::new("this drawing spells an address in entities", FLATTER));
                }
                part.draws.push((Bond::Copy, id));
            }
        }
        let at = self.parts.len();
        if let Some(outer) = self.open.last().and_then(|outer| self.parts.get_mut(*outer)) {
            outer.bonds.push((Bond::Holds, at));
        }
        self.parts.push(part);
        self.open.push(at);
        Ok(())
    }

    /// The last one that began ends.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// Style rules, as they are written.
    pub(super) fn style(&mut self, css: &str) {
        let mut open: Vec<usize> = Vec::new();
        for (words, end) in pieces(css) {
            if end == b'{' {
                open.push(self.rules.len());
                self.rules.push(Rule { subjects: words.split(',').map(subject).collect(), ..Rule::default() });
                continue;
            }
            if let Some((property, value)) = words.split_once(':') {
                let draws = urls(value).map(|id| (bond(property), id.to_owned()));
                match open.last().and_then(|at| self.rules.get_mut(*at)) {
                    Some(rule) if !property.trim().starts_with("--") => rule.draws.extend(draws),
                    // What a property of one's own is for is known where it is used, and that is anywhere.
                    _ => self.rules.push(Rule { subjects: vec!["*".to_owned()], draws: draws.collect() }),
                }
            }
            if end == b'}' {
                open.pop();
            }
        }
    }

    /// Refuses a drawing that comes to far more shapes than it writes, or that lies too deep.
    pub(super) fn check(mut self) -> Result<(), Fault> {
        let written = self.parts.len() as u64;
        self.tie();
        let drawn = self.drawn()?;
        let most = FREE.saturating_add(written.saturating_mul(EACH));
        if drawn.depth > DEEPEST {
            return Err(Fault::new(
                format!("parts of this drawing lie more than {DEEPEST} deep in each other"),
                FLATTER,
            ));
        }
        if drawn.drawn > most {
            return Err(Fault::new(
                format!("this drawing repeats its parts until they are more than {most} shapes"),
                FEWER,
            ));
        }
        Ok(())
    }

    /// Makes bonds of ids and of style rules.
    fn tie(&mut self) {
        let mut ids: FxHashMap<Cow<'_, str>, usize> = FxHashMap::default();
        for (at, id) in self.parts.iter().enumerate().filter_map(|(at, part)| Some((at, part.id.clone()?))) {
            ids.entry(id).or_insert(at);
        }
        // As it is written, and as a browser may decode it.
        let lead = |id: &str| {
            let id = unescaped(id);
            let decoded = percent::decode(&id);
            let other = (decoded != id).then(|| ids.get(&*decoded).copied()).flatten();
            ids.get(&id).copied().into_iter().chain(other).collect::<Vec<_>>()
        };
        // A rule is a part of its own, and so is all that is about one class: many rules over many elements stay few bonds.
        let n_elements = self.parts.len();
        let mut more: Vec<Part<'a>> = Vec::new();
        let mut about: FxHashMap<(String, Bond), usize> = FxHashMap::default();
        for Rule { subjects, draws } in std::mem::take(&mut self.rules) {
            for bond in [Bond::Once, Bond::EachShape, Bond::EachPoint] {
                let drawn = draws.iter().filter(|(other, _)| *other == bond);
                let bonds: Vec<_> = drawn.flat_map(|(_, id)| lead(id)).map(|to| (Bond::Once, to)).collect();
                if bonds.is_empty() {
                    continue;
                }
                let rule = n_elements + more.len();
                more.push(Part { bonds, ..Part::default() });
                for subject in &subjects {
                    // What is about anything is about each shape already.
                    let bond = if subject == "*" && bond == Bond::EachShape { Bond::Once } else { bond };
                    let at = *about.entry((subject.clone(), bond)).or_insert_with(|| {
                        more.push(Part::default());
                        more.len() - 1
                    });
                    if let Some(all) = more.get_mut(at) {
                        all.bonds.push((Bond::Once, rule));
                    }
                }
            }
        }
        for part in &mut self.parts {
            let drawn = std::mem::take(&mut part.draws);
            part.bonds.extend(drawn.iter().flat_map(|(bond, id)| lead(id).into_iter().map(|to| (*bond, to))));
            if about.is_empty() {
                continue;
            }
            let classes = part.classes.split_ascii_whitespace().map(|class| format!(".{class}"));
            let id = part.id.as_ref().map(|id| format!("#{id}"));
            for key in classes.chain(id).chain([part.name.to_owned(), "*".to_owned()]) {
                for bond in [Bond::Once, Bond::EachShape, Bond::EachPoint] {
                    let of_rules = about.get(&(key.clone(), bond));
                    part.bonds.extend(of_rules.map(|at| (bond, n_elements + at)));
                }
            }
        }
        self.parts.append(&mut more);
    }

    /// What the outermost element comes to.
    fn drawn(&self) -> Result<Weight, Fault> {
        let mut known: Vec<Option<Weight>> = vec![None; self.parts.len()];
        // Of those around: how many paints lie between them and the outermost.
        let mut around: Vec<Option<u32>> = vec![None; self.parts.len()];
        let mut path: Vec<(usize, usize, u32)> = vec![(0, 0, 0)];
        while let Some((at, next, paints)) = path.last_mut() {
            let (at, paints) = (*at, *paints);
            let (Some(part), Some(is_around)) = (self.parts.get(at), around.get_mut(at)) else { break };
            *is_around = Some(paints);
            if let Some((bond, to)) = part.bonds.get(*next).copied() {
                *next += 1;
                match around.get(to).copied().flatten() {
                    // Browsers leave out what paints itself.
                    Some(before) if bond == Bond::Copy && before == paints => {
                        return Err(Fault::new("this drawing holds a <use> of a part that it stands in", NO_CIRCLE));
                    }
                    None if known.get(to).is_some_and(Option::is_none) => {
                        let is_paint = !matches!(bond, Bond::Holds | Bond::Copy);
                        path.push((to, 0, paints + u32::from(is_paint)));
                    }
                    _ => {}
                }
                continue;
            }
            *is_around = None;
            let weight = part.weight(|to| known.get(to).copied().flatten().unwrap_or_default());
            if let Some(known) = known.get_mut(at) {
                *known = Some(weight);
            }
            path.pop();
        }
        Ok(known.first().copied().flatten().unwrap_or_default())
    }
}

impl Part<'_> {
    fn weight(&self, of: impl Fn(usize) -> Weight) -> Weight {
        let mut sum = Weight { drawn: 1, shapes: 1, points: self.points, depth: 0 };
        for other in
            self.bonds.iter().filter(|(bond, _)| matches!(bond, Bond::Holds | Bond::Copy)).map(|(_, to)| of(*to))
        {
            sum.drawn = sum.drawn.saturating_add(other.drawn);
            sum.shapes = sum.shapes.saturating_add(other.shapes);
            sum.points = sum.points.saturating_add(other.points);
        }
        for (bond, to) in &self.bonds {
            let other = of(*to);
            sum.depth = sum.depth.max(other.depth);
            let times = match bond {
                Bond::Holds | Bond::Copy => 0,
                Bond::Once => 1,
                Bond::EachShape => sum.shapes,
                Bond::EachPoint => sum.points,
            };
            sum.drawn = sum.drawn.saturating_add(other.drawn.saturating_mul(times));
        }
        sum.depth += 1;
        sum
    }
}

/// How a property draws what its address leads to.
fn bond(property: &str) -> Bond {
    let property = property.trim().to_ascii_lowercase();
    match &*property {
        "marker" | "marker-mid" => Bond::EachPoint,
        "mask" | "clip-path" | "filter" => Bond::Once,
        _ if property.starts_with("mask-") => Bond::Once,
        _ => Bond::EachShape,
    }
}

/// What a selector is about: a class, an id, elements of a name; else anything.
fn subject(selector: &str) -> String {
    let last =
        selector.split(|c: char| c.is_whitespace() || matches!(c, '>' | '+' | '~')).rfind(|part| !part.is_empty());
    let last = last.filter(|last| !last.contains([':', '[', '*', '&', '(', '|', '@'])).unwrap_or("*");
    let name = |rest: &str| rest.split(['.', '#']).next().unwrap_or_default().to_owned();
    match last.find(['.', '#']) {
        Some(at) => format!("{}{}", &last[at..=at], name(&last[at + 1..])),
        None => last.to_owned(),
    }
}

/// The ids of the parts that `url(#…)` leads to, as they are written.
fn urls(value: &str) -> impl Iterator<Item = &str> {
    let opens = value.bytes().enumerate().filter(|(_, sign)| *sign == b'(').map(|(at, _)| at);
    opens.filter_map(|at| {
        let is_url = value.as_bytes().get(at.checked_sub(3)?..at)?.eq_ignore_ascii_case(b"url");
        let inner = value.get(at + 1..).filter(|_| is_url)?.trim_start();
        let inner = inner.strip_prefix("&quot;").or_else(|| inner.strip_prefix("&apos;")).unwrap_or(inner);
        let inner = inner.trim_start_matches(['"', '\'']).trim_start().strip_prefix('#')?;
        // Not beyond the next, so that each sign is looked at once.
        let end = inner.find([')', '"', '\'', '(']).unwrap_or(inner.len());
        let id = inner.get(..end)?.trim_end();
        Some(id.strip_suffix("&quot;").or_else(|| id.strip_suffix("&apos;")).unwrap_or(id))
    })
}

/// The words of style rules, each with the sign that ends it: `{`, `}` or `;`, zero at the end. In comments, quotation
/// marks and brackets those signs end nothing.
fn pieces(css: &str) -> Vec<(&str, u8)> {
    let mut pieces = Vec::new();
    let (mut from, mut inside, mut quote, mut comment_ends) = (0, 0_u32, None, 0);
    for (at, sign) in css.bytes().enumerate() {
        match sign {
            _ if at < comment_ends => {}
            _ if quote.is_some() => quote = quote.filter(|quote| *quote != sign),
            b'"' | b'\'' => quote = Some(sign),
            b'/' if inside == 0 && css.as_bytes().get(at + 1) == Some(&b'*') => {
                let inner = css.get(at + 2..).unwrap_or_default();
                comment_ends = inner.find("*/").map_or(css.len(), |end| at + 2 + end + 2);
            }
            b'(' => inside += 1,
            b')' => inside = inside.saturating_sub(1),
            b'{' | b'}' | b';' if inside == 0 => {
                pieces.push((css.get(from..at).unwrap_or_default(), sign));
                from = at + 1;
            }
            _ => {}
        }
    }
    pieces.push((css.get(from..).unwrap_or_default(), 0));
    pieces
}

/// Text without the entities that XML demands; others are refused where they could spell an address.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    Cow::Owned(named.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign)))
}

/// A name without its namespace prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use crate::media::svg::measure;

    fn told(inside: &str) -> Option<String> {
        let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>{inside}</svg>");
        measure(svg.as_bytes()).err().map(|fault| fault.message)
    }

    /// Ten steps, each of which draws the one before ten times: `{}` is its number, `{-}` that of the one before.
    fn steps(each: &str) -> String {
        let step = |n: u32| each.replace("{}", &n.to_string()).replace("{-}", &(n.wrapping_sub(1)).to_string());
        (0..10).map(step).collect()
    }

    #[test]
    fn what_multiplies_is_refused() {
        let uses = "<use href='#a{-}'/>".repeat(10);
        let fills = |paint: &str| format!("<rect {paint}/>").repeat(10);
        for each in [
            format!("<g id='a{{}}'>{uses}</g>"),
            format!("<g id='%41{{}}'>{}</g>", uses.replace("#a", "#%2541")),
            format!("<g id='&amp;{{}}'>{}</g>", uses.replace("#a", "#&amp;")),
            format!("<symbol id='a{{}}'>{}</symbol>", uses.replace("href", "xlink:href")),
            format!("<s:g id='a{{}}'>{}</s:g>", uses.replace("<use", "<s:use")),
            format!("<pattern id='a{{}}'>{}</pattern>", fills("fill='url(#a{-})'")),
            format!("<pattern id='a{{}}'>{}</pattern>", fills("style='stroke:red;fill:URL( &quot;#a{-}&quot; )'")),
            format!("<pattern id='a{{}}'><g fill='url(#a{{-}})'>{}</g></pattern>", fills("")),
            format!("<mask id='a{{}}'>{}</mask>", fills("mask='url(#a{-})'")),
            format!("<clipPath id='a{{}}'>{}</clipPath>", fills("clip-path='url(\"#a{-}\")'")),
            format!("<marker id='a{{}}'>{}</marker>", fills("marker-end='url(#a{-})'")),
            "<marker id='a{}'><path d='M0 0L1 1L2 2L3 3L4 4L5 5L6 6L7 7L8 8L9 9' marker-mid='url(#a{-})'/></marker>"
                .to_owned(),
            format!(
                "<style>.c{{}}, i {{ /* ; */ fill: url('#a{{-}}') }}</style><pattern id='a{{}}'>{}</pattern>",
                fills("class='b c{}'")
            ),
            format!(
                "<style>@media all {{ g #i{{}} {{ --x: 1; stroke: url(#a{{-}}) }}</style><pattern id='a{{}}'><g id='i{{}}'>{}</g></pattern>",
                fills("")
            ),
        ] {
            // The styles of some have braces that are no places.
            let drawing = steps(&each);
            let said = told(&drawing).unwrap_or_else(|| panic!("{drawing}"));
            assert!(said.starts_with("this drawing repeats its parts until they are more than 10"), "{each}: {said}");
        }
    }

    #[test]
    fn what_never_ends_or_lies_too_deep_is_refused() {
        let check = |inside: &str, expected: &str| assert_eq!(told(inside).as_deref(), Some(expected), "{inside}");
        let around = "this drawing holds a <use> of a part that it stands in";
        check("<g id='a'><use href='#a'/></g>", around);
        check("<g id='a'><use href='#b'/></g><g id='b'><g><use href='#a'/></g></g>", around);
        check("<g><use xlink:href='#&#97;'/></g>", "this drawing spells an address in entities");
        let deep = "parts of this drawing lie more than 1000 deep in each other";
        check(&format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000)), deep);
        let chain: String = (0..100_000).map(|n| format!("<g id='a{}'><use href='#a{n}'/></g>", n + 1)).collect();
        check(&chain, deep);
    }

    #[test]
    fn ordinary_drawings_pass() {
        let dots = "<use href='#dot' x='1'/>".repeat(50_000);
        let crossed = "<path d='M0 0'/>".repeat(20_000);
        for inside in [
            format!("<defs><g id='dot'><circle r='1'/><circle r='2'/></g></defs>{dots}"),
            // As editors write them: a style sheet, masks of copies, groups in clipped groups, arrows on every path.
            format!(
                "<style>.st0{{fill:url(#g);}}path{{marker-end:url(#m)}}</style><linearGradient id='g'><stop/><stop/></linearGradient><marker id='m'><path d='M0 0'/></marker><g class='st0'>{crossed}</g>"
            ),
            format!(
                "<path id='a'/><mask id='b'><use href='#a'/></mask><use href='#a'/><g mask='url(#b)'>{crossed}</g>"
            ),
            format!(
                "<clipPath id='c'><rect/></clipPath>{}{crossed}{}",
                "<g clip-path='url(#c)'>".repeat(200),
                "</g>".repeat(200)
            ),
            "<style>:root{fill:url(#p)}</style><pattern id='p'><use href='#a'/></pattern><g id='a'><g/></g>".to_owned(),
            "<pattern id='p'><rect fill='url(#p)'/></pattern><rect fill='url(#p)'/><use href='#nowhere'/>".to_owned(),
            format!("<filter id='f'><feBlend/><feBlend/></filter>{}", "<g style=\"filter:url('#f')\"/>".repeat(50_000)),
        ] {
            assert_eq!(told(&inside), None, "{:?}", inside.get(..200));
        }
    }

    #[test]
    fn its_time_is_that_of_the_length_of_the_file() {
        let begun = std::time::Instant::now();
        for inside in [
            format!("<style>{}</style>{}", "*{fill:url(#a)}".repeat(20_000), "<g id='a' class='x'/>".repeat(20_000)),
            format!("<style>{}{{{}}}</style>", ".x,".repeat(20_000), "fill:url(#a);".repeat(20_000)),
            format!("<style>{}</style>", ".x{fill:url(#".repeat(20_000)),
            format!("<g fill='{}'/>", "url(#".repeat(20_000)),
            format!("<g class='{}'/>", "x ".repeat(50_000)),
        ] {
            told(&inside);
        }
        assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    }
}
