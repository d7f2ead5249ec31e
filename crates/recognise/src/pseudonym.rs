//! Keyed pseudonyms: who a participant of a protocol is, without the name.

use super::spelling::fold;
use data_encoding::BASE32_NOPAD;

/// Sixteen letters that stand for a person at a school: keyed BLAKE3 of `v1|school|names|document`, base32.
///
/// The same person under the same key has the same pseudonym, also where the code of the school lost its zeros in
/// front; without the key it cannot be found by listing names.
pub(crate) fn of(key: &[u8; 32], school: &str, names: &str, document: &str) -> String {
    let school = school.trim_start_matches('0');
    let matter = format!("v1|{school}|{}|{}", fold(names), fold(document));
    let hash = blake3::keyed_hash(key, matter.as_bytes());
    let mut letters = BASE32_NOPAD.encode(hash.as_bytes()).to_ascii_lowercase();
    letters.truncate(16);
    letters
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_pseudonym_is_stable_keyed_and_sixteen_letters_long() {
        let first = of(&[1; 32], "9306", "Канарейкина Анна Сергеевна", "1234 567890");
        assert_eq!(first, of(&[1; 32], "9306", " КАНАРЕЙКИНА  Анна Сергеевна", "1234 567890 "));
        assert_ne!(first, of(&[2; 32], "9306", "Канарейкина Анна Сергеевна", "1234 567890"));
        assert_ne!(first, of(&[1; 32], "9307", "Канарейкина Анна Сергеевна", "1234 567890"));
        assert_eq!(
            first,
            of(&[1; 32], "09306", "Канарейкина Анна Сергеевна", "1234 567890"),
            "zeros get lost on the way"
        );
        assert_eq!(first, "cnqz5pqka3p6yiah", "the pseudonyms of former runs stay");
        assert_eq!(first.len(), 16);
        assert!(first.bytes().all(|letter| letter.is_ascii_alphanumeric()));
    }
}
