//! Worker threads with room for documents.

/// Stack of a worker: one that waits for a part of a document takes up another document on the same stack, and with
/// hundreds of them several lie there together. The memory is taken only as far as it is used.
const STACK_BYTES: usize = 64 << 20;

/// Starts the workers; where they run already, they stay as they are.
pub(super) fn start() {
    let builder = rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES);
    // The only error is that the workers are there already.
    let _started = builder.build_global();
}
