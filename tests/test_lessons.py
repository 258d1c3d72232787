"""The packs that ship: clean, quoted word for word, without doses, and without naming who need not be named."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import yaml

from ketalearn.checks.run import check
from ketalearn.content.items import ITEM_KINDS, claims_of
from ketalearn.content.pack import Pack
from ketalearn.loading.pack import read_pack
from ketalearn.study.packs import shelf
from tests.conftest import LESSONS

PACKS = sorted(path.parent for path in LESSONS.glob("*/pack.yaml"))
EXAMPLE = Path(check.__code__.co_filename).parent.parent / "cli" / "example.yaml"
DOSE = re.compile(
    r"\b\d+(?:[.,]\d+)?\s*(?:-|–|to)?\s*(?:mg|milligrams?|mcg|µg|micrograms?|ml|millilit\w+|mg/kg)\b", re.IGNORECASE
)
CLINIC = "Tigoni"

each_pack = pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)


def pack_of(path: Path) -> Pack:
    pack = read_pack(path).pack
    assert pack is not None
    return pack


def squeezed(text: str) -> str:
    """Fold white space, no-break spaces included; written anew here, so that it checks the program's own way."""
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2007", " ").split())


def texts(value: object, where: str = "") -> list[tuple[str, str]]:
    """Give every text of a part of a pack, with the way to it."""
    if isinstance(value, str):
        return [(where, value)]
    if is_dataclass(value):
        return [found for field in fields(value) for found in texts(getattr(value, field.name), f"{where}.{field.name}")]
    if isinstance(value, tuple):
        return [found for number, entry in enumerate(value) for found in texts(entry, f"{where}[{number}]")]
    return []


def test_there_is_a_pack_and_the_program_finds_each() -> None:
    assert PACKS
    assert shelf() == PACKS


@each_pack
def test_a_shipped_pack_is_clean(path: Path) -> None:
    checked = check(path)
    assert checked.clean, "\n".join(str(problem) for problem in checked.problems)


def test_the_example_is_clean_without_even_a_note() -> None:
    assert check(EXAMPLE).problems == ()


@each_pack
def test_every_quote_stands_in_its_document_exactly_once(path: Path) -> None:
    documents = yaml.load((path / "documents.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    seen = 0
    for document in documents:
        text = squeezed((path / document["file"]).read_text(encoding="utf-8-sig"))
        claims = path / "claims" / f"{document['id']}.yaml"
        quotes = [*document.get("passages", ()), *document.get("claims", ())]
        if claims.exists():
            quotes += yaml.load(claims.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for quote in quotes:
            words = squeezed(" ".join([quote.get("prefix", ""), quote["quote"], quote.get("suffix", "")]))
            assert text.count(words) == 1, f"{quote['id']} stands {text.count(words)} times in {document['id']}"
            seen += 1
    assert seen >= len(documents)


@each_pack
def test_every_document_is_the_one_that_was_checked(path: Path) -> None:
    for document in pack_of(path).documents:
        assert document.file is not None
        assert hashlib.sha256((path / document.file).read_bytes()).hexdigest() == document.sha256


@each_pack
def test_no_dose_stands_in_anything_that_a_learner_is_asked_or_taught(path: Path) -> None:
    pack = pack_of(path)
    # Evidence cards are left out: they alone may say what a trial gave.
    taught = [*texts(pack.modules, "modules"), *texts(pack.glossary, "glossary"), ("notice", pack.notice)]
    taught += [
        (f"{claim.id}.{key}", getattr(claim, key)) for d in pack.documents for claim in d.claims for key in ("why", "fairer")
    ]
    assert len(taught) > 100
    assert not [(where, text) for where, text in taught if DOSE.search(text)]


@pytest.mark.parametrize(
    "text", ["0.5 mg/kg", "40 milligrams", "84mg", "0,5 mg", "50 ml", "100 µg", "5 to 10 mg", "1 milligram"]
)
def test_the_search_for_doses_finds_one(text: str) -> None:
    assert DOSE.search(f"Take {text} twice.")


@each_pack
def test_no_item_asks_for_a_number_with_a_unit_of_dose(path: Path) -> None:
    for module in pack_of(path).modules:
        for item in module.items:
            assert not re.search(r"mg|milligram|µg|kg", getattr(item, "unit", "")), item.id


@each_pack
def test_a_clinics_own_name_stands_with_its_document_and_nowhere_else(path: Path) -> None:
    pack = pack_of(path)
    named = [where for where, text in texts(pack, "pack") if CLINIC.casefold() in text.casefold()]
    assert all(re.fullmatch(r"pack\.documents\[\d+\]\.(author|text|context\[\d+\])", where) for where in named), named
    files = [
        file for file in path.rglob("*") if file.is_file() and CLINIC.casefold() in file.read_text(encoding="utf-8").casefold()
    ]
    assert all(file.name == "documents.yaml" or file.parent.name == "documents" for file in files)


def test_the_clinics_name_is_one_that_the_packs_hold() -> None:
    assert any(CLINIC in text for path in PACKS for _, text in texts(pack_of(path)))


@each_pack
def test_every_sentence_that_is_asked_has_its_reason_and_its_evidence(path: Path) -> None:
    pack = pack_of(path)
    claims = {claim.id: claim for document in pack.documents for claim in document.claims}
    asked = {name for module in pack.modules for item in module.items for name in claims_of(item)}
    assert asked
    for name in asked:
        assert claims[name].why.strip()
        assert claims[name].cards or claims[name].verdict == "not-checkable", name


@each_pack
def test_every_module_has_pages_a_quiz_and_both_sorts_of_items(path: Path) -> None:
    for module in pack_of(path).modules:
        kinds = {item.kind for item in module.items}
        assert module.pages, module.id
        if module.cold:  # its items are the sentences of its documents
            continue
        assert module.quiz is not None, module.id
        assert kinds & {"judge-claim", "spot"}, module.id
        assert kinds - {"judge-claim", "spot"}, module.id
        assert kinds <= set(ITEM_KINDS)


def test_the_three_commands_of_the_readme_run_as_written(tmp_path: Path) -> None:
    text = (LESSONS / "README.md").read_text(encoding="utf-8")
    (commands,) = re.findall(r"```sh\n(.+?)```", text, re.DOTALL)
    assert [line.split()[:2] for line in commands.splitlines()] == [
        ["ketalearn", "new"],
        ["ketalearn", "check"],
        ["ketalearn", "sleep.yaml"],
    ]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "KETALEARN_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        ["sh", "-ec", commands],
        cwd=tmp_path,
        env=environment,
        input="q\n",
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "sleep.yaml is ready." in done.stdout
    assert "Everything looks fine" in done.stdout
    assert "Is my mug lucky?" in done.stdout
    assert "Traceback" not in done.stderr


def test_what_the_readme_says_of_yaml_is_so(tmp_path: Path) -> None:
    """“No, 010 and 1:30 are text”, and one blank and a number sign are reported."""
    text = EXAMPLE.read_text(encoding="utf-8")
    path = tmp_path / "x.yaml"
    for written in ("No", "010", "1:30"):
        path.write_text(text.replace("title: Is my mug lucky?", f"title: {written}"), encoding="utf-8")
        assert pack_of(path).title == written
    for sign in "@%&*![{>|":
        path.write_text(text.replace("title: Is my mug lucky?", f"title: {sign} mug"), encoding="utf-8")
        assert not check(path).clean, sign
    for words in ("Is it: lucky", "Is it #1"):
        path.write_text(text.replace("title: Is my mug lucky?", f"title: {words}"), encoding="utf-8")
        assert not check(path).clean, words
