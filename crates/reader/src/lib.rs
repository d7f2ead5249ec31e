//! Reading in processes of their own: whatever a file does to its reader, the run goes on.
//!
//! The program starts itself again with a hidden argument. Parent and reader exchange frames over stdin and stdout:
//! four bytes of length, then postcard. First come the limits and settings, then one request and one reply at a time. A
//! reader that dies or takes too long costs one request its reply and is restarted.
//!
//! In: names of files, sent to [`ReaderPool::read_all`]. Out: the replies per file, one unless a reader failed at a
//! request that can be divided, such as an archive, and was asked for its parts. The hidden command calls [`serve`]
//! with a function that reads the bytes, hashes them, and turns them into the reply by
//! [`unpack_range`](srez_sheets::unpack_range) and [`read`](srez_sheets::read).
//!
//! Invariants:
//! - A reader that panics, hangs or dies costs one file (`whatever_a_reader_does_costs_one_request`), also inside an
//!   archive (`what_fails_in_a_part_costs_that_part_alone`).
//! - Memory is limited: by the system on Linux and macOS (`memory_ends_at_the_limit`), by the allocator of the program
//!   on Windows (`packaging/windows-smoke.sh`).
//! - A reader ends with the program that started it (`a_reader_ends_with_its_program`).
//! - No other crate under `crates/` starts a process (`cargo xtask tidy`).

mod frame;
mod pool;
mod serve;

pub use pool::{Lost, ReaderCommand, ReaderPool};
pub use serve::serve;

use serde::{Deserialize, Serialize};
use srez_model::note::Note;
use srez_sheets::codes::{READER_DIED, READER_TIMED_OUT};
use srez_sheets::limits::Limits;

/// Limits of one reader process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReaderLimits {
    /// Memory that the reader may take, in bytes, its program aside.
    pub memory_bytes: u64,
    /// Seconds that one request may take.
    pub seconds: u64,
}

impl From<&Limits> for ReaderLimits {
    fn from(limits: &Limits) -> Self {
        Self { memory_bytes: limits.reader_memory_bytes, seconds: limits.reader_seconds }
    }
}

/// Why a request has no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReaderFailure {
    /// The reader ended: its memory was used up, or the file broke it.
    Died,
    /// The system ended the reader: the memory of the machine was used up.
    Killed,
    /// The reader met a bug on this request; its words are never shown, they could hold content of cells.
    Panicked,
    /// The request took longer than its seconds.
    TimedOut,
    /// Nobody was asked: too many other parts of the same request had failed.
    GivenUp,
    /// No reader could be started at all.
    NotStarted,
}

impl ReaderFailure {
    /// The note about the file of the request.
    pub fn note(self, file: &str, limits: &ReaderLimits) -> Note {
        let about = |message: &str| Note::about_file(&READER_DIED, file, message);
        match self {
            Self::Died => about(&format!(
                "чтение прервано: не хватило {}\u{a0}МиБ памяти или файл повреждён",
                limits.memory_bytes >> 20
            )),
            Self::Killed => about("чтение остановлено системой: память компьютера кончилась").hint(
                "закройте другие программы и запустите ещё раз; если не поможет, уменьшите reader-megabytes в разделе \
                 [limits] файла конвейера или разделите файл",
            ),
            Self::Panicked => about("чтение прервано: строение файла нарушено"),
            Self::TimedOut => {
                let message = format!("чтение остановлено: за {}\u{a0}с файл не прочитан", limits.seconds);
                Note::about_file(&READER_TIMED_OUT, file, message)
            }
            Self::GivenUp => about("файл не читался: чтение других файлов этого архива прерывалось слишком часто")
                .hint("распакуйте архив и положите в папку нужные таблицы"),
            Self::NotStarted => about("процесс чтения не запустился")
                .hint("проверьте, что программу можно запускать и что системе хватает памяти, и запустите ещё раз"),
        }
    }
}

#[cfg(test)]
mod tests;
