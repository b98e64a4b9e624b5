"""What goes out of its own accord, what programs send and fetch, and the command line: each of one workspace only."""

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from sqlalchemy import URL
from starlette.testclient import TestClient
from typer.testing import CliRunner

from bot.cli import GROUPS, ROOMS, app
from bot.delivery.worker import Deliverer
from bot.http.server import READINGS, readings_app
from bot.settings import Settings
from db.database import Database
from planning.outbox.pacing import LIFTED
from planning.outbox.values import Address, MessageKind
from planning.workspace.keying import digest_of
from tests.builders import NOW, api_key, posting
from tests.filled import ADA, BO, further, twins
from tests.tenancy.messages import SAID, everything_in, messages
from tests.tenancy.rows import rows_of
from tests.tenancy.visiting import Slack

ALPHA, BETA = "alphaqx", "betaqx"
UNMARKED = {MessageKind.IMPORTED, MessageKind.QUESTION, MessageKind.REMINDER}
"""They carry no text of people's."""
ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "import": ("tracker.csv", "--yes"),
    "readings": ("readings.csv", "--write"),
    "export": ("--to", "out"),
    "digest": ("--dry-run",),
    "propose": ("--quarter", "2027-Q1"),
    "season": ("--quarter", "2027-Q1", "--to", "out/pack.pdf"),
    "outbox resend": ("1",),
    "outbox drop": ("2",),
    "person export": ("--slack-id", ADA),
    "person delete": ("--slack-id", BO, "--yes"),
}
"""What is typed after a command of a workspace, where that is more than nothing."""
TRACKER = "id,title,problem,department\n9,Clearer bills,Nobody understands them,{mark} Marketing\n"
SENT = "metric,date,value\n{mark} Calls,2027-02-01,41\n"


@pytest.fixture
def both(database: Database) -> Database:
    """Two workspaces with the same numbers and people; one has some more of everything."""
    twins(database, ALPHA, BETA)
    with database.registers(BETA).writing() as register:
        further(register, BETA)
    return database


def test_a_message_of_every_kind_tells_of_its_own_workspace(both: Database) -> None:
    assert {*SAID} == {*MessageKind}
    for ours, theirs in ((ALPHA, BETA), (BETA, ALPHA)):
        with both.registers(ours).reading() as register:
            read = {kind: everything_in(one).casefold() for kind, one in messages(register).items()}
        assert [kind for kind, text in read.items() if theirs in text] == []
        assert {kind for kind, text in read.items() if ours not in text} == UNMARKED


def test_each_workspace_is_sent_its_own_messages_by_its_own_client(both: Database) -> None:
    slacks = {workspace: Slack(workspace) for workspace in (ALPHA, BETA)}
    for workspace in slacks:
        with both.registers(workspace).writing() as register:
            register.postings.add(posting(delivery_key="late", address=Address.person(ADA)), NOW)
    deliverer = Deliverer(both, lambda workspace: slacks[workspace].client, lambda: NOW, rates=LIFTED)
    while deliverer.deliver_once():
        pass

    for ours, theirs in ((ALPHA, BETA), (BETA, ALPHA)):
        heard = str(slacks[ours].heard()).casefold()
        assert (ours in heard, theirs in heard) == (True, False)


@pytest.fixture
def concord(both: Database, database_url: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs a command for a workspace; what it prints and writes."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CONCORD_{name.upper()}", raising=False)
    monkeypatch.setenv("CONCORD_DATABASE_URL", database_url.render_as_string(hide_password=False))

    def run(words: list[str], workspace: str) -> str:
        Path("tracker.csv").write_text(TRACKER.format(mark=workspace))
        Path("readings.csv").write_text(SENT.format(mark=workspace))
        result = CliRunner().invoke(app, [*words, *ARGUMENTS.get(" ".join(words), ()), "--workspace", workspace])
        assert result.exit_code in (0, 1), result.output
        written = [file.read_bytes().decode("utf-8", "replace") for file in Path("out").glob("*")]
        return " ".join([result.output, *written]).casefold()

    return run


def commands() -> list[list[str]]:
    """The commands that are for one workspace."""
    single = [([name], command) for room in ROOMS for name, command in room.COMMANDS.items()]
    grouped = [([group, name], run) for group, (_, known) in GROUPS.items() for name, run in known.items()]
    return [words for words, command in [*single, *grouped] if _is_of_one(command)]


def _is_of_one(command: Callable[..., None]) -> bool:
    """Whether it takes the option; `connect` has a workspace as its argument."""
    option = inspect.signature(command).parameters.get("workspace")
    return option is not None and option.default is None


def test_every_command_tells_and_changes_one_workspace_only(concord: Callable[..., str], both: Database) -> None:
    before = rows_of(both, BETA)
    told = {" ".join(words): concord(words, ALPHA) for words in commands()}

    assert [words for words, text in told.items() if BETA in text] == []
    assert len([text for text in told.values() if ALPHA in text]) > len(told) / 2
    assert rows_of(both, BETA) == before


def test_a_key_lets_a_program_into_its_own_workspace_only(both: Database) -> None:
    for workspace in (ALPHA, BETA):
        with both.registers(workspace).writing() as register:
            register.api_keys.add(api_key(digest=digest_of(f"cx_{workspace}")))
    before = rows_of(both, BETA)
    lines = [{"metric": f"{mark} Calls", "date": "2027-02-01", "value": 41} for mark in (ALPHA, BETA)]

    with TestClient(readings_app(both, lambda: NOW)) as program:
        answer = program.post(
            READINGS, json={"readings": lines}, headers={"Authorization": f"Bearer cx_{ALPHA}"}
        ).json()

    assert (answer["added"], len(answer["faults"])) == (1, 1), answer
    assert rows_of(both, BETA) == before
