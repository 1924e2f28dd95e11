//! Links that leave the site: whether there is anything where they lead.

use super::ground::{Ground, Target};
use super::html::LinkKind;
use super::links::tell;
use crate::build::plain;
use crate::diag::{Diagnostic, codes};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error};

/// Asks hosts outside, politely: one question at a time to each, and not again what was answered lately.
#[derive(Clone, Debug)]
pub struct Outside {
    /// Where answers are kept.
    pub answers: PathBuf,
    /// The present, in seconds since 1970.
    pub now: i64,
    /// Between two questions to one host; also the first wait before a question is put again.
    pub pause: Duration,
    /// Whether machines of this network may be asked. What stands in copy must not let anyone look around in it.
    pub private: bool,
}

/// Hosts that are asked at one time.
const AT_ONCE: usize = 8;
/// How often a question is put to a host that does not answer.
const TRIES: u32 = 3;
/// The longest that a host may have us wait before we ask again.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// Pages of a host that may go without an answer before it is asked no more.
const GIVEN_UP: u32 = 3;
/// What is said of the pages of such a host.
const SILENT: &str = "its host did not answer for others";
/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Seconds for which “there is something” holds, and for which “there is nothing” does.
const HOLDS: (i64, i64) = (14 * 86_400, 86_400);

/// What a host said of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Answer {
    /// When, in seconds since 1970.
    at: i64,
    /// Why there is nothing; none where there is something, or where the host will not tell a program.
    dead: Option<String>,
    /// Whether that will not be otherwise soon.
    #[serde(skip, default = "firm")]
    firm: bool,
}

/// What was kept was firm.
fn firm() -> bool {
    true
}

impl Outside {
    /// Asks in the manner that strangers should be asked.
    pub fn new(answers: PathBuf, now: i64) -> Self {
        Self { answers, now, pause: Duration::from_millis(500), private: false }
    }
}

impl Outside {
    /// Notes `link-dead` for links that leave the site and lead nowhere.
    pub(super) fn look(&self, ground: &Ground<'_>, out: &mut Vec<Diagnostic>) {
        let links = ground.pages.iter().flat_map(|(path, scan)| scan.links.iter().map(move |link| (path, link)));
        let outside = links.filter(|(path, link)| {
            link.kind == LinkKind::Anchor && ground.target(path, &link.address) == Target::Outside
        });
        let addresses: BTreeSet<&str> = outside.map(|(_, link)| &*link.address).collect();
        let answers = self.ask_all(&addresses);
        tell(ground, out, |path, link| {
            let dead = answers.get(plain(&link.address).as_str())?.dead.as_deref()?;
            let is_ours = link.kind == LinkKind::Anchor && ground.target(path, &link.address) == Target::Outside;
            is_ours.then_some((codes::LINK_DEAD, &*link.address, dead))
        });
    }
}

/// An address as it is asked for: with a scheme, without the place in the page.
fn plain(address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() }
}

impl Outside {
    /// The answers for all addresses, those of before as far as they hold; they are kept for the next time.
    fn ask_all(&self, addresses: &BTreeSet<&str>) -> BTreeMap<String, Answer> {
        let mut known: BTreeMap<String, Answer> =
            plain::read(&self.answers).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        known.retain(|_, answer| {
            let holds = if answer.dead.is_some() { HOLDS.1 } else { HOLDS.0 };
            (0..holds).contains(&(self.now - answer.at))
        });
        let mut by_host: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for address in addresses.iter().map(|address| plain(address)).collect::<BTreeSet<_>>() {
            if !known.contains_key(&address) {
                let host = address.parse::<Uri>().ok().and_then(|uri| uri.host().map(str::to_lowercase));
                by_host.entry(host.unwrap_or_default()).or_default().push(address);
            }
        }
        let agent = self.agent();
        let (waiting, told) = (Mutex::new(by_host.into_iter()), Mutex::new(known));
        std::thread::scope(|scope| {
            for _ in 0..AT_ONCE {
                scope.spawn(|| {
                    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
                    while let Some((_, addresses)) = next() {
                        let mut silent = 0;
                        for (at, address) in addresses.into_iter().enumerate() {
                            if at > 0 {
                                std::thread::sleep(self.pause);
                            }
                            // A host that is down is not asked for each of its pages.
                            let answer = match silent {
                                GIVEN_UP.. => Answer { dead: Some(SILENT.to_owned()), at: self.now, firm: false },
                                _ => self.ask(&agent, &address),
                            };
                            silent = if answer.firm { 0 } else { silent + 1 };
                            told.lock().unwrap_or_else(PoisonError::into_inner).insert(address, answer);
                        }
                        self.keep(&told.lock().unwrap_or_else(PoisonError::into_inner));
                    }
                });
            }
        });
        told.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Written beside and then put into its place; without it all is asked again.
    fn keep(&self, answers: &BTreeMap<String, Answer>) {
        // What may be otherwise in an hour is asked again.
        let firm: BTreeMap<&String, &Answer> = answers.iter().filter(|(_, answer)| answer.firm).collect();
        let Ok(bytes) = serde_json::to_vec_pretty(&firm) else { return };
        let beside = self.answers.with_extension("new");
        let folder = self.answers.parent().map(fs::create_dir_all);
        if folder.is_some_and(|made| made.is_ok()) && plain::write(&beside, bytes).is_ok() {
            let _ = plain::replace(&beside, &self.answers);
        }
    }

    fn agent(&self) -> Agent {
        // Behind a proxy it is the proxy that finds hosts, and that decides which may be asked.
        let proxy = ureq::Proxy::try_from_env();
        let all = self.private || proxy.is_some();
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(10)
            .http_status_as_error(false)
            .proxy(proxy.clone())
            .user_agent(concat!("onrecord/", env!("CARGO_PKG_VERSION"), " (checks links)"))
            .build();
        Agent::with_parts(config, DefaultConnector::default(), Public { all, ask: DefaultResolver::default() })
    }

    fn ask(&self, agent: &Agent, address: &str) -> Answer {
        let mut wait = self.pause;
        let mut dead = None;
        for attempt in 0..TRIES {
            if attempt > 0 {
                std::thread::sleep(wait);
                wait *= 2;
            }
            match said(agent, address) {
                Said::Something => return Answer { at: self.now, dead: None, firm: true },
                Said::Nothing(why) => return Answer { at: self.now, dead: Some(why), firm: true },
                Said::Later(why, asked) => {
                    dead = Some(why);
                    match asked {
                        // Whoever wants longer is not asked again today.
                        Some(asked) if asked > LONGEST_WAIT => break,
                        asked => wait = asked.unwrap_or(wait),
                    }
                }
            }
        }
        Answer { at: self.now, dead, firm: false }
    }
}

/// One answer.
enum Said {
    /// There is something, or the host does not tell programs.
    Something,
    /// There is nothing, and asking again will not help.
    Nothing(String),
    /// It may be otherwise later; perhaps the host says when.
    Later(String, Option<Duration>),
}

fn said(agent: &Agent, address: &str) -> Said {
    match agent.head(address).call() {
        // Some hosts know no HEAD, and say so in many ways.
        Ok(answer) if answer.status().as_u16() >= 400 => match agent.get(address).call() {
            Ok(answer) => meant(&answer),
            Err(error) => failed(&error),
        },
        Ok(answer) => meant(&answer),
        Err(error) => failed(&error),
    }
}

fn meant(answer: &ureq::http::Response<Body>) -> Said {
    let status = answer.status();
    let words = || match status.canonical_reason() {
        Some(reason) => format!("its host answers {} {reason}", status.as_u16()),
        None => format!("its host answers {}", status.as_u16()),
    };
    let asked = || {
        let seconds = answer.headers().get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
        Some(Duration::from_secs(seconds))
    };
    match status.as_u16() {
        200..=399 => Said::Something,
        // A door that is shut to programs may stand open to readers.
        401 | 402 | 403 | 405 | 406 | 407 | 451 => Said::Something,
        408 | 425 | 429 | 500..=599 => Said::Later(words(), asked()),
        _ => Said::Nothing(words()),
    }
}

fn failed(error: &Error) -> Said {
    match error {
        // A machine without a network finds none either.
        Error::HostNotFound => Said::Later("there is no such host".to_owned(), None),
        Error::BadUri(_) | Error::Http(_) => Said::Nothing("this is no address".to_owned()),
        Error::TooManyRedirects => Said::Nothing("it is led on without end".to_owned()),
        Error::Timeout(_) => Said::Later("its host does not answer".to_owned(), None),
        Error::Other(refused) if refused.is::<OwnNetwork>() => {
            Said::Nothing("it leads to this machine or its network, which readers do not have".to_owned())
        }
        _ => Said::Later("its host cannot be reached".to_owned(), None),
    }
}

/// Finds hosts, those of the public network only.
#[derive(Debug)]
struct Public {
    all: bool,
    ask: DefaultResolver,
}

/// The host is one of this machine's own network.
#[derive(Debug)]
struct OwnNetwork;

impl std::fmt::Display for OwnNetwork {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an address of this network")
    }
}

impl std::error::Error for OwnNetwork {}

impl Resolver for Public {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.ask.resolve(uri, config, timeout)?;
        let allowed: Vec<SocketAddr> = found.iter().copied().filter(|at| self.all || is_public(at.ip())).collect();
        if allowed.is_empty() {
            return Err(Error::Other(Box::new(OwnNetwork)));
        }
        let mut kept = self.empty();
        allowed.into_iter().for_each(|at| kept.push(at));
        Ok(kept)
    }
}

/// Whether an address is one that anybody can reach. IANA's registries of special addresses, RFC 6890.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_broadcast()
                || v4.is_documentation()
                || v4.is_multicast()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 192 && b == 0 && c == 0)
                || (a == 198 && (b == 18 || b == 19)))
        }
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_public(IpAddr::V4(v4)),
            None => {
                let first = v6.segments()[0];
                !(v6.is_loopback()
                    || v6.is_unspecified()
                    || v6.is_multicast()
                    || first & 0xfe00 == 0xfc00
                    || first & 0xffc0 == 0xfe80
                    || (first == 0x2001 && v6.segments()[1] == 0x0db8)
                    || first & 0xffc0 == 0xfec0
                    || first == 0x2002
                    || (first == 0x2001 && v6.segments()[1] == 0)
                    || (first == 0 && v6.segments()[..6] == [0; 6])
                    || (first == 0x64 && v6.segments()[1] == 0xff9b))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_this_network_are_known() {
        let check = |ip: &str, expected: bool| assert_eq!(is_public(ip.parse().expect("an address")), expected, "{ip}");
        for own in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.1.1",
            "172.16.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "::ffff:127.0.0.1",
            "ff02::1",
            "64:ff9b::7f00:1",
        ] {
            check(own, false);
        }
        for public in ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"] {
            check(public, true);
        }
    }
}
