//! Posts in words: what an office is called, apart from who holds it.
//!
//! The archive knows people across articles by the posts they hold, and a post by the article's day. Both need one
//! value for "Gov. Lucia Ferrant of Merrow", "Merrow’s governor" and "the governor of Merrow".
//! The words are in `lexicon/posts.toml`.

use super::lexicon::Known;
use super::phrase::{Word, is_time, pieces, words};
pub(super) use super::post_lexicon::Posts;
use crate::model::{Office, Post, PostFact, Standing};

/// The post of an office that a people file gives; none where its title names no post that we know.
pub fn post_of_office(office: &Office) -> Option<PostFact> {
    let of = office.of.as_ref().map_or_else(String::new, |of| format!(" of {of}"));
    Posts::english().read(&words(&format!("{}{of}", office.title)), &[]).map(|read| read.fact)
}

/// Whether a post's head may stand before a surname without more: "Governor Ferrant", "Lord Hale".
pub fn is_title(head: &str) -> bool {
    is_peerage(head) || Posts::english().before_surname.contains(head)
}

/// Whether a title is borne for good.
pub fn is_peerage(head: &str) -> bool {
    matches!(head, "lord" | "baroness" | "viscount")
}

/// A post as it was read out of a phrase.
struct Read {
    fact: PostFact,
    /// Whether its words tell which post of that head is meant.
    telling: bool,
}

impl Posts {
    /// The posts that a role names: "Harbour Minister and Member for Westbank" names two.
    ///
    /// `before` is what stands before the role in its sentence, `behind` what stands behind the name where the role
    /// stands before it: the place of "Governor Lucia Ferrant of Merrow" is there.
    pub(super) fn of_role(&self, before: &str, role: &str, behind: &str) -> Vec<PostFact> {
        let context = self.context(before);
        let behind = if opens_complement(behind) { words(behind) } else { Vec::new() };
        let mut out: Vec<PostFact> = self.seat(role).into_iter().collect();
        for piece in pieces(role).into_iter().take(MOST_PIECES) {
            let Some(mut read) = self.read(&piece, &behind) else { continue };
            if read.fact.standing == Standing::Held
                && let Some(standing) = context
            {
                read.fact.standing = standing;
            }
            read.fact.sole &= read.telling;
            out.push(read.fact);
        }
        out
    }

    /// The seat that an agency's short form gives: "(D-Ind.)" behind a member's name.
    fn seat(&self, role: &str) -> Option<PostFact> {
        let words = words(role);
        let [party, of @ ..] = &words[..] else { return None };
        let short = party.capital && party.plain.chars().count() == 1 && role.get(1..2) == Some("-");
        if !short || of.is_empty() {
            return None;
        }
        let mut qualifiers = Qualifiers { posts: self, head: "member", words: Vec::new(), telling: false };
        of.iter().filter(|word| word.capital).for_each(|word| qualifiers.push(word));
        let post = Post { head: "member".into(), of: qualifiers.finished() };
        Some(PostFact { post, standing: Standing::Held, sole: false, of_place: false, calling: None })
    }

    /// The post that a definite phrase stands for, where it is one that a single person holds and it tells which:
    /// "the Harbour Minister", "Merrow’s governor", "the governor" with "of Merrow" behind it.
    ///
    /// None where the words around say that somebody else is meant: "a spokesman for the Harbour Minister", "the
    /// Harbour Minister’s office", "Ola Okonjo, the Harbour Minister,".
    pub(super) fn spoken(&self, before: &str, phrase: &str, behind: &str) -> Option<Post> {
        let mention = words(phrase);
        let first = mention.first()?;
        let owner = first.possessive && first.capital;
        if !(first.plain == "the" || owner) || !stands_free(before, behind) {
            return None;
        }
        let read = self.read(&mention, &words(behind))?;
        let PostFact { post, standing, sole, .. } = read.fact;
        (sole && read.telling && standing == Standing::Held).then_some(post)
    }

    /// The base form of a place: "norway" for "Norwegian", "indiana" for "Ind.".
    pub(super) fn place_of(&self, word: &str) -> Option<Box<str>> {
        self.places.get(word).cloned()
    }

    /// What the words before a role say of it: "then", "candidate for", "a".
    fn context(&self, before: &str) -> Option<Standing> {
        // Two words do, however long the sentence.
        let from = before.trim_end().rmatch_indices(' ').nth(1).map_or(0, |(at, _)| at);
        let before = words(&before[from..]);
        let mut near = before.iter().rev().take_while(|w| !w.ends).take(3);
        let last = near.next()?;
        let earlier = near.next();
        if self.past.contains(&last.plain) {
            return Some(Standing::Past);
        }
        let aims = match last.plain.as_str() {
            "become" | "becoming" | "as" => true,
            "for" => earlier.is_none_or(|w| RUNS.contains(&w.plain.as_str())),
            _ => false,
        };
        let one_of_many = last.is_indefinite() && !last.capital;
        (self.other.contains(&last.plain) || aims || one_of_many).then_some(Standing::Other)
    }

    /// Reads a post out of a phrase; `behind` are the words that follow it, or the name it stands before.
    fn read(&self, phrase: &[Word], behind: &[Word]) -> Option<Read> {
        let stop = phrase.iter().position(Word::is_preposition).unwrap_or(phrase.len());
        let (mut left, right) = phrase.split_at(stop);
        let mut standing = Standing::Held;
        // "Governor-elect", "minister designate"
        while let Some((last, rest)) = left.split_last()
            && !rest.is_empty()
            && self.heads.get(&last.plain).is_none_or(|head| self.other.contains(&*head.base))
            && let Some(said) = self.standing(&last.plain)
        {
            (left, standing) = (rest, standing.max(said));
        }
        let (head, n) = self.head_at_end(left)?;
        let mut of = Qualifiers { posts: self, head: &head.base, words: Vec::new(), telling: false };
        let mut indefinite = false;
        for word in &left[..left.len() - n] {
            match self.standing(&word.plain) {
                Some(said) => standing = standing.max(said),
                None if word.is_determiner() => indefinite |= word.is_indefinite(),
                None => of.push(word),
            }
        }
        let of_role = self.complement(right, &mut of);
        let of_name = if right.is_empty() { self.complement(behind, &mut of) } else { None };
        standing = standing.max(of_role.or(of_name).unwrap_or(Standing::Held));
        if indefinite {
            standing = Standing::Other;
        }
        let too_many = of.words.len() > Post::MOST;
        let telling = of.telling || head.alone;
        let fact = PostFact {
            post: Post { head: head.base.clone(), of: of.finished() },
            standing,
            sole: head.sole && !too_many,
            of_place: head.of_place,
            calling: head.calling,
        };
        Some(Read { fact, telling })
    }

    /// Reads "of Merrow", "for transport": what stands behind a head. Says so where the words put the post into
    /// another time: "until 2030", "in the last government".
    fn complement(&self, words: &[Word], of: &mut Qualifiers<'_>) -> Option<Standing> {
        let first = words.first()?;
        if !matches!(first.plain.as_str(), "of" | "for" | "at") || words.get(1)?.is_number() {
            return is_time(words).then_some(Standing::Other);
        }
        let mut proper = false;
        for (i, word) in words.iter().enumerate().skip(1) {
            if word.is_preposition() {
                // "the University of Merrow" is one name, and so is "State for Transport"; "of the union for years" is
                // not.
                let one_name = match word.plain.as_str() {
                    "of" => proper && words.get(i + 1).is_some_and(|w| w.capital),
                    "for" => words[i - 1].plain == "state",
                    _ => false,
                };
                if one_name {
                    continue;
                }
                return is_time(&words[i..]).then_some(Standing::Other);
            }
            if word.is_determiner() && !word.capital {
                continue;
            }
            // "the secretary of state’s office": the office speaks.
            if i == 1 && word.possessive && words.get(2).is_some_and(|w| !w.capital) {
                return Some(Standing::Other);
            }
            // Behind a proper name, small letters begin something else: "of Merrow said".
            if proper && !word.capital
                || !word.plain.contains(char::is_alphabetic)
                || matches!(word.plain.as_str(), "and" | "who" | "said" | "says")
            {
                break;
            }
            proper |= word.capital;
            of.push(word);
            if word.ends || of.words.len() > Post::MOST {
                break;
            }
        }
        None
    }
}

/// Words before "for governor" that say it is not held.
const RUNS: &[&str] = &["bid", "candidate", "nominee", "race", "ran", "run", "running", "stand", "stood"];

/// Whether words behind a name may say what the office before it is of.
fn opens_complement(behind: &str) -> bool {
    let first = behind.split_whitespace().next().unwrap_or_default();
    ["of", "for", "at", "from", "in", "until", "under", "during", "between", "before"].contains(&first)
}

/// Posts read out of one role at most.
const MOST_PIECES: usize = 3;

/// What tells a post from others of its head.
struct Qualifiers<'p> {
    posts: &'p Posts,
    head: &'p str,
    words: Vec<Box<str>>,
    /// Whether any of them tells enough by itself.
    telling: bool,
}

impl Qualifiers<'_> {
    fn push(&mut self, word: &Word) {
        let posts = self.posts;
        let plain = word.plain.as_str();
        // "New" may begin the name of a place.
        let begins = word.capital && plain == "new";
        if plain.is_empty() || posts.plain.contains(plain) && !begins || !plain.contains(char::is_alphabetic) {
            return;
        }
        let party = posts.parties.contains(plain);
        if party && !posts.party_heads.contains(self.head) {
            return;
        }
        let place = posts.places.get(plain).filter(|_| word.is_proper());
        let portfolio = posts.portfolios.contains(plain) && posts.portfolio_heads.contains(last_word(self.head));
        let proper = word.capital && !word.known.has(Known::BODY.or(Known::PLACE_PART).or(Known::TITLE));
        self.telling |= place.is_some() || portfolio || proper || party && word.capital;
        self.words.push(place.map_or_else(|| plain.into(), Clone::clone));
    }

    /// Sorted and distinct, places of two words put together.
    fn finished(mut self) -> Vec<Box<str>> {
        let mut out: Vec<Box<str>> = Vec::with_capacity(self.words.len());
        for word in self.words.drain(..) {
            match out.last().map(|last| format!("{last} {word}")).filter(|pair| self.posts.pairs.contains(pair)) {
                Some(pair) => *out.last_mut().expect("there is a last") = pair.into(),
                None => out.push(word),
            }
        }
        out.retain(|word| &**word != "new");
        // "Secretary of State for Transport" is the Transport Secretary.
        if self.head == "secretary" && out.len() > 1 {
            out.retain(|word| &**word != "state");
        }
        out.sort_unstable();
        out.dedup();
        out.truncate(Post::MOST);
        out
    }
}

fn last_word(words: &str) -> &str {
    words.rsplit(' ').next().unwrap_or(words)
}

/// Whether a phrase that stands for a speaker stands for itself.
fn stands_free(before: &str, behind: &str) -> bool {
    if behind.starts_with(['’', '\'']) {
        return false;
    }
    // "the Harbour Minister, Dr Okonjo,": somebody is named whom we did not find.
    let next = behind.trim_start_matches([',', ' ', '(']);
    let apposition = behind.starts_with(',') && next.starts_with(char::is_uppercase);
    let joint = ["and ", "or ", "elect", "designate", "-elect", "-designate"].iter().any(|w| next.starts_with(w));
    if apposition || joint {
        return false;
    }
    let words = words(before);
    let Some(last) = words.last() else { return true };
    if before.trim_end().ends_with(',') {
        // "Ola Okonjo, the Harbour Minister,": but "On Friday, the Harbour Minister said".
        let earlier = words.len().checked_sub(2).map(|i| &words[i]);
        let named = last.capital && !last.known.has(Known::DAY.or(Known::MONTH).or(Known::PLACE).or(Known::ADVERB));
        return !named || earlier.is_some_and(Word::is_preposition);
    }
    if last.ends {
        return true;
    }
    match last.plain.as_str() {
        "to" => words.len() > 1 && words[words.len() - 2].plain == "according",
        "by" => true,
        "and" | "or" | "both" | "like" | "than" => false,
        _ => !last.is_preposition(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "governor of merrow" for a post with its words, "former", "not" or "?" before one that is not surely held.
    fn shown(fact: &PostFact) -> String {
        let standing = match fact.standing {
            Standing::Held => "",
            Standing::Past => "former ",
            Standing::Other => "not ",
        };
        let of = fact.post.of.join(" + ");
        format!("{standing}{}{}{of}", fact.post.head, if of.is_empty() { "" } else { ": " })
    }

    #[test]
    fn roles_name_posts() {
        let check = |(before, role, behind): (&str, &str, &str), expected: &[&str]| {
            let found: Vec<String> = Posts::english().of_role(before, role, behind).iter().map(shown).collect();
            assert_eq!(found, expected, "{before} [{role}] … {behind}");
        };
        check(("", "Harbour Minister", " said"), &["minister: harbour"]);
        check(("", "Governor", " of Merrow said"), &["governor: merrow"]);
        check(("", "Merrow Governor", ""), &["governor: merrow"]);
        check(("", "governor of Merrow", ""), &["governor: merrow"]);
        check(("", "Merrow’s governor", ""), &["governor: merrow"]);
        check(("", "Ind. Gov.", ""), &["governor: indiana"]);
        check(("", "New Jersey governor", ""), &["governor: new jersey"]);
        check(("", "Norwegian Fisheries Minister", ""), &["minister: fisheries + norway"]);
        check(("", "secretary of the Boatmen’s Union", ""), &["secretary: boatmen + union"]);
        check(("", "Boatmen's Union secretary", ""), &["secretary: boatmen + union"]);
        check(("", "Secretary of State for Transport", ""), &["secretary: transport"]);
        check(("", "managing director of Calder Ferries", ""), &["managing director: calder + ferries"]);
        check(("", "Harbour Minister and Member for Westbank", ""), &["minister: harbour", "member: westbank"]);
        check(("", "D-Ind.", ""), &["member: indiana"]);
        check(("", "Rovers’ goalkeeper", ""), &["goalkeeper: rovers"]);
        check(("", "52-year-old", ""), &[]);
        check(("", "wife of the Harbour Minister", ""), &[]);
        // Not held, or not surely.
        check(("", "former Harbour Minister", ""), &["former minister: harbour"]);
        check(("the then", "Harbour Minister", ""), &["former minister: harbour"]);
        check(("", "ex-Governor", " of Merrow"), &["former governor: merrow"]);
        check(("", "acting Harbour Minister", ""), &["not minister: harbour"]);
        check(("", "Deputy Mayor of Port Ansel", ""), &["not mayor: ansel + port"]);
        check(("", "shadow harbour minister", ""), &["not minister: harbour"]);
        check(("", "Governor-elect", " of Merrow"), &["not governor: merrow"]);
        check(("a", "governor of Merrow", ""), &["not governor: merrow"]);
        check(("candidate for", "governor", " of Merrow"), &["not governor: merrow"]);
        check(("a spokesman for", "Governor", " of Merrow"), &["governor: merrow"]);
        check(("", "Harbour Minister until 2030", ""), &["not minister: harbour"]);
        check(("", "Harbour Minister from 2027 to 2030", ""), &["not minister: harbour"]);
        check(("", "minister in the last government", ""), &["not minister"]);
        check(("", "governor of Merrow under Silas Vane", ""), &["not governor: merrow"]);
    }

    #[test]
    fn a_definite_phrase_stands_for_one_holder() {
        let check = |before: &str, phrase: &str, behind: &str, expected: Option<&str>| {
            let post = Posts::english().spoken(before, phrase, behind);
            let found = post.map(|post| format!("{}: {}", post.head, post.of.join(" + ")));
            assert_eq!(found.as_deref(), expected, "{before} [{phrase}]{behind}");
        };
        let minister = Some("minister: harbour");
        check("“Not yet,”", "the Harbour Minister", " said.", minister);
        check("", "The harbour minister", " said:", minister);
        check("according to", "the Harbour Minister", ".", minister);
        check("On Friday,", "the Harbour Minister", " said", minister);
        check("In a letter to Pell,", "the Harbour Minister", " said", minister);
        check("", "the governor", " of Merrow said", Some("governor: merrow"));
        check("", "Merrow’s governor", " said", Some("governor: merrow"));
        check("", "the Prime Minister", " said", Some("prime minister: "));
        check("", "the Boatmen’s Union secretary", " said", Some("secretary: boatmen + union"));
        // The words do not tell which.
        check("", "the minister", " said", None);
        check("", "the governor", " said", None);
        check("", "the union secretary", " said", None);
        check("", "the Merrow senator", " said", None);
        check("", "the council leader", " said", None);
        check("", "a Merrow governor", " said", None);
        check("", "Harbour Minister", " said", None);
        check("", "her Harbour Minister", " said", None);
        // It is not, or not surely, the holder.
        check("", "the former Harbour Minister", " said", None);
        check("", "the deputy Harbour Minister", " said", None);
        check("", "the next Harbour Minister", " said", None);
        check("", "the Harbour Minister", "-elect said", None);
        // Somebody else is meant.
        check("said a spokesman for", "the Harbour Minister", ".", None);
        check("an aide to", "the Harbour Minister", " said", None);
        check("", "the Harbour Minister", "’s office said", None);
        check("", "the Merrow secretary", " of state’s office said", None);
        check("", "the Harbour Minister", ", Dr Okonjo, said", None);
        check("Ola Okonjo,", "the Harbour Minister", ", said", None);
        check("", "the Harbour Minister", " and the mayor said", None);
        check("Pell and", "the Harbour Minister", " said", None);
    }

    #[test]
    fn an_office_of_a_people_file_is_the_same_post() {
        let check = |title: &str, of: Option<&str>, expected: Option<&str>| {
            let office = Office { title: title.into(), of: of.map(Into::into), from: None, to: None };
            assert_eq!(post_of_office(&office).map(|fact| shown(&fact)).as_deref(), expected, "{title}");
        };
        check("Harbour Minister", Some("Merrow"), Some("minister: harbour + merrow"));
        check("Secretary", Some("the Boatmen’s Union"), Some("secretary: boatmen + union"));
        check("Leader of the Opposition", Some("Merrow"), Some("leader: merrow + opposition"));
        check("Member for Westbank", None, Some("member: westbank"));
        check("Friend of the goat", None, None);
    }
}
