//! The address of the site.

/// An absolute address in the form the rest of the program relies on: `https://host/path/`.
///
/// Returns the whole, ending in `/`, and its path, which begins and ends with `/`.
/// Errors with half a sentence about what is wrong, and an example of what is right.
pub(super) fn base_url(given: &str) -> Result<(Box<str>, Box<str>), Refused> {
    let refused = |why: &'static str| Refused { why };
    let given = given.trim();
    let (scheme, rest) = given.split_once("://").ok_or(refused("has no `https://`"))?;
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "https" && scheme != "http" {
        return Err(refused("is neither http nor https"));
    }
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if host.is_empty() {
        return Err(refused("names no host"));
    }
    if rest.contains(['?', '#']) {
        return Err(refused("has a query or a fragment"));
    }
    if !host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b)) {
        return Err(refused("has a host that is not plain letters, digits, dots and hyphens"));
    }
    let port = match host.rsplit_once(':') {
        Some((_, port)) if !host.ends_with(']') => Some(port),
        _ => None,
    };
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return Err(refused("has a port that is no number up to 65535"));
    }
    if !path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:@".contains(&b)) {
        return Err(refused("has a path with characters that no address may hold"));
    }
    let segments: Vec<&str> = path.split('/').filter(|s| !s.is_empty()).collect();
    // Browsers read `%2e` as a dot before they follow it.
    if segments.iter().any(|s| matches!(&*s.to_ascii_lowercase().replace("%2e", "."), "." | "..")) {
        return Err(refused("has a path that climbs"));
    }
    let root: String = std::iter::once("/").chain(segments.iter().flat_map(|s| [*s, "/"])).collect();
    Ok((format!("{scheme}://{}{root}", host.to_ascii_lowercase()).into(), root.into()))
}

/// Why an address will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    /// Half a sentence: "has no `https://`".
    pub(super) why: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_in_a_slash() {
        let check = |given: &str, whole: &str, root: &str| {
            assert_eq!(base_url(given), Ok((whole.into(), root.into())), "{given}");
        };
        check("https://calder.example", "https://calder.example/", "/");
        check("https://calder.example/archive", "https://calder.example/archive/", "/archive/");
        check(" HTTP://Calder.Example:8080//a//b/ ", "http://calder.example:8080/a/b/", "/a/b/");
        check("http://[::1]:1111/", "http://[::1]:1111/", "/");
    }

    #[test]
    fn other_addresses_are_refused() {
        let check = |given: &str| assert!(base_url(given).is_err(), "{given}");
        check("");
        check("calder.example");
        check("/archive/");
        check("ftp://calder.example/");
        check("javascript://calder.example/");
        check("https:///archive/");
        check("https://calder.example/?q=1");
        check("https://calder.example/#top");
        check("https://user:pass@calder.example/");
        check("https://calder.example/a b/");
        check("https://calder.example/\"><script>/");
        check("https://calder.example/../up/");
        check("https://calder.example/%2E./up/");
        check("https://calder.example:99999/");
        check("https://calder.example:/");
        check("https://caldér.example/");
    }
}
