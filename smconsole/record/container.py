"""The file that an exported record is: a plain zip, written in one way only, so that every byte of it is proved.

manifest.json lists every other file with its SHA-256 and is signed; a zip of the same files has the same bytes, so what
somebody added to its edges shows as well. Nothing here needs a database or a network.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from smconsole.record import signing

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
BLOCK = 1 << 20
Content = bytes | Path


@dataclass(frozen=True)
class Proof:
    """wrong: the first file that is not as it was signed, "" when all are. files: how many were looked at."""

    wrong: str
    why: str
    files: int
    facts: Mapping[str, Any]

    @property
    def ok(self) -> bool:
        return not self.wrong


class Writer:
    """Takes the files one after another and ends with what proves them."""

    def __init__(self, out: IO[bytes]) -> None:
        self._zip = ZipFile(out, "w", ZIP_STORED)
        self._listed: list[dict[str, Any]] = []

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        """One file, in pieces, so that no more than one is held in memory."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(_plain(name), "w", force_zip64=True) as file:
            for part in parts:
                file.write(part)
                digest.update(part)
                size += len(part)
        self._listed.append({"name": name, "sha256": digest.hexdigest(), "bytes": size})

    def finish(self, facts: Mapping[str, Any]) -> str:
        """Sign and close. Returns the SHA-256 of the manifest."""
        manifest = {**facts, "public_key": signing.public_key(), "files": self._listed}
        written = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False).encode()
        for name, content in ((MANIFEST, written), (SIGNATURE, signing.sign(written).hex().encode())):
            with self._zip.open(_plain(name), "w", force_zip64=True) as file:
                file.write(content)
        self._zip.close()
        return hashlib.sha256(written).hexdigest()


# What a spoilt byte makes of a file: a broken one, one that says it is encrypted (RuntimeError) or packed.
UNREADABLE = (BadZipFile, EOFError, OSError, RuntimeError, zlib.error, lzma.LZMAError)


def verify(path: Path, *, key: str) -> Proof:
    """Look at every byte. key: the console's public key in hexadecimal, from the console, never from the file."""
    try:
        with ZipFile(path) as bundle:
            return _verify(path, bundle, key)
    except (*UNREADABLE, ValueError, KeyError, TypeError) as trouble:
        return Proof("the file itself", f"It cannot be read as a record: {trouble}", 0, {})


def _verify(path: Path, bundle: ZipFile, key: str) -> Proof:
    names = bundle.namelist()
    if MANIFEST not in names or SIGNATURE not in names:
        return Proof(MANIFEST, "The list of files or its signature is missing.", 0, {})
    written = bundle.read(MANIFEST)
    if not signing.holds(written, bytes.fromhex(bundle.read(SIGNATURE).decode()), key):
        return Proof(MANIFEST, "The signature is not this console's, or the list of files was changed.", 0, {})
    facts = json.loads(written)
    for number, listed in enumerate(facts["files"]):
        if why := _fault(bundle, names, listed):
            return Proof(str(listed["name"]), why, number, facts)
    known = [listed["name"] for listed in facts["files"]] + [MANIFEST, SIGNATURE]
    if names != known:
        extra = next((name for name in names if name not in known), "the file itself")
        return Proof(extra, "It is not in the list of files, or stands in another order.", len(known), facts)
    if not _is_written_our_way(path, bundle, names):
        return Proof("the file itself", "Bytes around the files were changed.", len(known), facts)
    return Proof("", "", len(facts["files"]), facts)


def _fault(bundle: ZipFile, names: list[str], listed: Mapping[str, Any]) -> str:
    if names.count(listed["name"]) != 1:
        return "It is missing, or there twice."
    digest = hashlib.sha256()
    try:
        with bundle.open(listed["name"]) as file:
            while part := file.read(BLOCK):
                digest.update(part)
    except UNREADABLE:
        return "It was changed."
    return "" if digest.hexdigest() == listed["sha256"] else "It was changed."


def _is_written_our_way(path: Path, bundle: ZipFile, names: list[str]) -> bool:
    """Write the same files again and compare."""
    with TemporaryFile() as again, path.open("rb") as given:
        with ZipFile(again, "w", ZIP_STORED) as copy:
            for name in names:
                with bundle.open(name) as source, copy.open(_plain(name), "w", force_zip64=True) as target:
                    while part := source.read(BLOCK):
                        target.write(part)
        again.seek(0)
        while part := again.read(BLOCK):
            if given.read(len(part)) != part:
                return False
        return not given.read(1)


def _plain(name: str) -> ZipInfo:
    """No time of day, no owner and no system: nothing that a second writing would do otherwise."""
    info = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr = 3, 0o600 << 16
    return info
