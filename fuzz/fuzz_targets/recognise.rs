//! Any sheet, however odd: recognising it neither panics nor loses a row.
//!
//! `cargo +nightly fuzz run recognise -- -dict=fuzz/recognise.dict`
#![no_main]

#[path = "../any_sheet.rs"]
mod any_sheet;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| any_sheet::check(bytes));
