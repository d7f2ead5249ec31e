//! Containers (ZIP, and with it DOCX, XLSX and PPTX) that are the same on every system.

/// «Made by»: Unix, whatever the system is.
const SYSTEM: u8 = 3;
/// Starts of the records of a ZIP, and their lengths without names and comments.
const END: (&[u8], usize) = (b"PK\x05\x06", 22);
const MEMBER: (&[u8], usize) = (b"PK\x01\x02", 46);

/// A container in which no member tells on which system it was made; bytes that are no container stay as they are.
///
/// A library that writes the system of the build cannot be told another one.
pub fn of_no_system(mut zip: Vec<u8>) -> Vec<u8> {
    let end = zip.len().saturating_sub(END.1);
    if zip.get(end..end + END.0.len()) != Some(END.0) {
        return zip;
    }
    let number = |zip: &[u8], at: usize, width: usize| -> Option<usize> {
        let bytes = zip.get(at..at + width)?;
        Some(bytes.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
    };
    let (Some(members), Some(mut at)) = (number(&zip, end + 10, 2), number(&zip, end + 16, 4)) else { return zip };
    for _ in 0..members {
        let lengths = [28, 30, 32].map(|of| number(&zip, at + of, 2));
        if zip.get(at..at + MEMBER.0.len()) != Some(MEMBER.0) {
            break;
        }
        if let Some(made_by) = zip.get_mut(at + 5) {
            *made_by = SYSTEM;
        }
        at += MEMBER.1 + lengths.into_iter().flatten().sum::<usize>();
    }
    zip
}

#[cfg(test)]
mod tests {
    use super::of_no_system;

    /// Two stored members, made on DOS, the second with a comment.
    fn made_on(system: u8) -> Vec<u8> {
        let mut zip = b"contents".to_vec();
        let start = zip.len();
        for (name, comment) in [("a", ""), ("bc", "note")] {
            let lengths = [name.len() as u8, 0, 0, 0, comment.len() as u8, 0];
            let head = [&b"PK\x01\x02\x14"[..], &[system], &[0; 22], &lengths, &[0; 12]].concat();
            zip.extend([&head, name.as_bytes(), comment.as_bytes()].concat());
        }
        let size = (zip.len() - start) as u8;
        zip.extend([&b"PK\x05\x06\0\0\0\0\x02\0\x02\0"[..], &[size, 0, 0, 0, start as u8, 0, 0, 0, 0, 0]].concat());
        zip
    }

    #[test]
    fn every_member_is_made_by_the_same_system() {
        assert_ne!(made_on(0), made_on(3));
        assert_eq!(of_no_system(made_on(0)), made_on(3));
        assert_eq!(of_no_system(made_on(3)), made_on(3));
        for bytes in [Vec::new(), b"PK\x05\x06".to_vec(), made_on(0)[..40].to_vec()] {
            assert_eq!(of_no_system(bytes.clone()), bytes);
        }
    }
}
