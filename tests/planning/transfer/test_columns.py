import pytest

from planning.transfer.columns import column_for, guess_mapping
from planning.transfer.reading import read_table
from planning.transfer.values import Field, TransferFault


def mapped(header: str, **overrides: str) -> dict[str, str]:
    table = read_table(f"{header}\n{',' * header.count(',')}x\n".encode())
    return {str(field): table.columns[at] for field, at in guess_mapping(table, overrides).places.items()}


def test_our_own_names_are_found_whatever_their_case() -> None:
    found = mapped(
        "ID,Department,OWNER,Title,Problem,status,start,end,stages,segments,touchpoints,metric_effects,contacts,"
        "requests,link,serves_problem,supplies,Movable from,movable_until"
    )

    assert found["source_id"] == "ID"
    assert set(found) == set(Field) - {Field.REFERENCE, Field.SOURCE, Field.JOINED}


def test_the_names_that_other_trackers_use_are_found() -> None:
    found = mapped("Issue key,Project Name,Description,Business Unit,Assignee,RAG status,Start date,Due date,Audience")

    assert found == {
        "source_id": "Issue key",
        "title": "Project Name",
        "problem": "Description",
        "department": "Business Unit",
        "owner": "Assignee",
        "status": "RAG status",
        "start": "Start date",
        "end": "Due date",
        "segments": "Audience",
    }


def test_what_the_person_says_goes_first_and_may_be_none() -> None:
    found = mapped("title,Name,owner", title="name", owner="", description="title")

    assert found == {"title": "Name", "problem": "title"}


def test_a_column_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(TransferFault, match=r"no column “Naem” for title. The file has: title, b\."):
        mapped("title,b", title="Naem")


@pytest.mark.parametrize("field", ["name", "source", "joined"])
def test_a_field_that_is_not_there_is_told_with_those_that_are(field: str) -> None:
    with pytest.raises(TransferFault, match="The fields are: source_id, department"):
        mapped("title,b", **{field: "b"})


def test_a_file_without_a_title_says_how_to_name_one() -> None:
    with pytest.raises(TransferFault, match="--map title=COLUMN"):
        mapped("a,b")


def test_only_a_file_that_concord_wrote_says_where_each_row_came_from() -> None:
    assert "source" not in mapped("source,title")
    assert {"id", "source", "source_id"} <= mapped("id,source,source_id,title").keys()


def test_a_kept_column_with_a_name_of_ours_is_told_apart_in_an_export() -> None:
    assert [column_for(name) for name in ("cost", "Source", "extra: x")] == ["cost", "extra: Source", "extra: extra: x"]
