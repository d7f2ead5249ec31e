//! Gives the programs for Windows their icon, version and manifest, and no date of the build; nothing elsewhere.

use std::env::var;
use std::process::Command;

const TOOL: &str = "x86_64-w64-mingw32-windres";
const RESOURCES: &str = "packaging/windows/srez.rc";

fn main() {
    for file in [RESOURCES, "packaging/windows/srez.ico", "packaging/windows/srez.manifest"] {
        println!("cargo:rerun-if-changed={file}");
    }
    let is = |name: &str, value: &str| var(name).is_ok_and(|found| found == value);
    if !is("CARGO_CFG_TARGET_OS", "windows") || !is("CARGO_CFG_TARGET_ENV", "gnu") {
        return;
    }
    println!("cargo:rustc-link-arg-bins=-Wl,--no-insert-timestamp");
    let compiled = format!("{}/resources.o", var("OUT_DIR").unwrap_or_default());
    let part = |name: &str| format!("-D{name}={}", var(format!("CARGO_PKG_VERSION_{name}")).unwrap_or_default());
    let done = Command::new(TOOL)
        .args(["--codepage=65001", "--output-format=coff", "--include-dir=packaging/windows"])
        .args(["MAJOR", "MINOR", "PATCH"].map(part))
        .args([RESOURCES, &compiled])
        .status();
    if done.is_ok_and(|status| status.success()) {
        println!("cargo:rustc-link-arg-bins={compiled}");
    } else {
        println!("cargo:warning={TOOL} is missing: the programs get no icon and no version");
    }
}
