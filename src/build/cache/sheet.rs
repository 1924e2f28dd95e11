//! A sheet's outer form: whose it is, and whether it is whole.

use xxhash_rust::xxh3::xxh3_128;

/// First bytes of every sheet.
const MAGIC: &[u8; 8] = b"onrecord";
/// Which build of onrecord wrote it: everything else about the form follows from that.
const FINGERPRINT: &[u8; 32] = fingerprint();
/// Bytes before the payload: magic, fingerprint, checksum.
const HEADER: usize = MAGIC.len() + FINGERPRINT.len() + 16;

const fn fingerprint() -> &'static [u8; 32] {
    match env!("ONRECORD_FINGERPRINT").as_bytes().first_chunk() {
        Some(bytes) => bytes,
        None => panic!("the build script gives 32 characters"),
    }
}

/// The checksum of some bytes: tells damage, not malice.
pub(in crate::build) fn checksum(bytes: &[u8]) -> u128 {
    xxh3_128(bytes)
}

/// Puts the header before a payload.
pub(super) fn seal(payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEADER + payload.len());
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(FINGERPRINT);
    bytes.extend_from_slice(&checksum(payload).to_le_bytes());
    bytes.extend_from_slice(payload);
    bytes
}

/// The payload of a sheet that is whole and of this version.
pub(super) fn open(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(FINGERPRINT)?;
    let (sum, payload) = rest.split_first_chunk()?;
    (checksum(payload) == u128::from_le_bytes(*sum)).then_some(payload)
}
