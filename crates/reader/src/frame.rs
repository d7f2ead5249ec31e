//! Frames between the program and a reader: length, then postcard.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{Error, ErrorKind, Read, Result, Write};

/// Marks the start of a reader's output; what stands before it is not ours.
pub(super) const GREETING: &[u8; 13] = b"\0srez-reader\n";

/// Writes one value.
pub(super) fn write<T: Serialize>(output: &mut impl Write, value: &T) -> Result<()> {
    let bytes = encode(value)?;
    write_encoded(output, &bytes)
}

/// The bytes of one value.
pub(super) fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(|_| Error::from(ErrorKind::InvalidData))
}

/// Writes a value that is already encoded.
pub(super) fn write_encoded(output: &mut impl Write, bytes: &[u8]) -> Result<()> {
    let length = u32::try_from(bytes.len()).map_err(|_| Error::from(ErrorKind::InvalidData))?;
    output.write_all(&length.to_le_bytes())?;
    output.write_all(bytes)?;
    output.flush()
}

/// Reads the bytes of one value of at most `limit` bytes; none where the other side has closed.
pub(super) fn read(input: &mut impl Read, limit: u64) -> Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let length = u64::from(u32::from_le_bytes(length));
    if limit < length {
        return Err(Error::from(ErrorKind::InvalidData));
    }
    let mut bytes = Vec::new();
    if input.take(length).read_to_end(&mut bytes)? as u64 == length {
        Ok(Some(bytes))
    } else {
        Err(Error::from(ErrorKind::UnexpectedEof))
    }
}

/// The value of a frame.
pub(super) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    postcard::from_bytes(bytes).map_err(|_| Error::from(ErrorKind::InvalidData))
}

/// Skips everything up to and with the greeting.
pub(super) fn skip_to_greeting(input: &mut impl Read) -> Result<()> {
    let mut matched = 0;
    let mut byte = [0];
    while matched < GREETING.len() {
        input.read_exact(&mut byte)?;
        matched = match GREETING.get(matched) {
            Some(wanted) if *wanted == byte[0] => matched + 1,
            _ => usize::from(GREETING.first() == byte.first()),
        };
    }
    Ok(())
}
