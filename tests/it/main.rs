//! All tests that need more than one room or the program itself, in one binary.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "tests look at files from outside")]

#[path = "../../fuzz/any_sheet.rs"]
mod any_sheet;
mod containers;
mod district_files;
mod scores;
mod trial;
mod worlds;

mod accounting;
mod analyses;
mod as_sent;
mod attack;
mod attacker;
mod bad_input;
mod canary;
mod characteristics;
mod cli;
mod configs;
mod corrections;
mod data_quality;
mod degenerate;
mod desk;
mod desk_journeys;
mod documents;
mod editions;
mod every_work;
mod exam_plan;
mod filter_page;
mod forms;
mod ground_truth;
mod her_texts;
mod hostile;
mod injected_formats;
mod injection;
mod journal_power;
mod keeping;
mod kinds;
mod language;
mod lasting_effects;
mod lines;
mod missing_inputs;
mod municipalities;
mod mutants;
mod name_canaries;
mod null_municipalities;
mod originals;
mod parts;
mod pdf_text;
mod periods;
mod pipelines;
mod places;
mod properties;
mod random_district;
mod registries;
mod reports;
mod same_numbers;
mod sample;
mod sentences;
mod slides;
mod spoilt_sheets;
mod store;
mod subject_notes;
mod texts;
mod works_pack;
