//! What lets a browser in: a ticket for one use, a cookie for a day, a token for every change.

use data_encoding::HEXLOWER;
use srez_model::error::{Error, Result};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a ticket is good.
const TICKET_LASTS: Duration = Duration::from_secs(60);

/// Secrets of one session.
pub(crate) struct Secrets {
    cookie: String,
    token: String,
    /// The folder under which the documents of an issue are served, without a cookie, to pages of their own origin.
    capability: String,
    /// What a second start of the program knows, from a file that only this user reads.
    running: String,
    ticket: Mutex<Option<(String, Instant)>>,
}

impl Secrets {
    pub(crate) fn new() -> Result<Self> {
        Ok(Self {
            cookie: random()?,
            token: random()?,
            capability: random()?,
            running: random()?,
            ticket: Mutex::default(),
        })
    }

    /// A fresh ticket; the one before is void.
    pub(crate) fn issue_ticket(&self) -> Result<String> {
        let ticket = random()?;
        *self.ticket.lock().unwrap_or_else(PoisonError::into_inner) = Some((ticket.clone(), Instant::now()));
        Ok(ticket)
    }

    /// Takes the ticket away, whether it was right or not; the cookie where it was.
    pub(crate) fn enter(&self, ticket: &str) -> Option<&str> {
        let (known, since) = self.ticket.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        (is_same(&known, ticket) && since.elapsed() < TICKET_LASTS).then_some(&self.cookie)
    }

    pub(crate) fn is_cookie(&self, value: &str) -> bool {
        is_same(&self.cookie, value)
    }

    pub(crate) fn is_token(&self, value: &str) -> bool {
        is_same(&self.token, value)
    }

    /// Tells one start of the program from another; no secret.
    pub(crate) fn session(&self) -> String {
        blake3::hash(self.running.as_bytes()).to_hex().chars().take(8).collect()
    }

    pub(crate) fn running(&self) -> &str {
        &self.running
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    pub(crate) fn capability(&self) -> &str {
        &self.capability
    }

    pub(crate) fn is_capability(&self, value: &str) -> bool {
        is_same(&self.capability, value)
    }
}

/// Compares by hashes, whose comparison takes the same time whatever differs.
fn is_same(left: &str, right: &str) -> bool {
    blake3::hash(left.as_bytes()) == blake3::hash(right.as_bytes())
}

/// 256 bits of the system's randomness.
fn random() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Error::run(format!("система не даёт случайных чисел: {error}")))?;
    Ok(HEXLOWER.encode(&bytes))
}

#[cfg(test)]
mod tests {
    use super::Secrets;

    #[test]
    fn a_ticket_is_good_once_and_only_the_last_one() {
        let secrets = Secrets::new().unwrap();
        let first = secrets.issue_ticket().unwrap();
        let second = secrets.issue_ticket().unwrap();
        assert_eq!(secrets.enter(&first), None);
        // The wrong one cost the right one too: nobody tries twice.
        assert_eq!(secrets.enter(&second), None);
        let third = secrets.issue_ticket().unwrap();
        let cookie = secrets.enter(&third).unwrap().to_owned();
        assert!(secrets.is_cookie(&cookie) && !secrets.is_token(&cookie) && secrets.enter(&third).is_none());
    }
}
