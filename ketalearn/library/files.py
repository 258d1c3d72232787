"""The files of a pack: which there are, read safely, and the key that names their exact contents."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from ketalearn.content.problem import Problem

MAX_FILE = 2 * 1024 * 1024
MAX_PACK = 64 * 1024 * 1024
MAX_FILES = 500
MAX_FOLDERS = 8
"""How deep the folders of a pack may lie in each other."""
SUFFIXES = (".yaml", ".yml", ".md", ".txt")
"""Only these belong to a pack; everything else in its folder is left alone, and so are names that begin with a dot."""


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The bytes of a pack's files by their path inside the pack, sorted, and what was wrong with some of them."""

    root: Path
    files: dict[str, bytes]
    problems: tuple[Problem, ...]

    def key(self, version: str) -> str:
        """Give the hash that names this exact content as read by this version of the format."""
        digest = hashlib.sha256(version.encode())
        for name, data in self.files.items():
            digest.update(b"\0%b\0%d\0" % (os.fsencode(name), len(data)))
            digest.update(data)
        return digest.hexdigest()


def read_files(path: Path) -> PackFiles:
    """Read a pack folder, or a single-file pack, within the limits of the format.

    Symbolic links, pipes and other special files are reported and never opened; nothing outside is read.
    """
    try:
        info = path.stat()
    except OSError as error:
        return _refused(path, "pack-missing", f"there is no pack here ({error.strerror})", "Check the path.")
    if stat.S_ISREG(info.st_mode) and path.is_symlink():
        return _refused(path, "link", "this is a symbolic link; a pack is a file of its own", "Name the file it leads to.")
    if stat.S_ISREG(info.st_mode):
        data, problem = _read(path, path.name)
        return PackFiles(path.parent, {} if data is None else {path.name: data}, (problem,) if problem else ())
    if not stat.S_ISDIR(info.st_mode):
        return _refused(path, "pack-missing", "this is neither a folder nor a file", "Name a pack folder or its YAML file.")
    names, problems = _walk(path)
    files: dict[str, bytes] = {}
    total = 0
    for name in names[:MAX_FILES]:
        data, problem = _read(path / name, name)
        if problem:
            problems.append(problem)
        if data is not None:
            total += len(data)
            files[name] = data
        if total > MAX_PACK:
            message = f"the pack is larger than {MAX_PACK // 1024 // 1024} MiB"
            problems.append(Problem(name, 0, 0, "pack-too-large", message, "Split it into several packs."))
            break
    if len(names) > MAX_FILES:
        message = f"the pack has more than {MAX_FILES} files"
        problems.append(Problem(path.name, 0, 0, "too-many-files", message, "Split it into several packs."))
    return PackFiles(path, files, tuple(problems))


def _refused(path: Path, code: str, message: str, cure: str) -> PackFiles:
    return PackFiles(path, {}, (Problem(str(path), 0, 0, code, message, cure),))


def _walk(root: Path) -> tuple[list[str], list[Problem]]:
    names: list[str] = []
    problems: list[Problem] = []

    def closed(error: OSError) -> None:
        name = Path(error.filename).relative_to(root).as_posix()
        message = f"this folder cannot be read ({error.strerror})"
        problems.append(Problem(name, 0, 0, "unreadable", message, "Check its permissions."))

    for folder, folders, entries in os.walk(root, onerror=closed, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if folders and len(Path(folder).relative_to(root).parts) >= MAX_FOLDERS:
            message = f"folders lie deeper in each other here than {MAX_FOLDERS} levels"
            problems.append(Problem(Path(folder).relative_to(root).as_posix(), 0, 0, "too-deep", message, "Move them up."))
            folders.clear()
        for name in [*folders, *(entry for entry in entries if not entry.startswith("."))]:
            path = Path(folder, name)
            inside = path.relative_to(root).as_posix()
            if path.is_symlink() and (name in folders or inside.endswith(SUFFIXES)):
                message = "this is a symbolic link; a pack holds its own files"
                problems.append(Problem(inside, 0, 0, "link", message, "Put the file itself here."))
                if name in folders:
                    folders.remove(name)
            elif name in entries and name.endswith(SUFFIXES):
                names.append(inside)
        if len(names) > MAX_FILES:
            break
    return sorted(names), problems


def _read(path: Path, name: str) -> tuple[bytes | None, Problem | None]:
    """Read one regular file. The check is made on the open file, so that it cannot be swapped in between."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except OSError as error:
        return None, Problem(name, 0, 0, "unreadable", f"this file cannot be read ({error.strerror})", "Check its permissions.")
    with os.fdopen(handle, "rb") as file:
        info = os.fstat(file.fileno())
        if not stat.S_ISREG(info.st_mode):
            return None, Problem(name, 0, 0, "not-a-file", "this is not a regular file", "Put a plain text file here.")
        if info.st_size > MAX_FILE:
            message = f"this file is larger than {MAX_FILE // 1024 // 1024} MiB"
            return None, Problem(name, 0, 0, "file-too-large", message, "Split it over several files.")
        return file.read(MAX_FILE + 1), None
