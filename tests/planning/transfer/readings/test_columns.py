import pytest

from planning.transfer.readings.columns import reading_columns
from planning.transfer.readings.values import ReadingField
from planning.transfer.values import TransferFault

COLUMNS = ("service", "question", "Year", "Quarter", "mean", "answers", "remark")


def shown(told: dict[str, str], **more: bool) -> dict[str, str]:
    mapping = reading_columns(COLUMNS, told, **more)
    return {str(field): template.shown(COLUMNS) for field, template in mapping.templates.items()}


def test_columns_are_guessed_by_their_names() -> None:
    assert shown({}) == {"metric": "question", "on": "Quarter", "value": "mean", "respondents": "answers"}


def test_a_field_may_be_made_of_several_columns_or_of_words() -> None:
    told = {"metric": "{service}: {question}", "on": "FY{year} Q{quarter}", "unit": "'1 to 5'"}
    mapping = reading_columns(COLUMNS, told, new_metrics=True)
    texts = {
        str(field): each.text(("Visa", "Was it easy?", "2023", "2", "4.1", "9", ""))
        for field, each in mapping.templates.items()
    }

    assert (texts["metric"], texts["on"], texts["unit"]) == ("Visa: Was it easy?", "FY2023 Q2", "1 to 5")
    assert mapping.unused == ("remark",)


def test_a_field_told_to_be_nothing_is_not_guessed() -> None:
    assert ReadingField.RESPONDENTS not in shown({"respondents": ""})


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"metric": ""}, "No column looks like the metric. The file has: service"),
        ({"value": "median"}, "There is no column “median” for value"),
        ({"metric": "{service}: {topic}"}, "There is no column “topic” for metric"),
        ({"colour": "service"}, "There is no field “colour” to map to"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_with_what_there_is(told: dict[str, str], why: str) -> None:
    with pytest.raises(TransferFault, match=why):
        reading_columns(COLUMNS, told)
