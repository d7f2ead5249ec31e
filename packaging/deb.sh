#!/usr/bin/env bash
# A package for Debian and its kin: target/package/srez_VERSION_amd64.deb. Needs dpkg-deb, git and Python 3.11.
# `--built` packs the program that is there.
set -euo pipefail
cd "$(dirname "$0")/.."

out=target/package
version=$(cargo pkgid srez | sed 's/.*[#@]//')
architecture=$(dpkg --print-architecture)
[ "${1:-}" = --built ] || cargo build --release --locked --bin srez --bin srez-desk

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
chmod 755 "$tree"
share=$tree/usr/share
install -D -m 755 -t "$tree/usr/bin" target/release/srez target/release/srez-desk
python3 packaging/components.py "$(rustc -vV | sed -n 's/^host: //p')" "$out"
install -D -m 644 "$out/licences.txt" "$share/doc/srez/copyright"
install -D -m 644 -t "$share/doc/srez" "$out/sbom.cdx.json" pipelines/README.md
# The sample district is made anew where it is wanted: `srez generate`.
install -d -m 755 "$share/applications"
cat >"$share/applications/srez-desk.desktop" <<'END'
[Desktop Entry]
Type=Application
Name=Срез
Comment=Анализ результатов ВПР, ОГЭ и ЕГЭ
Exec=srez-desk
Terminal=false
Categories=Office;Education;
END
chmod 644 "$share/applications/srez-desk.desktop"

# Only the C library is linked.
least=$(objdump -T "$tree/usr/bin/srez" | grep -oE 'GLIBC_[0-9.]+' | sed 's/GLIBC_//' | sort -V | tail -1)
install -d -m 755 "$tree/DEBIAN"
cat >"$tree/DEBIAN/control" <<END
Package: srez
Version: $version
Architecture: $architecture
Maintainer: srez <srez@localhost>
Installed-Size: $(du -sk "$tree/usr" | cut -f1)
Depends: libc6 (>= $least), libgcc-s1
Section: education
Priority: optional
Description: Subject analysis of external school assessments
 From a folder of spreadsheets with results of ВПР, ОГЭ and ЕГЭ to the analysis that is signed.
 Pages of a workspace in the browser of this computer, or a command line; no network.
END
export SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
mkdir -p "$out"
dpkg-deb --root-owner-group -Zxz --build "$tree" "$out/srez_${version}_$architecture.deb"
