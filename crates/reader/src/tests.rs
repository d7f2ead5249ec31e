use super::pool::longest_reply;
use super::{Lost, ReaderCommand, ReaderFailure, ReaderLimits, ReaderPool, serve};
use srez_model::personal::KnownWords;
use srez_sheets::{Limits, Opening, members, read, unpack_range};
use std::ops::Range;
use std::sync::LazyLock;
use std::time::Duration;

/// Makes the test program a reader when it is set.
const VARIABLE: &str = "SREZ_TEST_READER";

/// Not a test of its own: the reader process of the other tests in this file.
#[test]
#[expect(clippy::exit, reason = "the reader of the other tests ends here")]
fn is_a_reader_when_asked() {
    if std::env::var_os(VARIABLE).is_none() {
        return;
    }
    let hook = std::panic::take_hook();
    let served = serve(
        |_| (),
        |settings: &u64, request: String| {
            let answers: Vec<String> = request.split('+').map(|part| answer(*settings, part)).collect();
            answers.join("+")
        },
    );
    std::panic::set_hook(hook);
    served.unwrap();
    std::process::exit(0);
}

fn answer(settings: u64, request: &str) -> String {
    let megabytes = |count: usize| vec![settings + u64::from(std::process::id()); count << 17];
    match request {
        "panic" => panic!("content of a cell"),
        "hang" => loop {
            std::thread::sleep(Duration::from_millis(50));
        },
        "abort" => std::process::abort(),
        "kill" => {
            let kill = format!("kill -9 {}", std::process::id());
            std::process::Command::new("sh").args(["-c", &kill]).status().unwrap().to_string()
        }
        "eat" => megabytes(2_048).len().to_string(),
        "keep" => {
            std::mem::forget(std::hint::black_box(megabytes(150)));
            "kept".to_owned()
        }
        "need" => (std::hint::black_box(megabytes(150)).len() >> 17).to_string(),
        zip if zip.starts_with("zip ") => read_members(&range_of(zip)),
        other => format!("{other} {settings}"),
    }
}

/// Limits under which a small text may become a sheet that no memory holds.
fn wide_limits() -> Limits {
    Limits { cells: u64::MAX, ..Limits::default() }
}

fn opening(limits: &Limits) -> Opening<'_> {
    static NONE: LazyLock<KnownWords> = LazyLock::new(KnownWords::default);
    Opening { limits, known: &NONE }
}

/// An archive of two good members and one between them that spans more cells than the reader may hold.
fn archive() -> Vec<u8> {
    let wide = format!("{}1\n{}", ";".repeat(16_000), "1;2\n".repeat(2_000));
    stored(&[("а.csv", b"1;2\n3;4\n"), ("б.csv", wide.as_bytes()), ("в.csv", b"5;6\n7;8\n")])
}

/// What became of some members of the archive.
fn read_members(range: &Range<usize>) -> String {
    let mut told = Vec::new();
    let unpacked = unpack_range(opening(&wide_limits()), "з.zip", &archive(), range.clone(), &mut |name, bytes| {
        let outcome = read(&wide_limits(), name, bytes, &mut |_| ());
        told.push(format!("{name} {:?}", outcome.value.state));
    });
    assert!(unpacked.value);
    told.join(", ")
}

fn range_of(request: &str) -> Range<usize> {
    let numbers: Vec<usize> = request.split(' ').skip(1).map(|number| number.parse().unwrap()).collect();
    numbers[0]..numbers[1]
}

/// Requests for single members of the archive.
fn single_members(request: &str) -> Vec<String> {
    let range = range_of(request);
    let members = range.start..range.end.min(members(opening(&wide_limits()), "з.zip", &archive()).len());
    if members.len() < 2 { Vec::new() } else { members.map(|place| format!("zip {place} {}", place + 1)).collect() }
}

/// An archive whose members are stored as they are.
fn stored(members: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in members {
        let size = u32::try_from(content.len()).unwrap().to_le_bytes();
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let offset = u32::try_from(bytes.len()).unwrap().to_le_bytes();
        // Version, flags (the name is UTF-8), method, time and date, checksum, both sizes, lengths of name and extra.
        let head = [
            &[20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0x28][..],
            &checksum(content).to_le_bytes(),
            &size,
            &size,
            &length,
            &[0, 0],
        ]
        .concat();
        bytes.extend([&b"PK\x03\x04"[..], &head, name.as_bytes(), content].concat());
        directory.extend([&b"PK\x01\x02\x14\0"[..], &head, &[0; 10], &offset, name.as_bytes()].concat());
    }
    let count = u16::try_from(members.len()).unwrap().to_le_bytes();
    let [start, size] = [bytes.len(), directory.len()].map(|number| u32::try_from(number).unwrap().to_le_bytes());
    let end = [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size, &start, &[0, 0]].concat();
    [bytes, directory, end].concat()
}

/// CRC-32 as archives have it.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 0 { sum >> 1 } else { (sum >> 1) ^ 0xEDB8_8320 };
    !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}

fn pool(readers: usize) -> ReaderPool<String, String> {
    pool_within(readers, ReaderLimits { memory_bytes: 256 << 20, seconds: 2 })
}

fn pool_within(readers: usize, limits: ReaderLimits) -> ReaderPool<String, String> {
    ReaderPool::new(own_command(), limits, &7_u64, readers).unwrap()
}

fn own_command() -> ReaderCommand {
    ReaderCommand {
        program: std::env::current_exe().unwrap(),
        arguments: ["--exact", "tests::is_a_reader_when_asked", "--nocapture"].map(Into::into).into(),
        environment: vec![(VARIABLE.into(), "1".into())],
    }
}

/// Both halves of a request of several parts.
fn halves(request: &str) -> Vec<String> {
    let parts: Vec<&str> = request.split('+').collect();
    let (first, second) = parts.split_at(parts.len() / 2);
    if first.is_empty() { Vec::new() } else { vec![first.join("+"), second.join("+")] }
}

fn ask_in_parts(readers: usize, requests: &[&str]) -> Vec<Vec<Result<String, Lost<String>>>> {
    let requests: Vec<String> = requests.iter().map(|request| (*request).to_owned()).collect();
    let mut replies = Vec::new();
    pool(readers).read_all(
        &requests,
        |request| halves(request),
        |place, of_request| {
            assert_eq!(place, replies.len());
            replies.push(of_request);
        },
    );
    replies
}

fn ask(readers: usize, requests: &[&str]) -> Vec<Result<String, ReaderFailure>> {
    let replies = ask_in_parts(readers, requests).into_iter().flatten();
    replies.map(|reply| reply.map_err(|lost| lost.failure)).collect()
}

#[test]
fn whatever_a_reader_does_costs_one_request() {
    let requests = ["а", "panic", "б", "abort", "в", "hang", "г", "д"];
    let expected = [
        Ok("а 7".to_owned()),
        Err(ReaderFailure::Panicked),
        Ok("б 7".to_owned()),
        Err(ReaderFailure::Died),
        Ok("в 7".to_owned()),
        Err(ReaderFailure::TimedOut),
        Ok("г 7".to_owned()),
        Ok("д 7".to_owned()),
    ];
    assert_eq!(ask(1, &requests), expected);
    assert_eq!(ask(3, &requests), expected);
}

#[test]
fn what_fails_in_a_part_costs_that_part_alone() {
    let lost = |request: &str, failure| Err(Lost { request: request.to_owned(), failure });
    let done = |text: &str| Ok(text.to_owned());
    let replies = ask_in_parts(2, &["а+б+abort+в", "г", "panic+д+hang+е", "ж+з"]);
    assert_eq!(replies[0], [done("а 7+б 7"), lost("abort", ReaderFailure::Died), done("в 7")]);
    assert_eq!(replies[1], [done("г 7")]);
    let expected =
        [lost("panic", ReaderFailure::Panicked), done("д 7"), lost("hang", ReaderFailure::TimedOut), done("е 7")];
    assert_eq!((replies[2].as_slice(), replies[3].as_slice()), (&expected[..], &[done("ж 7+з 7")][..]));
}

#[test]
fn a_request_of_nothing_but_failures_is_given_up() {
    let parts = vec!["panic"; 100].join("+");
    let replies = ask_in_parts(1, &[&parts, "а"]);
    let given_up =
        |reply: &&Result<String, Lost<String>>| matches!(reply, Err(Lost { failure: ReaderFailure::GivenUp, .. }));
    let asked: usize = replies[0].iter().map(|reply| reply.as_ref().unwrap_err().request.split('+').count()).sum();
    assert_eq!((asked, replies[0].iter().filter(given_up).count() > 0), (100, true));
    assert_eq!(replies[1], [Ok("а 7".to_owned())]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_member_that_takes_too_much_memory_is_lost_alone() {
    let replies = ask_in_parts(1, &["а+eat+б"]);
    let lost = Err(Lost { request: "eat".to_owned(), failure: ReaderFailure::Died });
    assert_eq!(replies[0], [Ok("а 7".to_owned()), lost, Ok("б 7".to_owned())]);
}

#[cfg(target_os = "linux")]
#[test]
fn of_an_archive_the_member_that_takes_too_much_memory_is_lost_alone() {
    let mut replies = Vec::new();
    let limits = ReaderLimits { memory_bytes: 256 << 20, seconds: 20 };
    pool_within(1, limits).read_all(
        &["zip 0 9".to_owned()],
        |request| single_members(request),
        |_, all| replies.extend(all),
    );
    let lost = Err(Lost { request: "zip 1 2".to_owned(), failure: ReaderFailure::Died });
    assert_eq!(replies, [Ok("з.zip/а.csv Read".to_owned()), lost, Ok("з.zip/в.csv Read".to_owned())]);
}

#[cfg(target_os = "linux")]
#[test]
fn what_earlier_requests_left_in_memory_is_not_the_fault_of_the_next() {
    let replies = ask(1, &["keep", "need", "keep+need"]);
    assert_eq!(replies[..2], [Ok("kept".to_owned()), Ok("150".to_owned())]);
    assert_eq!(replies[2..], [Ok("kept".to_owned()), Ok("150".to_owned())], "asked in parts");
}

#[cfg(unix)]
#[test]
fn a_reader_that_the_system_ends_is_told_from_one_without_memory() {
    assert_eq!(ask(1, &["kill", "а"]), [Err(ReaderFailure::Killed), Ok("а 7".to_owned())]);
    let limits = ReaderLimits { memory_bytes: 1 << 30, seconds: 1 };
    let hints = [ReaderFailure::Died, ReaderFailure::Killed].map(|failure| failure.note("ф.xlsx", &limits));
    assert!(hints.iter().all(|note| note.hint.contains("reader-megabytes")));
    assert!(hints[0].message.contains("1024\u{a0}МиБ") && hints[1].message.contains("память компьютера"));
}

#[test]
fn a_reply_may_be_as_long_as_the_memory_that_the_user_grants() {
    let longest = [128_u64, 384, 4_096]
        .map(|megabytes| longest_reply(&ReaderLimits { memory_bytes: megabytes << 20, seconds: 1 }) >> 20);
    assert_eq!(longest, [256, 384, 4_096]);
}

#[cfg(target_os = "linux")]
#[test]
fn memory_ends_at_the_limit() {
    assert_eq!(ask(1, &["eat", "а"]), [Err(ReaderFailure::Died), Ok("а 7".to_owned())]);
}

/// The program may be ended by force: nothing of it runs any more but its pipes are closed.
#[test]
fn a_reader_ends_with_its_program() {
    let command = own_command();
    let mut reader = std::process::Command::new(command.program)
        .args(command.arguments)
        .envs(command.environment)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = reader.stdin.take().unwrap();
    let limits = ReaderLimits { memory_bytes: 256 << 20, seconds: 2 };
    super::frame::write(&mut input, &super::serve::Opening { limits, settings: 7_u64 }).unwrap();
    super::frame::write(&mut input, &"hang").unwrap();
    super::frame::skip_to_greeting(reader.stdout.as_mut().unwrap()).unwrap();
    assert!(reader.try_wait().unwrap().is_none());
    drop(input);
    let ended = (0..200).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        reader.try_wait().unwrap().is_some()
    });
    let _ = reader.kill();
    assert!(ended);
}

#[test]
fn a_program_that_is_no_reader_is_told() {
    let command = ReaderCommand { program: "/no/such/program".into(), arguments: Vec::new(), environment: Vec::new() };
    let limits = ReaderLimits { memory_bytes: 1 << 28, seconds: 1 };
    let pool: ReaderPool<String, String> = ReaderPool::new(command, limits, &(), 1).unwrap();
    let mut replies = Vec::new();
    pool.read_all(&["а+б".to_owned()], |request| halves(request), |_, of_request| replies.extend(of_request));
    assert_eq!(replies, [Err(Lost { request: "а+б".to_owned(), failure: ReaderFailure::NotStarted })]);
    let note = ReaderFailure::TimedOut.note("ф.xlsx", &limits);
    assert_eq!(
        (note.code.as_str(), note.message.as_str()),
        ("I16", "чтение остановлено: за 1\u{a0}с файл не прочитан")
    );
}
