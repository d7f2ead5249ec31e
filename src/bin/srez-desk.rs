//! `srez-desk`: `srez desk` by a click, without a console window. A program of its own, for a program has a console or
//! none; it holds nothing of srez, which lies beside it and is much larger.

#![cfg_attr(windows, windows_subsystem = "windows")]

use std::process::{Command, ExitCode, Output, Stdio};

fn main() -> ExitCode {
    let Ok(own) = std::env::current_exe() else { return ExitCode::FAILURE };
    let mut desk = Command::new(own.with_file_name(format!("srez{}", std::env::consts::EXE_SUFFIX)));
    desk.arg("desk").args(std::env::args_os().skip(1)).stdin(Stdio::null()).stdout(Stdio::null());
    match run(&mut desk) {
        Ok(output) => {
            let code = u8::try_from(output.status.code().unwrap_or(1)).unwrap_or(1);
            if code != 0 {
                tell(&String::from_utf8_lossy(&output.stderr));
            }
            ExitCode::from(code)
        }
        Err(_) => {
            tell("Рядом с srez-desk нет программы srez: распакуйте архив целиком и запустите ещё раз.");
            ExitCode::FAILURE
        }
    }
}

#[cfg(windows)]
fn run(desk: &mut Command) -> std::io::Result<Output> {
    use std::os::windows::process::CommandExt;
    /// `CREATE_NO_WINDOW`: no console is opened for the desk.
    const WITHOUT_WINDOW: u32 = 0x0800_0000;
    desk.creation_flags(WITHOUT_WINDOW).stderr(Stdio::piped()).output()
}

/// Elsewhere there is a terminal, and what the desk says stands there.
#[cfg(not(windows))]
fn run(desk: &mut Command) -> std::io::Result<Output> {
    desk.stderr(Stdio::inherit()).output()
}

/// Shows in Notepad what would be said on a terminal: a program without a console has nowhere else to say it.
#[cfg(windows)]
fn tell(words: &str) {
    let Some(path) = std::env::temp_dir().join("srez.txt").to_str().map(str::to_owned) else { return };
    // The mark makes every Notepad take the text for UTF-8.
    if srez_disk::write_plain(path.as_str().into(), format!("\u{feff}{words}").as_bytes()).is_ok() {
        let _ = Command::new("notepad.exe").arg(path).spawn();
    }
}

#[cfg(not(windows))]
fn tell(_words: &str) {}
