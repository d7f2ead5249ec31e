//! All tests that need more than one room or the program itself, in one binary.

mod sources;
mod trial;

mod canary;
mod cli;
mod configs;
mod ground_truth;
mod house;
mod pipelines;
mod properties;
mod reports;
