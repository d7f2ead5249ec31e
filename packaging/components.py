#!/usr/bin/env python3
"""What the program is made of: a bill of materials (CycloneDX) and the licences, from `cargo metadata`.

components.py TARGET FOLDER writes sbom.cdx.json and licences.txt there. The same sources give the same bytes.
"""
import hashlib
import json
import pathlib
import subprocess
import sys
import tomllib
import uuid

TEXTS = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE", "COPYRIGHT")


def linked(metadata):
    """Packages that end up in the program, by id: no tests, nothing that only runs while it is built."""
    tools = {p["id"] for p in metadata["packages"] if any("proc-macro" in t["kind"] for t in p["targets"])}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    root = next(p["id"] for p in metadata["packages"] if p["name"] == "srez")
    found, waiting = {}, [root]
    while waiting:
        at = waiting.pop()
        if at in found:
            continue
        uses = [d["pkg"] for d in nodes[at]["deps"] 
                if d["pkg"] not in tools and any(kind["kind"] is None for kind in d["dep_kinds"])]
        found[at] = sorted(uses)
        waiting += uses
    return root, found


def texts_of(package):
    """The texts of the licence, as they lie in the package."""
    folder = pathlib.Path(package["manifest_path"]).parent
    files = [f for f in sorted(folder.iterdir()) if f.is_file() and f.name.upper().startswith(TEXTS)]
    return [f.read_text("utf-8", "replace").replace("\r\n", "\n").strip() for f in files]


def expression(package):
    return (package["license"] or "").replace("/", " OR ")


def bill(root, uses, packages, checksums):
    ref = lambda p: f"pkg:cargo/{p['name']}@{p['version']}"

    def component(package, kind):
        told = {"type": kind, "bom-ref": ref(package), "name": package["name"], "version": package["version"],
                "purl": ref(package)}
        if expression(package):
            told["licenses"] = [{"expression": expression(package)}]
        checksum = checksums.get((package["name"], package["version"]))
        if checksum:
            told["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        return told

    others = sorted((p for i, p in packages.items() if i in uses and i != root), key=ref)
    told = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": component(packages[root], "application")},
        "components": [component(package, "library") for package in others],
        "dependencies": sorted(({"ref": ref(packages[i]), "dependsOn": sorted(ref(packages[u]) for u in on)}
                                for i, on in uses.items()), key=lambda one: one["ref"]),
    }
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return {**told, "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest)}"}


def licences(uses, packages, fonts):
    """A list of the libraries, then every text once with the libraries that have it."""
    ours = sorted((p for i, p in packages.items() if i in uses), key=lambda p: (p["name"], p["version"]))
    others = [p for p in ours if p["source"]]
    lines = ["Срез распространяется по лицензии MIT. В программу входят библиотеки других авторов:", ""]
    lines += [f"{p['name']} {p['version']} — {expression(p)} — {p['repository'] or ''}".rstrip(" —") for p in others]
    texts = {}
    for package in others:
        for text in texts_of(package):
            texts.setdefault(text, []).append(f"{package['name']} {package['version']}")
    texts[fonts.read_text("utf-8").replace("\r\n", "\n").strip()] = ["шрифты PT Sans, PT Serif, PT Mono"]
    for text, names in texts.items():
        lines += ["", "=" * 100, "; ".join(names), "=" * 100, "", text]
    return "\n".join(lines) + "\n"


def main(target, folder):
    call = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", target]
    metadata = json.loads(subprocess.run(call, check=True, capture_output=True).stdout)
    packages = {p["id"]: p for p in metadata["packages"]}
    root, uses = linked(metadata)
    top = pathlib.Path(metadata["workspace_root"])
    lock = tomllib.loads((top / "Cargo.lock").read_text("utf-8"))
    checksums = {(p["name"], p["version"]): p.get("checksum") for p in lock["package"]}
    nameless = [p["name"] for i, p in packages.items() if i in uses and not expression(p) and not p["license_file"]]
    if nameless:
        sys.exit(f"without a licence: {', '.join(nameless)}")
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    told = json.dumps(bill(root, uses, packages, checksums), indent=1, ensure_ascii=False) + "\n"
    (out / "sbom.cdx.json").write_text(told, "utf-8")
    (out / "licences.txt").write_text(licences(uses, packages, top / "assets/fonts/LICENSE.txt"), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
