"""The house rules that no other tool holds."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires, version
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
TOP_LEVEL = {
    ".ci",
    ".dockerignore",
    ".env.example",
    ".gitignore",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "README.md",
    "bot",
    "compose.yaml",
    "db",
    "docs",
    "handlers",
    "migrations",
    "planning",
    "pyproject.toml",
    "requirements-run.lock",
    "requirements.lock",
    "tests",
}
# Spelt in pieces, so that this file does not find itself.
REGISTRIES = re.compile(
    "|".join(
        (
            r"py" + r"pi\.(org|io)",
            r"files\.python" + r"hosted",
            r"registry\.(npm" + r"js|yarn" + r"pkg)",
            r"(deb|security)\.debian" + r"\.org",
            r"--(extra-)?index" + r"-url",
            r"--find" + r"-links",
            r"PIP_(EXTRA_)?INDEX" + r"_URL",
            r"UV_(DEFAULT_)?INDEX",
        )
    ).encode(),
    re.IGNORECASE,
)
LOCK_ENTRY = re.compile(
    r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^ ;]+)(?: ; (?P<marker>[^\\\n]+?))?"
    r"(?: \\\n {4}--hash=sha256:[0-9a-f]{64})+\n",
    re.MULTILINE,
)


def tree() -> list[str]:
    """Every file that git keeps, or would keep."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    output = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [name for name in output.split("\0") if name and (ROOT / name).is_file()]


def locked() -> dict[str, str]:
    """The version of each package that the lock installs here."""
    entries = LOCK_ENTRY.finditer((ROOT / "requirements.lock").read_text())
    return {
        canonicalize_name(entry["name"]): entry["version"]
        for entry in entries
        if entry["marker"] is None or Marker(entry["marker"]).evaluate()
    }


def applies(requirement: Requirement, extras: set[str]) -> bool:
    """Whether a requirement counts here, for one who asked for these extras."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""})


def declared() -> list[Requirement]:
    """What pyproject.toml asks for, for running, testing, checking and benchmarks; training is nobody's daily work."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    groups = [
        project["dependencies"],
        *(project["optional-dependencies"][extra] for extra in ("test", "check", "bench")),
    ]
    return [requirement for group in groups for requirement in map(Requirement, group)]


def needed() -> Iterator[Requirement]:
    """What pyproject.toml asks for, and what that asks for in turn."""
    waiting, met = declared(), set[str]()
    while waiting:
        requirement = waiting.pop()
        if str(requirement) not in met:
            met.add(str(requirement))
            yield requirement
            wanted = map(Requirement, requires(requirement.name) or [])
            waiting.extend(need for need in wanted if applies(need, requirement.extras))


def test_every_line_of_the_lock_is_a_hashed_package_or_a_comment() -> None:
    rest = LOCK_ENTRY.sub("", (ROOT / "requirements.lock").read_text())

    assert [line for line in rest.splitlines() if not line.lstrip().startswith("#")] == []


def test_the_lock_names_no_place_to_fetch_from() -> None:
    text = (ROOT / "requirements.lock").read_text()

    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash)", text, re.MULTILINE)


def test_the_lock_holds_everything_that_is_needed() -> None:
    versions = locked()

    faults = [
        f"{requirement}: locked at {versions.get(canonicalize_name(requirement.name), 'nothing')}"
        for requirement in needed()
        if not requirement.specifier.contains(versions.get(canonicalize_name(requirement.name), ""), prereleases=True)
    ]

    assert faults == []


def test_what_is_installed_is_what_is_locked() -> None:
    assert {name: version(name) for name in locked()} == locked()


def test_every_top_level_entry_has_its_place() -> None:
    assert {name.split("/")[0] for name in tree()} <= TOP_LEVEL


def test_no_file_names_a_registry() -> None:
    assert [name for name in tree() if REGISTRIES.search((ROOT / name).read_bytes())] == []


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {(ROOT / name).parent for name in tree() if name.endswith(".py")} - {ROOT / "migrations" / "versions"}

    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []
