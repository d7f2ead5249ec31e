use super::{ReaderCommand, ReaderFailure, ReaderLimits, ReaderPool, serve};
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
    let served = serve(|settings: &u64, request: String| match request.as_str() {
        "panic" => panic!("content of a cell"),
        "hang" => loop {
            std::thread::sleep(Duration::from_millis(50));
        },
        "abort" => std::process::abort(),
        "eat" => vec![settings + u64::from(std::process::id()); 1 << 28].len().to_string(),
        other => format!("{other} {settings}"),
    });
    std::panic::set_hook(hook);
    served.unwrap();
    std::process::exit(0);
}

fn pool(readers: usize) -> ReaderPool<String, String> {
    let command = ReaderCommand {
        program: std::env::current_exe().unwrap(),
        arguments: ["--exact", "tests::is_a_reader_when_asked", "--nocapture"].map(Into::into).into(),
        environment: vec![(VARIABLE.into(), "1".into())],
    };
    let limits = ReaderLimits { memory_bytes: 256 << 20, seconds: 2 };
    ReaderPool::new(command, limits, &7_u64, readers).unwrap()
}

fn ask(readers: usize, requests: &[&str]) -> Vec<Result<String, ReaderFailure>> {
    let requests: Vec<String> = requests.iter().map(|request| (*request).to_owned()).collect();
    let mut replies = Vec::new();
    pool(readers).read_all(&requests, |place, reply| {
        assert_eq!(place, replies.len());
        replies.push(reply);
    });
    replies
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

#[cfg(target_os = "linux")]
#[test]
fn memory_ends_at_the_limit() {
    assert_eq!(ask(1, &["eat", "а"]), [Err(ReaderFailure::Died), Ok("а 7".to_owned())]);
}

#[test]
fn a_program_that_is_no_reader_is_told() {
    let command = ReaderCommand { program: "/no/such/program".into(), arguments: Vec::new(), environment: Vec::new() };
    let limits = ReaderLimits { memory_bytes: 1 << 28, seconds: 1 };
    let pool: ReaderPool<String, String> = ReaderPool::new(command, limits, &(), 1).unwrap();
    let mut replies = Vec::new();
    pool.read_all(&["а".to_owned()], |_, reply| replies.push(reply));
    assert_eq!(replies, [Err(ReaderFailure::NotStarted)]);
    let note = ReaderFailure::TimedOut.note("ф.xlsx", &limits);
    assert_eq!(
        (note.code.as_str(), note.message.as_str()),
        ("I16", "чтение остановлено: за 1\u{a0}с файл не прочитан")
    );
}
