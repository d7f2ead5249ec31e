//! All tests that need more than one room or the program itself, in one binary.

mod sources;
mod trial;

mod house;
mod pipelines;
