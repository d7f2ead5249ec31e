//! Who watches a run.

use srez_model::block::Block;
use srez_model::error::{Error, Result};
use srez_publish::Prepared;

/// What a run says that was stopped.
const STOPPED: &str = "остановлено по вашей просьбе";

/// Who is told how far a run is; the run itself knows no clock and no terminal.
pub trait Watcher: Sync {
    /// A stage begins; `total` steps are to come, 0 where nobody knows.
    fn stage(&self, _title: &str, _total: u64) {}
    /// One step of the stage is done.
    fn step(&self) {}
    /// So many bytes were read or made in the stage.
    fn bytes(&self, _count: u64) {}
    /// The last stage is over.
    fn finish(&self) {}
    /// Whether the run is to stop: asked between pieces of work, until the writing begins.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Nobody watches.
pub struct Silent;

impl Watcher for Silent {}

/// Ends the run where the one who watches asked for it.
pub(super) fn go_on(watcher: &dyn Watcher) -> Result<()> {
    if watcher.is_stopped() { Err(Error::run(STOPPED)) } else { Ok(()) }
}

/// Bytes that the columns of the blocks take.
pub(super) fn size_in_memory(blocks: &[Block]) -> u64 {
    blocks.iter().map(Block::size_bytes).sum()
}

/// Bytes of all files.
pub(super) fn size_of(files: &[Prepared]) -> u64 {
    files.iter().map(|file| file.size).sum()
}
