//! The sample archive, built: whatever a reader can click leads somewhere, and the data say what the pages say.

use super::support::html::{percent_decoded, tags, words};
use super::support::{Sample, build_into, build_sample, copy_tree, project, read_tree, sample};
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

#[test]
fn the_sample_has_everything_to_show() {
    let published = &sample().published;
    assert!(published.reports >= 30, "{} reports", published.reports);
    assert!(published.people >= 12, "{} people", published.people);
    assert_eq!(published.left_out, 0);
    assert_eq!(published.drafts, 1);
}

#[test]
fn every_link_and_anchor_leads_somewhere() {
    check_links(sample(), "https://calder-record.example/", "/");
}

#[test]
fn a_site_below_a_path_leads_nowhere_else() {
    let site = build_sample(Some("https://host.example/archive"));
    check_links(&site, "https://host.example/archive/", "/archive/");
    let here = sample();
    assert_eq!(site.files.keys().collect::<Vec<_>>(), here.files.keys().collect::<Vec<_>>());
}

#[test]
fn quotations_may_have_pages_of_their_own() {
    let copy = tempfile::tempdir().expect("a temporary folder");
    let root = copy.path().join("site");
    copy_tree(&project("content"), &root.join("content"));
    let settings = std::fs::read_to_string(project("site.toml")).expect("settings");
    let settings = settings.replace("quotation_pages = false", "quotation_pages = true");
    std::fs::write(root.join("site.toml"), settings).expect("settings");
    let public = copy.path().join("public");
    let published = build_into(&root, &public, None);
    let site = Sample { published, files: read_tree(&public) };
    check_links(&site, "https://calder-record.example/", "/");
    let own: Vec<_> = site.texts("index.html").filter(|(path, _)| path.starts_with("q/")).collect();
    assert_eq!(own.len(), site.published.quotations);
    for (path, html) in own {
        let canonical =
            tags(html).into_iter().find(|tag| tag.get("rel") == Some("canonical")).expect("a canonical address");
        let report = canonical.get("href").unwrap_or_default().replace("https://calder-record.example/", "");
        assert!(
            site.files.contains_key(&format!("{report}index.html")) && report.starts_with("20"),
            "{path}: {report}"
        );
    }
    let report = std::str::from_utf8(&site.files["2031/11/14/calder-tunnel/index.html"]).expect("UTF-8");
    assert!(report.contains("href=\"https://calder-record.example/q/"), "permalinks lead to them");
}

/// Every address in every page, feed and sitemap: local ones must be files of the site, with the anchors named.
fn check_links(site: &Sample, base: &str, root: &str) {
    let mut anchors: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut links: Vec<(&str, String)> = Vec::new();
    for (path, html) in site.texts(".html") {
        for tag in tags(html) {
            anchors.entry(path).or_default().extend(tag.get("id").map(str::to_owned));
            for attribute in ["href", "src", "poster", "action"] {
                links.extend(tag.get(attribute).map(|link| (path, link.to_owned())));
            }
            let sources = tag.get("srcset").unwrap_or_default().split(',');
            links.extend(sources.filter_map(|s| Some((path, s.split_whitespace().next()?.to_owned()))));
            if tag.name == "meta" && tag.get("content").is_some_and(|content| content.starts_with(base)) {
                links.push((path, tag.get("content").unwrap_or_default().to_owned()));
            }
        }
    }
    for (path, xml) in site.texts(".xml") {
        links.extend(tags(xml).iter().filter_map(|tag| Some((path, tag.get("href")?.to_owned()))));
        links.extend(
            xml.split("<loc>").skip(1).filter_map(|rest| Some((path, rest.split_once("</loc>")?.0.to_owned()))),
        );
    }
    assert!(links.len() > 5_000, "only {} links were found", links.len());

    let mut faults = BTreeSet::new();
    for (from, link) in links {
        let local = if let Some(below) = link.strip_prefix(base) {
            below
        } else if let Some(below) = link.strip_prefix(root).filter(|below| !below.starts_with('/')) {
            below
        } else if link.starts_with('#') {
            link.as_str()
        } else {
            if !["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme)) {
                faults.insert(format!("{from}: `{link}` is not below `{root}`"));
            }
            continue;
        };
        let (address, anchor) = local.split_once('#').unwrap_or((local, ""));
        let address = percent_decoded(address.split('?').next().unwrap_or_default());
        let target = match address.as_str() {
            "" if link.starts_with('#') => from.to_owned(),
            address if address.is_empty() || address.ends_with('/') => format!("{address}index.html"),
            address => address.to_owned(),
        };
        if !site.files.contains_key(&target) {
            faults.insert(format!("{from}: `{link}` leads to no file"));
        } else if !anchor.is_empty()
            && !anchors.get(target.as_str()).is_some_and(|ids| ids.contains(&percent_decoded(anchor)))
        {
            faults.insert(format!("{from}: `{link}` names no place in {target}"));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn ids_are_unique_in_their_page() {
    for (path, html) in sample().texts(".html") {
        let mut seen = BTreeSet::new();
        for tag in tags(html) {
            if let Some(id) = tag.get("id") {
                assert!(seen.insert(id.to_owned()), "{path}: id `{id}` twice");
            }
        }
    }
}

#[test]
fn every_quotation_in_the_data_stands_word_for_word_in_its_page() {
    let mut n = 0;
    for (path, json) in sample().texts("index.json") {
        let data: serde_json::Value = serde_json::from_str(json).unwrap_or_else(|e| panic!("{path}: {e}"));
        let Some(quotations) = data["quotations"].as_array() else { continue };
        let page = path.replace("index.json", "index.html");
        let html = std::str::from_utf8(&sample().files[&page]).expect("UTF-8");
        let shown = words(html);
        for quotation in quotations {
            // Parts are joined by an ellipsis where the attribution stood between.
            for part in quotation["text"].as_str().expect("a text").split(" … ") {
                let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(shown.contains(&part), "{page} does not hold {part}");
            }
            let id = quotation["id"].as_str().expect("an id");
            assert!(html.contains(&format!("id=\"q-{id}\"")), "{page} has no q-{id}");
            n += 1;
        }
    }
    assert_eq!(n, sample().published.quotations);
}

#[test]
fn a_second_build_changes_nothing() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let public = out.path().join("public");
    let first = build_into(&project("."), &public, None);
    assert_eq!(first.written.changed, first.written.files);
    let times = modified(&public);
    let second = build_into(&project("."), &public, None);
    assert_eq!((second.written.changed, second.written.removed), (0, 0));
    assert_eq!(modified(&public), times, "unchanged files keep their times");
}

fn modified(folder: &std::path::Path) -> Vec<(String, std::time::SystemTime)> {
    let time = |path: &str| folder.join(path).metadata().and_then(|meta| meta.modified()).expect("a time");
    super::support::files_below(folder).into_iter().map(|path| (path.clone(), time(&path))).collect()
}

#[test]
fn neither_threads_nor_zone_nor_locale_nor_folder_change_a_byte() {
    for (threads, zone, locale) in
        [("1", "Pacific/Kiritimati", "C"), ("2", "America/Caracas", "tr_TR.UTF-8"), ("7", "", "")]
    {
        let out = tempfile::tempdir().expect("a temporary folder");
        let public = out.path().join("elsewhere");
        let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(["build", "--no-cache", "--root"])
            .arg(project("."))
            .arg("--out")
            .arg(&public)
            .current_dir(out.path())
            .env_clear()
            .envs([("RAYON_NUM_THREADS", threads), ("TZ", zone), ("LC_ALL", locale), ("LANG", locale)])
            .output()
            .expect("onrecord runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let built = read_tree(&public);
        let differ: Vec<_> = sample().files.iter().filter(|(path, bytes)| built.get(*path) != Some(bytes)).collect();
        assert!(
            differ.is_empty(),
            "{threads} threads, {zone}: {:?}",
            differ.iter().map(|(path, _)| path).collect::<Vec<_>>()
        );
        assert_eq!(built.len(), sample().files.len());
    }
}

#[test]
fn nothing_active_and_nothing_of_this_machine_is_published() {
    let home = std::env::var("HOME").unwrap_or_else(|_| "/nowhere".to_owned());
    let project = env!("CARGO_MANIFEST_DIR");
    for (path, html) in sample().texts(".html") {
        assert!(
            !html.contains(project) && (home.len() < 6 || !html.contains(&home)),
            "{path} names a folder of this machine"
        );
        for tag in tags(html) {
            let handler = tag.attributes.iter().find(|(key, _)| key.starts_with("on"));
            assert!(handler.is_none() && tag.get("style").is_none(), "{path}: <{}> has {:?}", tag.name, tag.attributes);
            let inline =
                tag.name == "script" && tag.get("src").is_none() && tag.get("type") != Some("application/ld+json");
            assert!(
                !inline && !matches!(tag.name.as_str(), "style" | "iframe" | "object" | "embed"),
                "{path}: <{}>",
                tag.name
            );
        }
    }
}
