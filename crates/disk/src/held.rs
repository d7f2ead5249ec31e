//! Files and folders that another program holds: told as such, and waited for where a moment may do.

use std::io::{self, ErrorKind};
use std::thread::sleep;
use std::time::Duration;

/// What to do about a file that is held.
pub(crate) const HELD: &str = "закройте его в Excel, Word и проводнике; если он закрыт, его могут держать антивирус \
                               или резервное копирование: подождите минуту и запустите ещё раз";

/// Pauses between attempts, in milliseconds: scanners and indexers look into a new file for a moment.
const PAUSES: [u64; 5] = [10, 50, 150, 500, 1_000];

/// Codes of Windows: sharing violation, lock violation, a file that is mapped by somebody.
const HELD_CODES: [i32; 3] = [32, 33, 1_224];
/// Access denied; for a folder it also means that a file in it is open.
const DENIED: i32 = 5;

/// True where the error says that another program holds the file.
pub(crate) fn is_held(error: &io::Error) -> bool {
    error.kind() == ErrorKind::ResourceBusy || is_one_of(error, &HELD_CODES)
}

/// The codes mean something else on other systems.
fn is_one_of(error: &io::Error, codes: &[i32]) -> bool {
    cfg!(windows) && error.raw_os_error().is_some_and(|code| codes.contains(&code))
}

/// Does something that another program may keep from being done, again after a pause where it was kept.
pub(crate) fn patiently(attempt: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    patiently_within(&PAUSES, attempt)
}

fn patiently_within(pauses: &[u64], mut attempt: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    for pause in pauses {
        match attempt() {
            Err(error) if is_held(&error) || is_one_of(&error, &[DENIED]) => sleep(Duration::from_millis(*pause)),
            other => return other,
        }
    }
    attempt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempts_until(free: u32, kind: ErrorKind) -> (u32, bool) {
        let mut attempts = 0;
        let done = patiently_within(&[0, 0], || {
            attempts += 1;
            if free <= attempts { Ok(()) } else { Err(kind.into()) }
        });
        (attempts, done.is_ok())
    }

    #[test]
    fn what_is_held_for_a_moment_is_tried_again_and_nothing_else() {
        assert_eq!(attempts_until(1, ErrorKind::ResourceBusy), (1, true));
        assert_eq!(attempts_until(3, ErrorKind::ResourceBusy), (3, true));
        assert_eq!(attempts_until(9, ErrorKind::ResourceBusy), (3, false));
        assert_eq!(attempts_until(9, ErrorKind::NotFound), (1, false));
    }

    #[cfg(windows)]
    #[test]
    fn the_codes_of_windows_are_known() {
        assert!([32, 33, 1_224].into_iter().all(|code| is_held(&io::Error::from_raw_os_error(code))));
        assert!(!is_held(&io::Error::from_raw_os_error(5)));
    }
}
