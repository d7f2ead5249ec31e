//! HTML: one page per document that works from a folder, without a network.
//!
//! Styles, script and figures stand in the page; its policy allows one script, known by a nonce that is the hash of
//! the content, so that no text of the data can become a script.

mod block;
mod index;
mod page;
mod picture;
mod table;

pub use index::index as start_page;
pub use page::{explained, render};

/// Styles of all pages.
const STYLE: &str = include_str!("../../../templates/style.css");

/// The script of all pages: sorting, filtering, theme.
const SCRIPT: &str = include_str!("../../../templates/script.js");
