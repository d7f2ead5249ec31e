//! The only door to the disk: bounded reading, listing, atomic writing, and what differs between systems.
//!
//! In: paths and bytes. Out: bytes, listings, locks.
//!
//! Invariants:
//! - No other crate of the program uses `std::fs` (`cargo xtask tidy`, clippy).
//! - After a crash or a power loss a durably written file is there whole or not at all (`store::trials`).
//! - What another program holds for a moment is waited for
//!   (`what_is_held_for_a_moment_is_tried_again_and_nothing_else`).
//! - A delivered file is never opened through a link (`a_link_is_not_followed`).
#![expect(clippy::disallowed_methods, reason = "this is the door")]

mod call;
mod folders;
mod held;
mod list;
mod lock;
mod read;
mod reasons;
mod write;

pub use call::{Call, Guard, guard_calls};
pub use folders::{flush_folder, make_folder, make_private_folder, remove_file, remove_folder, rename};
pub use list::{Found, Listing, files, folders, list};
pub use lock::{Lock, lock};
pub use read::{exists, is_folder, is_open_to_others, read, read_delivered, read_text, resolve};
pub use write::{
    publish_if_absent, publish_secret_if_absent, write, write_durable, write_plain, write_private, write_secret,
};

/// True where private folders and files are closed to others; on Windows they have the permissions of the folder above.
pub const CLOSES_TO_OTHERS: bool = cfg!(unix);
