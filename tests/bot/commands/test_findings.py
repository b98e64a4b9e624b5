from pathlib import Path

from tests.bot.commandline import Concord, told

UNOWNED = "id,title,problem,department\n" + "".join(f"{id},Letters {id},Nobody gets them,Sales\n" for id in range(1, 4))


def test_overlaps_are_printed_with_their_sentences(filled: Concord) -> None:
    text = filled("overlaps").stdout

    assert "CX-1 Shorter calls (Claims)" in text
    assert "CX-2 Shorter calls (Sales)" in text
    assert "(texts 95% alike)" in text


def test_programs_get_the_facts_as_values(filled: Concord) -> None:
    answer = told(filled("overlaps", "--json"))

    assert answer["total"] == 1
    assert [member["id"] for member in answer["items"][0]["members"]] == ["CX-1", "CX-2"]
    assert answer["items"][0]["departments"] == ["Claims", "Sales"]
    assert answer["items"][0]["facts"][0]["kind"] == "alike_texts"
    assert "(texts 95% alike)" in answer["items"][0]["reasons"][0]


def test_an_overlap_is_printed_with_the_number_by_which_a_proposal_is_asked_for(filled: Concord) -> None:
    assert "duplicate effort · open since today · number 1" in filled("overlaps").stdout
    assert "number" not in filled("gaps").stdout


def test_gaps_are_printed_and_text_is_never_read_as_markup(filled: Concord) -> None:
    assert "“<b>[red]Letters[/red]” (Sales)" in filled("gaps").stdout


def test_one_department_may_be_asked_for(filled: Concord) -> None:
    assert told(filled("overlaps", "--department", "claims", "--json"))["total"] == 1
    result = filled("gaps", "--department", "Legal")
    assert (result.exit_code, result.stderr) == (1, "There is no department “Legal”. There is: Claims, Sales.\n")


def test_one_rule_may_be_asked_for(filled: Concord) -> None:
    assert told(filled("overlaps", "--rule", "duplicate effort", "--json"))["total"] == 1
    assert told(filled("overlaps", "--rule", "split_problem", "--json"))["total"] == 0
    result = filled("gaps", "--rule", "split_problem")
    assert (
        result.exit_code,
        "No rule for gaps is called “split_problem”. There is: stage_without_work," in result.stderr,
    ) == (
        1,
        True,
    )


def test_of_many_the_first_are_printed_and_the_rest_counted(concord: Concord, tmp_path: Path) -> None:
    (tmp_path / "unowned.csv").write_text(UNOWNED)
    assert concord("import", tmp_path / "unowned.csv", "--yes").exit_code == 0

    assert "… and 2 more; --limit 3 shows all." in concord("gaps", "--limit", "1").stdout


def test_gaps_come_with_what_silence_leaves_unknown(filled: Concord) -> None:
    answer = told(filled("gaps", "--json"))

    assert [(one["department"], one["initiatives"], one["likely"]) for one in answer["silence"]] == [
        ("Claims", 1, None),
        ("Sales", 2, None),
    ]
    assert answer["registered"]["owners"] == 2
    assert "Too little is registered to say how much it is: Claims, Sales" in filled("gaps").stdout
    assert "silence" not in told(filled("overlaps", "--json"))


def test_without_a_register_the_way_to_one_is_told(concord: Concord) -> None:
    result = concord("overlaps")

    assert (result.exit_code, "concord import" in result.stderr) == (1, True)
