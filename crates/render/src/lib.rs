//! What all formats of a document share: how a number is printed, how annexes are lettered, what office programs need.

pub mod address;
pub mod csv;
pub mod look;
pub mod numbering;
pub mod office;
pub mod printed;
