//! HTML: one page per document that works from a folder, without a network, and the start page of a run.
//!
//! Styles, script and figures are inside the page; its policy allows one script, identified by a nonce that is the hash
//! of the content, so that no text of the data can become a script.
//!
//! In: a report. Out: the bytes of a page.
//!
//! Invariants:
//! - A page needs no network (`pages_are_closed_and_need_no_network`).
//! - Text from the data stays text (`a_page_shows_every_string_and_obeys_none`).
//! - Tables for an association cannot be sorted into a ranking
//!   (`a_packet_for_an_association_cannot_be_sorted_into_a_ranking`).

mod block;
mod filter_page;
mod index;
mod page;
mod picture;
mod table;

pub use filter_page::filter_page;
pub use index::index as start_page;
pub use page::{explained, render};

/// Styles of all pages.
const STYLE: &str = include_str!("../../../templates/style.css");

/// The script of all pages: where a number comes from, sorting, filtering, theme.
const SCRIPT: &str =
    concat!(include_str!("../../../templates/whence.js"), include_str!("../../../templates/script.js"));

/// What the page that filters has beside the styles of all pages.
const FILTER_STYLE: &str = include_str!("../../../templates/filter/filter.css");

/// What it has beside the script of all pages.
const FILTER_SCRIPT: &str = concat!(
    include_str!("../../../templates/filter/workbook.js"),
    include_str!("../../../templates/filter/picture.js"),
    include_str!("../../../templates/filter/filter.js")
);
