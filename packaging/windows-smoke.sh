#!/usr/bin/env bash
# The program for Windows as it comes out of the archive, under Wine, beside the one of this system.
# Needs target/package/srez-*-windows.zip, target/release/srez, wine, mingw-w64 and curl. Ends with 1 where anything
# fails.
#
# What Wine cannot show: a folder with an open file inside is not moved by Windows, but is by Wine; SmartScreen,
# Defender, network shares, memory sticks.
set -uo pipefail
cd "$(dirname "$0")/.."

root=$PWD
native=${SREZ_NATIVE:-$root/target/release/srez}
archive=$(ls -t target/package/srez-*-windows.zip 2>/dev/null | head -1)
work=$(mktemp -d /tmp/srez-smoke.XXXXXX)
export WINEPREFIX=${WINEPREFIX:-$root/target/wine} WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=' LC_ALL=C.UTF-8
failed=0
trap 'wineserver -k 2>/dev/null; rm -rf "$work"' EXIT

good() { printf 'ok      %s\n' "$1"; }
bad() { printf 'FAILED  %s\n' "$1"; failed=1; }
# is WHAT FOUND EXPECTED
is() { if [ "$2" = "$3" ]; then good "$1"; else bad "$1: $2 instead of $3"; fi; }
# says WHAT FILE WORDS
says() { if grep -q -- "$3" "$2"; then good "$1"; else bad "$1: «$3» is not said"; head -5 "$2"; fi; }
silently() { "$@" >"$work/out" 2>&1 </dev/null; }
srez() { wine "$program/srez.exe" "$@"; }
# Windows counts codes as it likes; those of srez are the same everywhere.
code_of() { silently "$@"; echo $?; }
# Memory in MiB of the largest reader while a command runs.
largest_reader() {
    silently "$@" &
    local running=$! largest=0 now
    while kill -0 $running 2>/dev/null; do
        for process in $(pgrep -f 'srez.exe.*read-worker'); do
            now=$(awk '/^VmRSS/ {print int($2 / 1024)}' "/proc/$process/status" 2>/dev/null)
            [ "${now:-0}" -gt $largest ] && largest=$now
        done
        sleep 0.1
    done
    echo $largest
}

for tool in wine x86_64-w64-mingw32-gcc curl python3; do
    command -v $tool >/dev/null || { echo "$tool is missing: apt-get install wine mingw-w64 curl python3" >&2; exit 1; }
done
[ -n "$archive" ] || { echo 'no archive: packaging/windows.sh first' >&2; exit 1; }
[ -x "$native" ] || { echo "no $native: cargo build --release first" >&2; exit 1; }

if [ ! -d "$WINEPREFIX/drive_c" ]; then
    wineboot -i >/dev/null 2>&1
    wine winecfg /v win10 >/dev/null 2>&1
fi
library=$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll
[ -e "$library" ] ||
    x86_64-w64-mingw32-gcc -shared -o "$library" packaging/wine/bcryptprimitives.c -ladvapi32
x86_64-w64-mingw32-gcc -municode -o "$work/hold.exe" packaging/wine/hold.c

python3 -m zipfile -e "$archive" "$work"
program=$(echo "$work"/srez-*-windows)
cd "$program" || exit 1

# Version, and codes of wrong use.
is version "$(srez --version 2>/dev/null | tr -d '\r')" "$("$native" --version)"
is 'a command that is none' "$(code_of srez нет)" 64
is 'the desk passes its code on' "$(code_of wine "$program/srez-desk.exe" --нет)" 64

# The demo byte for byte.
mkdir "$work/linux" && cp -r pipelines sample-data "$work/linux"
linux=$(cd "$work/linux" && code_of "$native" run pipelines/demo.toml)
# With the same key: labels of classes that are no names are made from it.
mkdir -p store && cp "$work/linux/store/demo.key" store/
is 'code of the demo' "$(code_of srez run pipelines/demo.toml)" "$linux"
hashes() { (cd "$1/reports" && find . -type f -print0 | sort -z | xargs -0 sha256sum); }
hashes "$work/linux" >"$work/of-linux" && hashes "$program" >"$work/of-windows"
differing=$(diff "$work/of-linux" "$work/of-windows" | sed -n 's/^[<>] [0-9a-f]*  //p' | sort -u)
is "files of the demo that differ, of $(wc -l <"$work/of-linux")" "$(echo -n "$differing" | grep -c .)" 0
[ -z "$differing" ] || echo "$differing" | head -40
is 'verify' "$(code_of srez verify pipelines/demo.toml)" 0

# Paths: Cyrillic, spaces, 300 letters.
long="$work/Данные района № 1/$(printf 'очень длинная папка %02d/' 1 2 3 4 5 6 7 8 9 10 11 12)"
mkdir -p "$long" && cp sample-data/schools.csv "$long/школы.csv"
find sample-data/2026-06 -type f | head -3 | while read -r file; do cp "$file" "$long"; done
[ ${#long} -ge 300 ] || bad "the path has ${#long} letters only"
expected=$(code_of "$native" check "$long")
is "a path of ${#long} letters" "$(code_of srez check "Z:${long//\//\\}")" "$expected"

# Pipelines as Notepad saves them.
plan=$work/планы && mkdir "$plan"
printf 'title = "Т"\ndate = "2026-06-05"\n[inputs]\nfolders = ["../Данные района № 1"]\n' >"$plan/plain.toml"
plain=$(code_of "$native" check "$plan/plain.toml")
python3 - "$plan" <<'PY'
import pathlib, sys
plan = pathlib.Path(sys.argv[1])
text = (plan / "plain.toml").read_text("utf-8")
(plan / "bom.toml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
(plan / "utf16.toml").write_bytes(text.replace("№", "N").encode("utf-16"))
(plan / "ansi.toml").write_bytes(text.encode("cp1251"))
(plan / "users.toml").write_text(text.replace("../Данные района № 1", r"C:\Users\анна"), "utf-8")
(plan / "tab.toml").write_text(text.replace("../Данные района № 1", r"C:\temp\new"), "utf-8")
PY
is 'BOM and CRLF' "$(code_of srez check "$plan/bom.toml")" "$plain"
for name in utf16 ansi; do
    is "$name" "$(code_of srez check "$plan/$name.toml")" 64
    says "$name" "$work/out" 'кодировку UTF-8'
done
for name in users tab; do
    is "backslashes: $name" "$(code_of srez check "$plan/$name.toml")" 64
    says "backslashes: $name" "$work/out" 'пишется дважды'
done
is 'a quote too many' "$(code_of srez check 'C:\a b"')" 64

# Held: the pipeline and a document as Excel does, the folder of the period and the new one as scanners do.
issue=reports/demo/2026-06
hold() {
    rm -f "$work/held"
    wine "$work/hold.exe" "$1" 600 >"$work/held" 2>/dev/null </dev/null &
    [ -n "${2:-}" ] || until grep -q held "$work/held" 2>/dev/null; do sleep 0.1; done
}
let_go() {
    for process in $(pgrep -f hold.exe); do kill "$process" 2>/dev/null; done
    wait
}
hold "$plan/plain.toml"
is 'a pipeline that is held: code' "$(code_of srez check "$plan/plain.toml")" 64
says 'a pipeline that is held' "$work/out" 'занято другой программой'
let_go
for held in "$issue/index.html" "$issue" "$issue.new"; do
    # The new folder appears in the middle of the run.
    if [ -e "$held" ]; then hold "$held"; else hold "$held" later; fi
    is "held: $held: code" "$(code_of srez run pipelines/demo.toml)" 1
    says "held: $held" "$work/out" 'занят'
    [ -e "$issue/index.html" ] && good 'the former issue is there' || bad 'the former issue is gone'
    let_go
done
is 'and afterwards' "$(code_of srez run pipelines/demo.toml)" "$linux"

# Two runs at once: one ends well, the other says why not.
silently srez run pipelines/demo.toml & first=$!
sleep 3
srez run pipelines/demo.toml >"$work/second" 2>&1 </dev/null; second=$?
wait $first
is 'two runs at once: codes' "$(printf '%s\n' $? $second | sort -n | tr '\n' ' ')" "1 $linux "
says 'two runs at once' "$work/second" 'занят'

# Hostile files within the limits.
mkdir "$work/hostile"
python3 - "$work/hostile" <<'PY'
import pathlib, sys, zipfile
folder = pathlib.Path(sys.argv[1])
trees = "[" + '{"a":1},' * (8 << 20) + '{"a":1}]'
(folder / "объекты.json").write_text(trees[: 60 << 20])
with zipfile.ZipFile(folder / "объекты.zip", "w", zipfile.ZIP_DEFLATED) as packed:
    packed.writestr("объекты.json", trees[: 60 << 20])
(folder / "точки.csv").write_text(";" * (60 << 20))
PY
largest=$(largest_reader srez check "$work/hostile")
[ "$largest" -lt 800 ] && good "largest reader: $largest MiB" || bad "largest reader: $largest MiB"
[ "$largest" -gt 0 ] || bad 'no reader was seen'
says 'hostile files' "$work/out" 'не хватило'

# A run that is ended by force leaves no reader at work.
srez check "$work/hostile" >/dev/null 2>&1 </dev/null &
until pgrep -f 'srez.exe.*read-worker' >/dev/null; do sleep 0.1; done
# Wine leaves a process half started whose parent dies while it starts it.
sleep 0.5
for process in $(pgrep -f 'srez.exe check'); do kill -9 "$process" 2>/dev/null; done
sleep 3
is 'readers after a kill' "$(pgrep -fc 'srez.exe.*read-worker')" 0

# The desk answers, and only whom it let in.
srez desk --no-browser "$work/место" >"$work/desk" 2>&1 </dev/null &
for _ in $(seq 100); do grep -q 'http://' "$work/desk" && break; sleep 0.2; done
address=$(grep -oE 'http://[^/]*' "$work/desk" | head -1)
status() { curl -s -o /dev/null -w '%{http_code}' "$address$1"; }
is 'the desk: its door' "$(status /in)" 200
is 'the desk: a stranger' "$(status /api/1/state)" 401

[ $failed = 0 ] && echo 'everything passed'
exit $failed
