from tests.bot.commandline import Concord, told


def test_overlaps_are_printed_with_their_sentences(filled: Concord) -> None:
    text = filled("overlaps").stdout

    assert "CX-1 Shorter calls (Claims)" in text
    assert "CX-2 Shorter calls (Sales)" in text
    assert "(texts 100% alike)" in text


def test_programs_get_the_facts_as_values(filled: Concord) -> None:
    answer = told(filled("overlaps", "--json"))

    assert answer["total"] == 1
    assert [member["id"] for member in answer["items"][0]["members"]] == ["CX-1", "CX-2"]
    assert answer["items"][0]["facts"][0]["kind"] == "alike_texts"


def test_gaps_are_printed_and_text_is_never_read_as_markup(filled: Concord) -> None:
    assert "“<b>[red]Letters[/red]” (Sales)" in filled("gaps").stdout


def test_one_department_may_be_asked_for(filled: Concord) -> None:
    assert told(filled("overlaps", "--department", "claims", "--json"))["total"] == 1
    result = filled("gaps", "--department", "Legal")
    assert (result.exit_code, result.stderr) == (1, "There is no department “Legal”. There is: Claims, Sales.\n")


def test_of_many_the_first_are_printed_and_the_rest_counted(filled: Concord) -> None:
    assert "more; --limit" in filled("gaps", "--limit", "1").stdout


def test_without_a_register_the_way_to_one_is_told(concord: Concord) -> None:
    result = concord("overlaps")

    assert (result.exit_code, "concord import" in result.stderr) == (1, True)
