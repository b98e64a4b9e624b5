"""Which column holds what of a reading: told by its owner, also made of several, or guessed by its name."""

import re
from collections.abc import Mapping

from planning.transfer.cells import worded
from planning.transfer.readings.values import NEEDED, OF_READING, ReadingColumns, ReadingField, Template
from planning.transfer.values import TransferFault

SYNONYMS: dict[ReadingField, tuple[str, ...]] = {
    ReadingField.METRIC: ("metric", "metric name", "measure", "kpi", "indicator", "metric id", "name", "question"),
    ReadingField.ON: (
        "on", "date", "day", "as of", "reading date", "measured on", "read on", "period", "reporting period",
        "period end", "month", "quarter", "week ending", "week",
    ),
    ReadingField.VALUE: (
        "value", "reading", "score", "mean", "average", "result", "actual", "actual value", "current value",
        "value current", "current",
    ),
    ReadingField.RESPONDENTS: (
        "respondents", "answers", "responses", "number of responses", "respondent count", "sample size", "sample",
        "base", "n",
    ),
    ReadingField.UNIT: ("unit", "units", "unit of measure"),
    ReadingField.DIRECTION: ("direction", "better", "desired direction", "indicator type"),
    ReadingField.STAGE: ("stage", "journey stage"),
    ReadingField.SEGMENT: ("segment", "customer segment"),
    ReadingField.OWNER: ("owner", "metric owner"),
    ReadingField.BASELINE: ("baseline", "baseline value", "value start", "start value"),
    ReadingField.BASELINE_ON: ("baseline date", "baseline on"),
    ReadingField.TARGET: ("value target", "target value", "target", "goal"),
    ReadingField.TARGET_ON: ("target date", "target on", "due"),
    ReadingField.CADENCE: ("cadence", "frequency"),
    ReadingField.SOURCE: ("source", "data source"),
}  # fmt: skip
_BRACED = re.compile(r"\{([^{}]*)\}")
_QUOTED = re.compile(r"'(.*)'|\"(.*)\"", re.DOTALL)


def reading_columns(columns: tuple[str, ...], told: Mapping[str, str], *, new_metrics: bool = False) -> ReadingColumns:
    """Field → what it is made of: as told (nothing means none), else by name; raises TransferFault.

    Told is the name of a column, a text with names of columns in braces, or a text in quotation marks for all rows.
    """
    said = {_field(name): _template(name, text, columns) for name, text in told.items()}
    templates = {field: template for field, template in said.items() if template is not None}
    for field in ReadingField if new_metrics else OF_READING:
        if field not in said:
            _guess(field, columns, templates)
    missing = [field for field in NEEDED if field not in templates]
    if missing:
        raise TransferFault(f"No column looks like the {' or the '.join(missing)}. {_there(columns)} {_HOW}")
    used = {place for template in templates.values() for place in template.places}
    return ReadingColumns(templates, tuple(name for at, name in enumerate(columns) if at not in used))


def _guess(field: ReadingField, columns: tuple[str, ...], templates: dict[ReadingField, Template]) -> None:
    used = {place for template in templates.values() for place in template.places}
    free = {worded(name): at for at, name in reversed([*enumerate(columns)]) if at not in used}
    found = next((name for name in SYNONYMS[field] if name in free), None)
    if found is not None:
        templates[field] = Template((free[found],))


def _field(name: str) -> ReadingField:
    wanted = worded(name).replace(" ", "_")
    if wanted not in list(ReadingField):
        raise TransferFault(f"There is no field “{name}” to map to. The fields are: {', '.join(ReadingField)}.")
    return ReadingField(wanted)


def _template(name: str, text: str, columns: tuple[str, ...]) -> Template | None:
    if not text.strip():
        return None
    quoted = _QUOTED.fullmatch(text.strip())
    if quoted is not None:
        return Template((quoted[1] or quoted[2] or "",))
    if not _BRACED.search(text):
        return Template((_place(name, text, columns),))
    parts = _BRACED.split(text)  # what stands between and what is in braces take turns
    return Template(
        tuple(_place(name, part, columns) if at % 2 else part for at, part in enumerate(parts) if at % 2 or part)
    )


def _place(name: str, column: str, columns: tuple[str, ...]) -> int:
    exact = [at for at, known in enumerate(columns) if known == column]
    found = exact or [at for at, known in enumerate(columns) if worded(known) == worded(column)]
    if not found:
        raise TransferFault(f"There is no column “{column}” for {name}. {_there(columns)}")
    return found[0]


def _there(columns: tuple[str, ...]) -> str:
    return f"The file has: {', '.join(columns)}."


_HOW = (
    "Say which with --map value=COLUMN, or make it of several with --map “metric={COLUMN}: {COLUMN}”. "
    f"The fields are: {', '.join(ReadingField)}."
)
