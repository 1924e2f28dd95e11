//! Picture files as cameras, editors and attackers make them.

use flate2::write::ZlibEncoder;
use jpeg_encoder::{ColorType, Encoder};
use std::io::Write as _;

/// What must not come into any file that is published.
pub(super) const PLACE: &str = "GPSCANARY-54N";

/// A JPEG file of 48 by 32 pixels.
pub(super) fn jpeg(color: ColorType, channels: usize, progressive: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 80);
    encoder.set_progressive(progressive);
    let samples: Vec<u8> = (0..48 * 32 * channels).map(|at| (at * 7 % 251) as u8).collect();
    encoder.encode(&samples, 48, 32, color).expect("a photo");
    out
}

/// A JPEG file with segments behind its first marker, and bytes behind its end.
pub(super) fn with_segments(photo: &[u8], segments: &[(u8, Vec<u8>)], behind: &[u8]) -> Vec<u8> {
    let mut out = photo[..2].to_vec();
    for (marker, data) in segments {
        out.extend([0xff, *marker]);
        out.extend(u16::try_from(data.len() + 2).expect("short").to_be_bytes());
        out.extend(data);
    }
    [&out, &photo[2..], behind].concat()
}

/// Where the segments of a JPEG file begin.
pub(super) fn segments(photo: &[u8]) -> Vec<usize> {
    let (mut at, mut starts) = (2, vec![0]);
    while photo[at + 1] != 0xd9 {
        starts.push(at);
        let is_scan = photo[at + 1] == 0xda;
        at += 2 + usize::from(photo[at + 2]) * 256 + usize::from(photo[at + 3]);
        while is_scan && (photo[at] != 0xff || matches!(photo[at + 1], 0 | 0xd0..=0xd7)) {
            at += 1;
        }
    }
    starts.push(at);
    starts
}

/// A PNG file of chunks, each with its check.
pub(super) fn png_of(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in chunks {
        out.extend(u32::try_from(data.len()).expect("short").to_be_bytes());
        let checked = [&kind[..], data].concat();
        out.extend(&checked);
        let mut crc = flate2::Crc::new();
        crc.update(&checked);
        out.extend(crc.sum().to_be_bytes());
    }
    out
}

pub(super) fn ihdr(width: u32, height: u32, depth: u8, color: u8) -> Vec<u8> {
    [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, color, 0, 0, 0]].concat()
}

pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// Rows of a picture, each behind its filter.
fn rows(width: usize, height: usize, bits: usize) -> Vec<u8> {
    let row = (width * bits).div_ceil(8);
    (0..height).flat_map(|y| std::iter::once(0).chain((0..row).map(move |x| (x * 5 + y * 11) as u8))).collect()
}

/// A PNG file of 24 by 16 pixels with chunks before its pixels.
pub(super) fn png(depth: u8, color: u8, before: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let samples = match color {
        2 => 3,
        4 => 2,
        6 => 4,
        _ => 1,
    };
    let pixels = deflated(&rows(24, 16, usize::from(depth) * samples));
    let mut chunks = vec![(b"IHDR", ihdr(24, 16, depth, color))];
    if color == 3 {
        chunks.push((b"PLTE", (0..3 << depth).map(|at| (at * 3) as u8).collect()));
    }
    chunks.extend(before.iter().cloned());
    chunks.extend([(b"IDAT", pixels), (b"IEND", Vec::new())]);
    png_of(&chunks)
}

/// A PNG file that moves.
pub(super) fn apng(frames: u32) -> Vec<u8> {
    let pixels = deflated(&rows(24, 16, 8));
    let control = |number: u32| {
        [&number.to_be_bytes()[..], &24u32.to_be_bytes(), &16u32.to_be_bytes(), &[0; 8], &[0, 1, 0, 10, 0, 0]].concat()
    };
    let mut chunks = vec![
        (b"IHDR", ihdr(24, 16, 8, 0)),
        (b"acTL", [frames.to_be_bytes(), [0; 4]].concat()),
        (b"fcTL", control(0)),
        (b"IDAT", pixels.clone()),
    ];
    for frame in 1..frames {
        chunks.push((b"fcTL", control(2 * frame - 1)));
        chunks.push((b"fdAT", [&(2 * frame).to_be_bytes()[..], &pixels].concat()));
    }
    chunks.push((b"IEND", Vec::new()));
    png_of(&chunks)
}

/// A GIF file of 4 by 4 pixels, with blocks before its frames.
pub(super) fn gif(frames: usize, before: &[u8]) -> Vec<u8> {
    let frame = b"\x2c\0\0\0\0\x04\0\x04\0\0\x02\x05\x84\x8f\xa9\xcb\x05\0";
    let head = b"GIF89a\x04\0\x04\0\x80\0\0\0\0\0\xff\xff\xff";
    [head, before, &frame.repeat(frames)[..], b";"].concat()
}

/// A WebP file of 20 by 10 pixels with chunks behind them.
pub(super) fn webp(chunks: &[(&[u8; 4], Vec<u8>)], flags: u8) -> Vec<u8> {
    let mut pixels = Vec::new();
    let samples: Vec<u8> = (0..20 * 10 * 3).map(|at| (at * 3) as u8).collect();
    image_webp::WebPEncoder::new(&mut pixels).encode(&samples, 20, 10, image_webp::ColorType::Rgb8).expect("a picture");
    let mut body = b"WEBP".to_vec();
    let mut push = |kind: &[u8], data: &[u8]| {
        body.extend(kind);
        body.extend(u32::try_from(data.len()).expect("short").to_le_bytes());
        body.extend(data);
        body.extend(std::iter::repeat_n(0, data.len() % 2));
    };
    if chunks.is_empty() {
        return pixels;
    }
    push(b"VP8X", &[flags, 0, 0, 0, 19, 0, 0, 9, 0, 0]);
    // The only chunk of a simple file.
    let len = u32::from_le_bytes(pixels[16..20].try_into().expect("four")) as usize;
    push(b"VP8L", &pixels[20..20 + len]);
    chunks.iter().for_each(|(kind, data)| push(*kind, data));
    [b"RIFF", &u32::try_from(body.len()).expect("short").to_le_bytes()[..], &body].concat()
}

/// EXIF that says a place and a maker, turned as asked, with directories that lead into themselves.
pub(super) fn exif(orientation: u8, loops: bool) -> Vec<u8> {
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    let entries: u16 = 4;
    out.extend(entries.to_le_bytes());
    let after = 8 + 2 + 12 * u32::from(entries) + 4;
    let mut entry = |tag: u16, kind: u16, n: u32, value: u32| {
        out.extend(tag.to_le_bytes());
        out.extend(kind.to_le_bytes());
        out.extend(n.to_le_bytes());
        out.extend(value.to_le_bytes());
    };
    entry(0x010f, 2, 14, after);
    entry(0x0112, 3, 1, u32::from(orientation));
    // The directory of EXIF's own, and that of the place.
    entry(0x8769, 4, 1, if loops { 8 } else { after });
    entry(0x8825, 4, 1, if loops { 8 } else { after });
    out.extend((if loops { 8u32 } else { 0 }).to_le_bytes());
    out.extend(PLACE.as_bytes());
    out.extend([0; 8]);
    out
}

/// An XMP packet with these words inside its description.
pub(super) fn xmp(inside: &str) -> Vec<u8> {
    format!(
        "<?xpacket begin='\u{feff}' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
         xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' \
         xmlns:exif='http://ns.adobe.com/exif/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/' \
         xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' exif:GPSLatitude='{PLACE}' \
         photoshop:City='{PLACE}'>{inside}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    )
    .into_bytes()
}

/// A drawing with this inside.
pub(super) fn svg(inside: &str) -> Vec<u8> {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 4 3'>{inside}</svg>"
    )
    .into_bytes()
}

/// Base64 as RFC 4648 has it.
pub(super) fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let n = three.iter().chain([&0, &0]).take(3).fold(0usize, |n, byte| n << 8 | usize::from(*byte));
        for at in 0..4 {
            let sign = SIGNS[n >> (18 - 6 * at) & 63];
            out.push(if at <= three.len() { char::from(sign) } else { '=' });
        }
    }
    out
}
