//! A text that carries its own check sum, so that a flipped byte anywhere in the file is noticed.

const HEAD: &str = "{\"blake3\":\"";
const MIDDLE: &str = "\",\"entry\":";
const TAIL: &str = "}\n";
const HASH_LENGTH: usize = 64;

/// Bytes of the file for a JSON text, and its check sum.
pub(super) fn seal(body: &str) -> (Vec<u8>, String) {
    let sum = blake3::hash(body.as_bytes()).to_hex().to_string();
    (format!("{HEAD}{sum}{MIDDLE}{body}{TAIL}").into_bytes(), sum)
}

/// Check sum and text; none where a byte is not as it was sealed.
pub(super) fn open(bytes: &[u8]) -> Option<(&str, &str)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (sum, rest) = text.strip_prefix(HEAD)?.split_at_checked(HASH_LENGTH)?;
    let body = rest.strip_prefix(MIDDLE)?.strip_suffix(TAIL)?;
    (blake3::hash(body.as_bytes()).to_hex().as_str() == sum).then_some((sum, body))
}
