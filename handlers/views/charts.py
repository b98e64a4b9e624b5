"""The heatmap of stage × department."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from handlers.views.pictures import FAINT, INK, columns, label, png
from planning.digests.values import Coverage

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STAGE_CHARS, DEPARTMENT_CHARS = 30, 26
STAGES_MAX, DEPARTMENTS_MAX = 45, 45
"""More could neither be read nor drawn in the time that a post has."""
SILENT = "#f1f1f1"
FULL = 4
"""Fewer initiatives than this in the fullest cell do not make it as dark as it gets."""
DARK_FROM = 0.55
"""From this share of the scale on, a number is written in white."""


def coverage_png(coverage: Coverage) -> bytes:
    """The heatmap of stage × department: darker is more, hatched with “?” is a department that registered nothing."""
    title, shown = _title(coverage), _readable(coverage)
    return png(_height(shown), lambda figure: _draw(figure, shown, title))


def _height(coverage: Coverage) -> float:
    """A row is as high as its text needs."""
    rows = max(1, len(coverage.stages))
    longest = max((columns(label(name, DEPARTMENT_CHARS)) for _, name in coverage.departments), default=0)
    return 0.9 + 0.075 * longest * _scale(coverage) + rows * 0.32 * max(0.6, _scale(coverage))


def _scale(coverage: Coverage) -> float:
    """How large text can be, so that the columns do not run into each other."""
    return min(1.0, max(0.55, 12 / max(1, len(coverage.departments))))


def _draw(figure: "Figure", coverage: Coverage, title: str) -> None:
    axes = figure.add_subplot()
    most = max(FULL, *coverage.counts.values(), 0)
    for column, (department, _) in enumerate(coverage.departments):
        if department in coverage.silent:
            _draw_silent(axes, column, len(coverage.stages), _scale(coverage))
            continue
        for row, (stage, _) in enumerate(coverage.stages):
            _draw_cell(axes, column, row, coverage.counts.get((stage, department), 0), most, _scale(coverage))
    _draw_names(axes, coverage)
    axes.set_title(title, fontsize=11, color=INK, loc="left", pad=10)


def _draw_cell(axes: "Axes", column: int, row: int, count: int, most: int, scale: float) -> None:
    from matplotlib import colormaps
    from matplotlib.patches import Rectangle

    share = count / most if count else 0.0
    colour = colormaps["Blues"](0.12 + 0.83 * share) if count else "white"
    axes.add_patch(Rectangle((column, row), 1, 1, facecolor=colour, edgecolor="#c9c9c9", linewidth=0.7))
    ink = "white" if share >= DARK_FROM else INK if count else FAINT
    axes.text(column + 0.5, row + 0.5, str(count), ha="center", va="center", color=ink, fontsize=11 * scale)


def _draw_silent(axes: "Axes", column: int, rows: int, scale: float) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((column, 0), 1, rows, facecolor=SILENT, edgecolor="#b5b5b5", linewidth=0.7, hatch="////"))
    for row in range(rows):
        axes.text(
            column + 0.5,
            row + 0.5,
            "?",
            ha="center",
            va="center",
            color=INK,
            fontsize=11 * scale,
            bbox={"boxstyle": "circle,pad=0.15", "facecolor": SILENT, "edgecolor": "none"},
        )


def _draw_names(axes: "Axes", coverage: Coverage) -> None:
    columns, rows, size = len(coverage.departments), len(coverage.stages), 11 * _scale(coverage)
    axes.set_xlim(0, max(1, columns))
    axes.set_ylim(max(1, rows), 0)
    axes.set_xticks([i + 0.5 for i in range(columns)], _labels(coverage.departments, DEPARTMENT_CHARS))
    axes.set_yticks([i + 0.5 for i in range(rows)], _labels(coverage.stages, STAGE_CHARS))
    axes.tick_params(length=0, colors=INK)
    axes.tick_params(axis="y", labelsize=max(8.0, size))
    axes.xaxis.tick_top()
    axes.tick_params(
        axis="x", labelsize=max(7.0, size), labelrotation=0 if columns <= 2 else 90 if columns > 20 else 45
    )
    for name in axes.get_xticklabels():
        name.set_horizontalalignment("center" if columns <= 2 or columns > 20 else "left")
        name.set_rotation_mode("default" if columns <= 2 or columns > 20 else "anchor")
    for spine in axes.spines.values():
        spine.set_visible(False)


def _title(coverage: Coverage) -> str:
    silent = "   (?  nothing registered)" if coverage.silent else ""
    stages, departments = len(coverage.stages), len(coverage.departments)
    parts = [f"first {STAGES_MAX} of {stages} stages"] if stages > STAGES_MAX else []
    parts += [f"busiest {DEPARTMENTS_MAX} of {departments} departments"] if departments > DEPARTMENTS_MAX else []
    cut = f"\n{', '.join(parts)}" if parts else ""
    return f"Live initiatives by stage and department{silent}{cut}"


def _readable(coverage: Coverage) -> Coverage:
    """As many stages and departments as can be read, the busiest departments, in the order of all."""
    work = Counter({department: 0 for department, _ in coverage.departments})
    for cell in coverage.cells:
        work[cell.department] += cell.count
    busiest = {department for department, _ in work.most_common(DEPARTMENTS_MAX)}
    departments = tuple(one for one in coverage.departments if one[0] in busiest)
    return coverage.model_copy(update={"stages": coverage.stages[:STAGES_MAX], "departments": departments})


def _labels(named: Sequence[tuple[int, str]], limit: int) -> list[str]:
    return [label(name, limit) for _, name in named]
