//! What is published of pictures that the tests make themselves.

use super::*;
use crate::config::Settings;
use crate::media::container::{jpeg, parts};
use crate::media::{exif, iptc, measure, xmp};
use crate::model::PictureFacts;
use crate::text::digest::{base32, sha256};
use memchr::memmem;

/// A scene of soft colours and one hard edge.
fn scene(width: usize, height: usize, lossless: bool) -> Pixels {
    let sample = |at: usize| {
        let (x, y) = (at / 3 % width, at / 3 / width);
        let edge = if (x * 3 + y) % 97 < 20 { 60 } else { 0 };
        ((x * 190 / width + y * 40 / height * (at % 3)) + edge).min(255) as u8
    };
    let samples = (0..width * height * 3).map(sample).collect();
    Pixels { width, height, channels: 3, samples, profile: None, lossless }
}

fn photo(width: usize, height: usize) -> Vec<u8> {
    encode::jpeg(&scene(width, height, false), 92, &Owner::default()).expect("a photo")
}

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let len = u16::try_from(data.len() + 2).expect("short").to_be_bytes();
    [&[0xff, marker], &len[..], data].concat()
}

/// A camera's and a desk's words in front of a photo's own segments, and a second picture behind its end.
fn spoken(photo: &[u8], orientation: u8, packet: &str) -> Vec<u8> {
    let tiff = exif::tests::tiff(true, orientation, &[(0x010e, "Said by EXIF"), (0x013b, "Exif Artist")]);
    let sets = [iptc::tests::set(2, 120, b"Said by IPTC"), iptc::tests::set(2, 110, b"Northsound")].concat();
    [
        &photo[..2],
        &segment(0xe1, &[b"Exif\0\0", &tiff[..]].concat()),
        &segment(0xe1, &jpeg::xmp_segment(packet.as_bytes())),
        &segment(0xed, &[b"Photoshop 3.0\0", &iptc::tests::resources(&sets)[..]].concat()),
        &segment(0xfe, b"GPS54 in a comment"),
        &photo[2..],
        b"GPS54 behind the end",
    ]
    .concat()
}

fn made(path: &str, bytes: &[u8], settings: &PictureSettings) -> (PictureFile, Derived) {
    let file = measure(path, bytes).expect("a picture");
    let derived = derive(path, bytes, &file, settings).expect("sizes");
    (file, derived)
}

fn defaults() -> PictureSettings {
    Settings::default().pictures
}

fn packet(facts: &PictureFacts) -> String {
    String::from_utf8(xmp::packet(facts)).expect("UTF-8")
}

#[test]
fn xmp_is_heard_before_iptc_and_iptc_before_exif_and_no_place_gets_out() {
    let said = packet(&PictureFacts { copyright: Some("© Northsound & Co".into()), ..PictureFacts::default() });
    let bytes = spoken(&photo(90, 60), 6, &said);
    assert!(memmem::find(&bytes, b"GPS54").is_some());
    let (file, derived) = made("a.jpg", &bytes, &PictureSettings { sizes: vec![20, 40], ..defaults() });
    assert_eq!((file.width, file.height, file.stored, file.orientation), (60, 90, (90, 60), 6));
    assert_eq!(file.facts.copyright.as_deref(), Some("© Northsound & Co"));
    assert_eq!(file.facts.caption.as_deref(), Some("Said by IPTC"));
    assert_eq!(file.facts.credit_line().as_deref(), Some("Exif Artist/Northsound"));
    let whole = derived.whole.as_ref().expect("turned, so made anew");
    let all = derived.sizes.iter().map(|size| (size.kind, size.width, size.height, &size.bytes));
    for (kind, width, height, bytes) in all.chain([(PictureKind::Jpeg, 60, 90, whole)]) {
        assert!(memmem::find(bytes, b"GPS54").is_none(), "nor does EXIF say a place");
        assert!(memmem::find(bytes, b"Said by").is_none(), "captions belong to the page");
        let again = measure("b", bytes).expect("a picture");
        assert_eq!((again.kind, again.width, again.height, again.orientation), (kind, width, height, 1));
        let parts = parts(kind, bytes).expect("parts");
        let of_exif = exif::exif(parts.exif.expect("EXIF")).facts;
        assert_eq!((of_exif.creator, of_exif.copyright), (file.facts.creator.clone(), file.facts.copyright.clone()));
        if kind == PictureKind::Jpeg {
            let of_iptc = iptc::facts_of_resources(parts.resources.expect("IPTC"));
            assert_eq!((of_iptc.creator, of_iptc.credit), (file.facts.creator.clone(), file.facts.credit.clone()));
            assert_eq!(of_iptc.copyright, file.facts.copyright);
        }
        assert_eq!(again.facts.copyright, file.facts.copyright);
        assert_eq!(again.facts.credit_line(), file.facts.credit_line());
    }
}

#[test]
fn an_upright_photo_is_not_encoded_again() {
    let plain = photo(90, 60);
    let bytes = spoken(&plain, 1, "");
    let (_, derived) = made("a.jpg", &bytes, &defaults());
    let whole = derived.whole.expect("without its camera");
    assert_eq!(decode(PictureKind::Jpeg, &whole), decode(PictureKind::Jpeg, &plain));
    assert!(memmem::find(&whole, b"GPS54").is_none());
    let (_, as_it_is) = made("a.jpg", &bytes, &PictureSettings { originals: true, ..defaults() });
    assert_eq!(as_it_is.whole, None);
}

#[test]
fn nothing_is_made_larger_and_each_size_is_lighter_than_the_next() {
    let (_, derived) = made("a.jpg", &photo(1000, 400), &defaults());
    assert_eq!((derived.width, derived.height), (1000, 400));
    for kind in [PictureKind::Jpeg, PictureKind::WebP] {
        let of_kind: Vec<&Size> = derived.sizes.iter().filter(|size| size.kind == kind).collect();
        assert!(of_kind.iter().all(|size| [480, 800, 1000].contains(&size.width)), "{kind:?}");
        assert!(of_kind.windows(2).all(|two| two[0].width < two[1].width), "{kind:?}");
        assert!(of_kind.windows(2).all(|two| two[0].bytes.len() < two[1].bytes.len()), "{kind:?}");
        for size in of_kind {
            let pixels = decode(kind, &size.bytes).expect("pixels");
            assert_eq!((pixels.width as u32, pixels.height as u32), (size.width, size.height));
            assert_eq!(size.height, (size.width * 400 + 500) / 1000);
        }
    }
    assert!(derived.sizes.iter().any(|size| size.kind == PictureKind::Jpeg));
    let small = PictureSettings { largest: 300, sizes: Vec::new(), ..defaults() };
    let (_, capped) = made("a.jpg", &photo(1000, 400), &small);
    assert_eq!((capped.width, capped.height, capped.sizes.len()), (300, 120, 0));
}

#[test]
fn webp_is_made_only_where_it_is_wanted_and_lighter() {
    let (_, without) = made("a.jpg", &photo(600, 400), &PictureSettings { webp: false, ..defaults() });
    assert!(without.sizes.iter().all(|size| size.kind == PictureKind::Jpeg) && !without.sizes.is_empty());
    let (_, derived) = made("a.jpg", &photo(600, 400), &defaults());
    let bytes = |kind, width| {
        let mut sizes = derived.sizes.iter().filter(|size| size.kind == kind);
        sizes.find(|size| size.width >= width).map(|size| size.bytes.len())
    };
    for size in derived.sizes.iter().filter(|size| size.kind == PictureKind::WebP) {
        assert!(bytes(PictureKind::Jpeg, size.width).is_none_or(|jpeg| size.bytes.len() < jpeg), "{}", size.width);
    }
}

/// JPEG and lossless WebP are the same everywhere; a change here changes every archive's pictures.
#[test]
fn the_bytes_are_those_of_any_machine() {
    let settings = PictureSettings { sizes: vec![64, 128], webp: false, ..defaults() };
    let (_, derived) = made("a.jpg", &photo(200, 150), &settings);
    let mut all = derived.sizes.iter().map(|size| &*size.bytes).collect::<Vec<_>>().concat();
    all.extend(encode::webp_lossless(&scene(50, 40, true), &Owner::default()).expect("WebP"));
    assert_eq!(base32(&sha256(&all), 12), "dy7lyhwe6szk");
}

#[test]
fn colour_profiles_stay_but_for_srgb() {
    let profile = |name: &[u8]| [&[0; 16], &b"RGB "[..], &[0; 108], name].concat();
    for (name, kept) in [(&b"Wide Gamut"[..], true), (b"sRGB IEC61966", false)] {
        let with = Pixels { profile: Some(profile(name)), ..scene(90, 60, false) };
        let bytes = encode::jpeg(&with, 90, &Owner::default()).expect("a photo");
        let (_, derived) = made("a.jpg", &bytes, &PictureSettings { sizes: vec![40], ..defaults() });
        assert!(!derived.sizes.is_empty());
        for size in &derived.sizes {
            let found = decode(size.kind, &size.bytes).expect("pixels").profile;
            assert_eq!(found.is_some(), kept, "{:?}", size.kind);
        }
    }
}

#[test]
fn png_and_webp_lose_what_they_say_and_keep_what_they_show() {
    let drawing = Pixels { channels: 4, ..scene(60, 60, true) };
    let drawing = Pixels { samples: (0..60 * 60 * 4_u32).map(|at| (at % 251) as u8).collect(), ..drawing };
    let tiff = exif::tests::tiff(false, 1, &[(0x013b, "Ola Brandt")]);
    let plain = encode::png(&drawing, &Owner::default()).expect("PNG");
    let chunk = |kind: &[u8], data: &[u8]| {
        // Our own walk does not ask for the check, and decoders pass these chunks over.
        [&u32::try_from(data.len()).expect("short").to_be_bytes()[..], kind, data, &[0; 4]].concat()
    };
    let spoken = [&plain[..33], &chunk(b"eXIf", &tiff), &chunk(b"tEXt", b"Comment\0GPS54"), &plain[33..]].concat();
    let file = measure("a.png", &spoken).expect("a picture");
    assert_eq!(file.facts.creator.as_deref(), Some("Ola Brandt"));
    let whole = container::bare(PictureKind::Png, &spoken, &Owner::of(&file.facts)).expect("PNG");
    assert!(memmem::find(&whole, b"GPS54").is_none());
    assert_eq!(measure("a.png", &whole).expect("a picture").facts.creator.as_deref(), Some("Ola Brandt"));
    assert_eq!(decode(PictureKind::Png, &whole), decode(PictureKind::Png, &plain));

    let plain = encode::webp_lossless(&drawing, &Owner::default()).expect("WebP");
    let chunk = |kind: &[u8], data: &[u8]| {
        let padding = vec![0; data.len() % 2];
        [kind, &u32::try_from(data.len()).expect("short").to_le_bytes()[..], data, &padding].concat()
    };
    let extended =
        container::bare(PictureKind::WebP, &plain, &Owner { xmp: b"x".to_vec(), ..Owner::default() }).expect("WebP");
    let mut spoken = [&extended[..], &chunk(b"EXIF", &tiff)].concat();
    let len = u32::try_from(spoken.len() - 8).expect("short").to_le_bytes();
    spoken[4..8].copy_from_slice(&len);
    let file = measure("a.webp", &spoken).expect("a picture");
    assert_eq!(file.facts.creator.as_deref(), Some("Ola Brandt"));
    let whole = container::bare(PictureKind::WebP, &spoken, &Owner::of(&file.facts)).expect("WebP");
    assert!(memmem::find(&whole, b"GPS54").is_none() && memmem::find(&whole, b"Said by").is_none());
    assert_eq!(measure("a.webp", &whole).expect("a picture").facts.creator.as_deref(), Some("Ola Brandt"));
    assert_eq!(decode(PictureKind::WebP, &whole), decode(PictureKind::WebP, &plain));
}

#[test]
fn a_moving_picture_keeps_its_frames_and_loses_its_comments() {
    let gif = [
        &b"GIF89a\x02\0\x02\0\x80\0\0\0\0\0\xff\xff\xff"[..],
        b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0",
        b"\x21\xfe\x05GPS54\0",
        b"\x21\xff\x0bXMP DataXMP\x05GPS54\0",
        b"\x21\xf9\x04\0\x0a\0\0\0\x2c\0\0\0\0\x02\0\x02\0\0\x02\x02\x44\x52\0",
        b"\x3b",
        b"GPS54",
    ]
    .concat();
    let (file, derived) = made("a.gif", &gif, &defaults());
    assert!(file.animated && derived.sizes.is_empty());
    let whole = derived.whole.expect("cleaned");
    assert!(memmem::find(&whole, b"GPS54").is_none());
    assert!(memmem::find(&whole, b"NETSCAPE2.0").is_some() && whole.ends_with(b"\x52\0\x3b"));
}

#[test]
fn bombs_and_broken_files_are_refused_with_a_message() {
    let refused = |path: &str, bytes: &[u8]| match measure(path, bytes) {
        Err(refused) => refused.message,
        Ok(file) => derive(path, bytes, &file, &defaults()).expect_err("refused").message,
    };
    let mut bomb = encode::png(&scene(8, 8, true), &Owner::default()).expect("PNG");
    bomb[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    assert_eq!(refused("a.png", &bomb), "this picture is 30000 by 30000 pixels, more than 120 million");
    // As large as is decoded, and next to nothing in it.
    bomb[16..24].copy_from_slice(&[0, 0, 0x10, 0, 0, 0, 0x10, 0]);
    assert_eq!(refused("a.png", &bomb), "the pixels of this picture cannot be read");
    let whole = photo(90, 60);
    assert_eq!(refused("a.jpg", &whole[..whole.len() / 2]), "this picture is cut short");
    // A thumbnail's end is not the picture's.
    let thumbnail = segment(0xe1, &[b"Exif\0\0", &photo(8, 8)[..]].concat());
    let cut = [&whole[..2], &thumbnail, &whole[2..whole.len() - 40]].concat();
    assert_eq!(refused("a.jpg", &cut), "this picture is cut short");
    let avif = b"\0\0\0\x18ftypavif\0\0\0\0avifmif1\0\0\0\x10meta\0\0\0\0Exif";
    assert!(container::avif::speaks(avif) && !container::avif::speaks(&avif.map(|b| if b == b'E' { b'e' } else { b })));
}

#[test]
fn every_orientation_comes_out_upright_through_the_codecs() {
    // A bright left half, so that a wrong turn shows.
    let plain = scene(64, 48, true);
    let half = |(at, sample): (usize, &u8)| sample % 20 + if at / 3 % 64 < 32 { 230 } else { 20 };
    let upright = Pixels { samples: plain.samples.iter().enumerate().map(half).collect(), ..plain };
    for orientation in 1..=8 {
        // Stored as a camera so held would have: the turn that undoes it. Only the two quarter turns are not their own.
        let inverse = match orientation {
            6 => 8,
            8 => 6,
            n => n,
        };
        let stored = upright.clone().turned(inverse);
        let bytes = spoken(&encode::jpeg(&stored, 95, &Owner::default()).expect("a photo"), orientation, "");
        let (file, derived) = made("a.jpg", &bytes, &PictureSettings { sizes: vec![32], webp: false, ..defaults() });
        assert_eq!((file.width, file.height), (64, 48), "{orientation}");
        let whole = decode(PictureKind::Jpeg, derived.whole.as_ref().expect("made")).expect("pixels");
        let small = decode(PictureKind::Jpeg, &derived.sizes[0].bytes).expect("pixels");
        for pixels in [whole, small] {
            let row = &pixels.samples[..pixels.width * 3];
            assert!(row[3] > 200 && row[row.len() - 4] < 60, "{orientation}");
        }
    }
    assert!(parts(PictureKind::Jpeg, &photo(8, 8)).is_some());
}
