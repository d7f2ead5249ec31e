#!/usr/bin/env python3
"""Packs the portable archive: pack.py ARCHIVE PROGRAMS LICENCES, run in the folder of the repository.

The same files give the same bytes: sorted, with one date, names in UTF-8.
"""
import hashlib
import pathlib
import subprocess
import sys
import zipfile

EXECUTABLE = 0o100755 << 16
PLAIN = 0o100644 << 16


def tracked(folder):
    """Files of the repository below a folder: nothing that a run has left there."""
    call = ["git", "ls-files", "-z", folder]
    names = subprocess.run(call, check=True, capture_output=True).stdout.decode().split("\0")
    return [name for name in names if name]


def for_notepad(text):
    """With the mark of UTF-8 and the line ends of Windows."""
    return "\ufeff".encode() + text.replace("\n", "\r\n").encode()


def main(archive, programs, licences):
    archive, top = pathlib.Path(archive), pathlib.Path(archive).stem
    members = {}
    for name in ("srez.exe", "srez-desk.exe"):
        members[name] = (pathlib.Path(programs, name).read_bytes(), EXECUTABLE)
    members["ПРОЧТИ.txt"] = (for_notepad(pathlib.Path("packaging/windows/ПРОЧТИ.txt").read_text("utf-8")), PLAIN)
    texts = pathlib.Path(licences, "licences.txt").read_text("utf-8")
    members["licences/лицензии.txt"] = (for_notepad(texts), PLAIN)
    members["licences/sbom.cdx.json"] = (pathlib.Path(licences, "sbom.cdx.json").read_bytes(), PLAIN)
    for name in tracked("pipelines") + tracked("sample-data"):
        members[name] = (pathlib.Path(name).read_bytes(), PLAIN)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(members):
            content, attributes = members[name]
            entry = zipfile.ZipInfo(f"{top}/{name}")
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, attributes, 3
            packed.writestr(entry, content)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(f"{archive.name}.sha256").write_text(f"{digest}  {archive.name}\n")
    megabytes = lambda size: f"{size / 1_000_000:.1f} MB"
    for name in ("srez.exe", "srez-desk.exe"):
        print(f"{name}: {megabytes(len(members[name][0]))}")
    print(f"{archive}: {megabytes(archive.stat().st_size)}, {len(members)} files, SHA-256 {digest}")


if __name__ == "__main__":
    main(*sys.argv[1:])
