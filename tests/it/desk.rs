//! The desk as a browser meets it: over a socket, through its guard, with the whole program behind it.

use srez_testkit::sources::{files_below, root};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest time that a piece of work may take here.
const PATIENCE: Duration = Duration::from_secs(300);

/// A desk that runs, and the folder of its workspace.
pub(crate) struct Desk {
    process: Child,
    pub(crate) host: String,
    ticket: String,
    folder: tempfile::TempDir,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) code: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Desk {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = assert_cmd::cargo::cargo_bin("srez");
        let mut process = Command::new(program)
            .args(["desk", "--no-browser"])
            .arg(folder.path().join("Северная Долина"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let (_, address) = line.trim().split_once("http://").unwrap();
        let (host, ticket) = address.split_once("/in#").unwrap();
        Self { host: host.to_owned(), ticket: ticket.to_owned(), folder, process }
    }

    pub(crate) fn workspace(&self) -> PathBuf {
        self.folder.path().join("Северная Долина")
    }

    /// A request with exactly these headers.
    pub(crate) fn send(&self, request: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head =
            format!("{request} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).unwrap();
        // A request that is refused may be answered before its body was read.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let code = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { code, head: head.to_lowercase(), body: body.to_owned() }
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.host)
    }

    /// Takes the ticket to the door: a session.
    pub(crate) fn enter(&self) -> Session<'_> {
        let origin = self.origin();
        let headers = [("Host", self.host.as_str()), ("Origin", &origin), ("Content-Type", "application/json")];
        let ticket = format!("{{\"ticket\":\"{}\"}}", self.ticket);
        let answer = self.send("POST /api/1/enter", &headers, ticket.as_bytes());
        assert_eq!(answer.code, 204);
        let (_, cookie) = answer.head.split_once("set-cookie: ").unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let mut session = Session { desk: self, cookie, token: String::new() };
        let page = session.get("/mesta");
        let (_, token) = page.body.split_once("name=\"token\" content=\"").unwrap();
        session.token = token.split('"').next().unwrap().to_owned();
        session
    }

    /// Every file of the workspace with its bytes.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        fn walk(folder: &Path, into: &mut BTreeMap<PathBuf, Vec<u8>>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, into);
                } else {
                    into.insert(path.clone(), std::fs::read(path).unwrap());
                }
            }
        }
        let mut files = BTreeMap::new();
        walk(self.folder.path(), &mut files);
        files
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A browser that was let in.
pub(crate) struct Session<'a> {
    desk: &'a Desk,
    cookie: String,
    token: String,
}

impl Session<'_> {
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.desk.send(&format!("GET {path}"), &[("Host", &self.desk.host), ("Cookie", &self.cookie)], b"")
    }

    pub(crate) fn change(&self, request: &str, kind: &str, body: &[u8]) -> Answer {
        let origin = self.desk.origin();
        let headers = [
            ("Host", self.desk.host.as_str()),
            ("Cookie", &self.cookie),
            ("Origin", &origin),
            ("X-Srez", &self.token),
            ("Content-Type", kind),
        ];
        self.desk.send(request, &headers, body)
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> Answer {
        self.change(&format!("POST {path}"), "application/json", body.as_bytes())
    }

    /// Waits until no work goes on; what the state says of it then.
    pub(crate) fn wait(&self) -> String {
        let since = Instant::now();
        loop {
            let state = self.get("/api/1/state").body;
            if !state.contains("\"running\":true") {
                return state;
            }
            assert!(since.elapsed() < PATIENCE, "{state}");
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Drops a file of the committed sample.
    pub(crate) fn drop_sample(&self, path: &str) -> Answer {
        let bytes = std::fs::read(root().join("sample-data").join(path)).unwrap();
        let encoded: String = path.bytes().map(|byte| format!("%{byte:02X}")).collect();
        self.change(&format!("PUT /api/1/incoming?path={encoded}"), "application/octet-stream", &bytes)
    }
}

/// A request, its headers, and the code that it must get.
type Forged<'a> = (&'a str, Vec<(&'a str, &'a str)>, u16);

#[test]
#[expect(clippy::too_many_lines, reason = "one table of what is forged")]
fn what_is_forged_gets_its_code_and_changes_nothing() {
    let desk = Desk::start();
    let session = desk.enter();
    session.wait();
    let before = desk.files();
    let (host, origin) = (desk.host.as_str(), desk.origin());
    let json = ("Content-Type", "application/json");
    let own = [("Host", host), ("Cookie", &session.cookie), ("Origin", &origin), ("X-Srez", &session.token), json];
    let with = |name: &str, value: &'static str| -> Vec<(&str, &str)> {
        own.iter().map(|(own, old)| (*own, if *own == name { value } else { *old })).collect()
    };
    let without = |name: &str| -> Vec<(&str, &str)> { own.iter().copied().filter(|(own, _)| *own != name).collect() };
    let more = |name: &'static str, value: &'static str| [own.to_vec(), vec![(name, value)]].concat();
    let post = "POST /api/1/runs";
    let table: Vec<Forged<'_>> = vec![
        (post, with("Host", "localhost:80"), 421),
        (post, with("Host", "evil.example"), 421),
        ("GET /priem", with("Host", "evil.example"), 421),
        (post, without("Cookie"), 401),
        (post, with("Cookie", "srez_1=00"), 401),
        ("GET /api/1/state", without("Cookie"), 401),
        ("GET /priem", without("Cookie"), 303),
        (post, without("X-Srez"), 403),
        (post, with("X-Srez", "00"), 403),
        (post, without("Origin"), 403),
        (post, with("Origin", "http://evil.example"), 403),
        (post, with("Origin", "null"), 403),
        (post, more("Sec-Fetch-Site", "cross-site"), 403),
        (post, more("Sec-Fetch-Site", "same-site"), 403),
        ("GET /priem", more("Sec-Fetch-Site", "cross-site"), 403),
        (post, with("Content-Type", "text/plain"), 415),
        (post, with("Content-Type", "application/x-www-form-urlencoded"), 415),
        ("OPTIONS /api/1/runs", own.to_vec(), 403),
        ("TRACE /api/1/runs", own.to_vec(), 403),
        ("GET /api/1/runs", own.to_vec(), 405),
        ("POST /in", own.to_vec(), 405),
        ("GET /i/0000/index.html", own.to_vec(), 404),
        ("GET /i/../api/1/state", without("Cookie"), 404),
        ("GET /s/../../etc/passwd", own.to_vec(), 404),
        ("GET /nowhere", own.to_vec(), 404),
        ("POST /api/1/enter", without("Cookie"), 401),
        ("POST /api/1/another", without("Cookie"), 401),
        ("POST /api/1/another", with("Origin", "http://evil.example"), 403),
        ("POST /api/1/another", with("Host", "evil.example"), 421),
        ("GET /istoriya", without("Cookie"), 303),
        ("GET /vypusk/otkuda?address=x", without("Cookie"), 303),
        ("GET /nastroyki/porogi", without("Cookie"), 303),
        ("POST /api/1/decisions", without("X-Srez"), 403),
        ("POST /api/1/decisions", without("Cookie"), 401),
        ("POST /api/1/decisions", with("Origin", "null"), 403),
        ("POST /api/1/decisions", own.to_vec(), 422),
        ("DELETE /api/1/decisions/1", without("X-Srez"), 403),
        ("DELETE /api/1/decisions/1", with("Content-Type", "text/plain"), 415),
        ("DELETE /api/1/decisions/x", own.to_vec(), 400),
        ("POST /api/1/history/return", without("X-Srez"), 403),
        ("POST /api/1/history/return", own.to_vec(), 422),
        ("POST /api/1/thresholds", without("X-Srez"), 403),
        ("POST /api/1/thresholds/try", without("X-Srez"), 403),
        ("POST /api/1/thresholds/try", with("Origin", "http://evil.example"), 403),
        ("GET /api/1/thresholds", own.to_vec(), 405),
    ];
    for (request, headers, code) in table {
        let body = match request.rsplit('/').next() {
            Some("enter") => b"{\"ticket\":\"00\"}".as_slice(),
            Some("another") => b"{\"nonce\":\"00\",\"proof\":\"00\"}",
            _ => b"{}",
        };
        let answer = desk.send(request, &headers, body);
        assert_eq!(answer.code, code, "{request} {headers:?}");
        assert!(
            answer.head.contains("content-security-policy") && !answer.head.contains("access-control"),
            "{request}"
        );
    }
    // The ticket was good once.
    let again = format!("{{\"ticket\":\"{}\"}}", desk.ticket);
    assert_eq!(desk.send("POST /api/1/enter", &without("Cookie"), again.as_bytes()).code, 401);
    assert_eq!(desk.files(), before);
}

#[test]
fn a_month_is_received_issued_and_opened() {
    let desk = Desk::start();
    let session = desk.enter();
    session.wait();
    assert!(session.get("/priem").body.contains("Файлов пока нет"));
    let delivered = files_below(&root().join("sample-data/2026-05"));
    let workbooks: Vec<&String> = delivered.iter().filter(|path| path.ends_with(".xlsx")).take(6).collect();
    assert_eq!(workbooks.len(), 6);
    for path in workbooks {
        assert_eq!(session.drop_sample(&format!("2026-05/{path}")).code, 201, "{path}");
    }
    assert_eq!(
        session.change("PUT /api/1/incoming?path=..%2F..%2Fevil.xlsx", "application/octet-stream", b"x").code,
        201
    );
    assert!(desk.workspace().join("Входящие/evil.xlsx").exists());
    assert_eq!(session.post("/api/1/check", "{}").code, 202);
    session.wait();
    let page = session.get("/priem").body;
    assert!(page.contains("evil.xlsx") && page.contains("Не приняты: 1") && page.contains("принято:"), "{page}");
    let (_, id) = page.split_once("data-id=\"").unwrap();
    let side = session.get(&format!("/priem/{}", &id[..16])).body;
    assert!(side.contains("evil.xlsx") && side.contains("Что делать:"), "{side}");

    // Settings were filled in from the files; a wrong value changes nothing.
    let settings = std::fs::read_to_string(desk.workspace().join("настройки.toml")).unwrap();
    let change = |value: &str| {
        let page = session.get("/nastroyki").body;
        let (_, version) = page.split_once("data-version=\"").unwrap();
        let version = version.split('"').next().unwrap();
        let body = format!("{{\"values\":{value},\"version\":\"{version}\"}}");
        session.change("PATCH /api/1/settings", "application/json", body.as_bytes())
    };
    let refused = change("[[\"date\",\"завтра\"]]");
    assert!(refused.code == 409 && refused.body.contains("date"), "{} {}", refused.code, refused.body);
    assert_eq!(std::fs::read_to_string(desk.workspace().join("настройки.toml")).unwrap(), settings);
    assert_eq!(change("[[\"title\",\"Проба рабочего места\"]]").code, 200);
    // Another window shows the settings as they were.
    let stale = b"{\"values\":[[\"title\",\"x\"]],\"version\":\"0\"}";
    let refused = session.change("PATCH /api/1/settings", "application/json", stale);
    assert!(refused.code == 409 && refused.body.contains("в другом окне"), "{}", refused.body);

    cut_a_run_off(&desk, &session);
    assert_eq!(session.post("/api/1/runs", "{}").code, 202);
    assert_eq!(session.post("/api/1/runs", "{}").code, 409);
    let state = session.wait();
    assert!(state.contains("\"fault\":\"\""), "{state}");
    let page = session.get("/sostavlenie").body;
    assert!(page.contains("Выпуск составлен:") && !page.contains("прервано"), "{page}");
    let page = session.get("/vypusk").body;
    let (_, capability) = page.split_once("/i/").unwrap();
    let capability = capability.split('/').next().unwrap();
    let without_cookie = |path: &str| desk.send(&format!("GET /i/{capability}/{path}"), &[("Host", &desk.host)], b"");
    let start = without_cookie("index.html");
    assert!(start.code == 200 && start.head.contains("sandbox allow-scripts") && start.body.contains("Проба рабочего"));
    for path in ["../index.html", "%2e%2e/%2e%2e/настройки.toml", "..%5cнастройки.toml", "", "/etc/passwd", "нет.html"]
    {
        let encoded: String = path
            .bytes()
            .map(|byte| if byte < 128 { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect();
        assert_eq!(without_cookie(&encoded).code, 404, "{path}");
    }
    write_a_text(&session);
    assert_eq!(session.post("/api/1/quit", "{}").code, 204);
}

/// As a run leaves it in whose midst the program ends.
fn cut_a_run_off(desk: &Desk, session: &Session<'_>) {
    std::fs::write(desk.workspace().join(".срез/составляется"), "").unwrap();
    assert!(session.get("/sostavlenie").body.contains("Прошлое составление прервано"));
}

/// A text is written into a field of the issue, and stands there from then on.
fn write_a_text(session: &Session<'_>) {
    let value = |page: &str, name: &str| {
        let (_, value) = page.split_once(&format!("{name}=\"")).unwrap();
        value.split('"').next().unwrap().to_owned()
    };
    let page = session.get("/teksty").body;
    assert!(page.contains("Заполнено полей: 0 из "), "{page}");
    let place = format!("/teksty/{}", value(&page, "data-id"));
    let field = session.get(&place).body;
    assert!(field.contains("Пока пусто") && !field.contains("Когда писали"), "{field}");
    let text = format!(
        "{{\"address\":\"{}\",\"text\":\"Путают признаки.\",\"author\":\"Методист\",\"reach\":\"\"}}",
        value(&field, "data-field")
    );
    assert_eq!(session.change("PUT /api/1/texts", "application/json", text.as_bytes()).code, 204);
    let field = session.get(&place).body;
    assert!(field.contains("Путают признаки.") && field.contains("Вписано: Методист"), "{field}");
    assert!(session.get("/teksty").body.contains("Заполнено полей: 1 из "));
    assert_eq!(session.get("/teksty/0000").code, 404);
}
