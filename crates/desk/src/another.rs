//! One desk per workspace: a lock that dies with its process, and beside it where the desk listens, so that a second
//! start opens the browser at the first.

use crate::open;
use camino::{Utf8Path, Utf8PathBuf};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use srez_disk::Lock;
use srez_model::error::{Error, Result};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// Folder of the desk's own in a workspace.
pub(crate) const OWN: &str = ".срез";
/// How long a desk may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// Longest answer that is read.
const LONGEST: u64 = 4096;

/// Where a desk listens, and by what it proves that it is one.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Running {
    port: u16,
    secret: String,
    who: String,
}

/// A workspace that is held by this process.
pub(crate) struct Held {
    folder: Utf8PathBuf,
    _lock: Lock,
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = srez_disk::remove_file(&running(&self.folder));
    }
}

fn running(folder: &Utf8Path) -> Utf8PathBuf {
    folder.join(OWN).join("running.json")
}

/// Takes a folder; none where another process holds it.
///
/// # Errors
/// Where nothing can be written there.
pub(crate) fn hold(folder: &Utf8Path) -> Result<Option<Held>> {
    let own = folder.join(OWN);
    srez_disk::make_private_folder(&own)?;
    Ok(srez_disk::lock(&own.join("desk.lock"))?.map(|lock| Held { folder: folder.to_owned(), _lock: lock }))
}

impl Held {
    /// Says where this desk listens.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn tell(&self, port: u16, secret: &str, who: &str) -> Result<()> {
        let told = Running { port, secret: secret.to_owned(), who: who.to_owned() };
        let text = serde_json::to_vec(&told).map_err(|_| Error::run("адрес рабочего места не записан"))?;
        srez_disk::write_private(&running(&self.folder), &text)
    }
}

/// What a second start asks the first.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Question {
    /// Random, so that no answer is good twice.
    nonce: String,
    /// Made with the secret.
    proof: String,
}

/// What the first answers.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Reply {
    proof: String,
    ticket: String,
}

/// The first desk's answer: a ticket, with the proof that no other program sits at its port; none for who does not know
/// the secret.
pub(crate) fn reply(secret: &str, question: &Question, ticket: impl FnOnce() -> Result<String>) -> Option<Reply> {
    let knows =
        blake3::Hash::from_hex(&question.proof).is_ok_and(|given| given == proof(secret, "ask", &question.nonce));
    let ticket = knows.then(ticket)?.ok()?;
    Some(Reply { proof: proof(secret, &ticket, &question.nonce).to_hex().to_string(), ticket })
}

fn proof(secret: &str, what: &str, nonce: &str) -> blake3::Hash {
    let key = blake3::hash(secret.as_bytes());
    blake3::keyed_hash(key.as_bytes(), format!("{what}\n{nonce}").as_bytes())
}

/// The address of the desk that holds a folder, with a fresh ticket.
///
/// # Errors
/// Where it does not answer: it hangs, or sits on another computer.
pub(crate) fn address(folder: &Utf8Path) -> Result<String> {
    let told = srez_disk::read_text(&running(folder)).ok();
    let told = told.and_then(|text| serde_json::from_str::<Running>(&text).ok());
    let ticket = told.as_ref().and_then(ask);
    match (told, ticket) {
        (Some(told), Some(ticket)) => Ok(format!("http://127.0.0.1:{}/in#{ticket}", told.port)),
        (told, _) => {
            let who = told.map(|told| told.who).filter(|who| !who.is_empty());
            let who = who.map_or_else(String::new, |who| format!(" ({who})"));
            Err(Error::usage(format!("рабочее место {folder} уже открыто{who}, но не отвечает"))
                .hint("закройте его на другом компьютере или завершите зависшую программу и повторите"))
        }
    }
}

/// Asks the desk at a port for a ticket; none where something else sits there.
fn ask(told: &Running) -> Option<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    let nonce = HEXLOWER.encode(&bytes);
    let question = Question { proof: proof(&told.secret, "ask", &nonce).to_hex().to_string(), nonce };
    let body = serde_json::to_string(&question).ok()?;
    let host = format!("127.0.0.1:{}", told.port);
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, told.port)), PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    write!(
        stream,
        "POST /api/1/another HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    let mut answer = String::new();
    stream.take(LONGEST).read_to_string(&mut answer).ok()?;
    let (_, body) = answer.split_once("\r\n\r\n")?;
    let reply: Reply = serde_json::from_str(body).ok()?;
    let given = blake3::Hash::from_hex(&reply.proof).ok()?;
    (given == proof(&told.secret, &reply.ticket, &question.nonce)).then_some(reply.ticket)
}

/// Opens the browser at the desk that holds a folder already.
///
/// # Errors
/// Where that desk does not answer or no browser opens.
pub(crate) fn open_first(folder: &Utf8Path, browser: bool, tell: impl FnOnce(&str)) -> Result<()> {
    let address = address(folder)?;
    tell(&address);
    if browser { open::page(&address) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::{Question, hold, proof, reply};
    use camino::Utf8Path;

    #[test]
    fn only_who_knows_the_secret_gets_a_ticket() {
        let question =
            |secret: &str| Question { nonce: "n".to_owned(), proof: proof(secret, "ask", "n").to_hex().to_string() };
        let given = |question: &Question| reply("s", question, || Ok("t".to_owned()));
        let good = given(&question("s")).unwrap();
        assert_eq!((good.ticket.as_str(), good.proof), ("t", proof("s", "t", "n").to_hex().to_string()));
        assert!(given(&question("x")).is_none());
        assert!(given(&Question { nonce: "n".to_owned(), proof: String::new() }).is_none());
    }

    #[test]
    fn a_folder_is_held_once_and_free_again_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let first = hold(folder).unwrap().unwrap();
        first.tell(1, "s", "методист").unwrap();
        assert!(hold(folder).unwrap().is_none());
        // Nothing answers at that port.
        assert!(super::address(folder).unwrap_err().message.contains("(методист), но не отвечает"));
        drop(first);
        assert!(hold(folder).unwrap().is_some());
    }
}
