#!/usr/bin/env bash
# One portable ZIP for Windows 10 and later: target/package/srez-VERSION-windows.zip, with its SHA-256 beside it.
# Needs mingw-w64 (compiler, windres), git and Python 3.11; signs nothing. `--built` packs programs that are there.
#
# Why it is as large as it is: text (96 MB of 136) is the typesetter, the tables engine and their data, built for speed;
# only DLLs of Windows are linked, so that nothing is to be installed. srez-desk.exe is a starter of under 1 MB: a
# program has a console or none, and the second copy of srez would double the archive.
set -euo pipefail
cd "$(dirname "$0")/.."

target=x86_64-pc-windows-gnu
programs=${CARGO_TARGET_DIR:-target}/$target/release
out=target/package
version=$(cargo pkgid srez | sed 's/.*[#@]//')

for tool in x86_64-w64-mingw32-gcc x86_64-w64-mingw32-windres python3 git; do
    command -v "$tool" >/dev/null || { echo "$tool is missing: apt-get install mingw-w64 git python3" >&2; exit 1; }
done
if [ "${1:-}" != --built ]; then
    rustup target add "$target"
    cargo build --release --locked --target "$target" --bin srez --bin srez-desk
fi

# Whatever else is linked would have to be carried along.
foreign=$(x86_64-w64-mingw32-objdump -p "$programs/srez.exe" "$programs/srez-desk.exe" | sed -n 's/.*DLL Name: //p' |
    sort -u | grep -iE '^(lib|zlib|vcruntime|msvcp)' || true)
[ -z "$foreign" ] || { echo "DLLs that are not of Windows: $foreign" >&2; exit 1; }

mkdir -p "$out"
python3 packaging/components.py "$target" "$out"
python3 packaging/pack.py "$out/srez-$version-windows.zip" "$programs" "$out"
