"""Pictures. Matplotlib is imported where a picture is drawn: it costs a second that nothing else should wait for."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from planning.digests.values import Coverage
from planning.text import clip, one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, DPI = 7.2, 160
"""Inches and dots: twice as fine as Slack shows a picture, so that it stays sharp."""
STAGE_CHARS, DEPARTMENT_CHARS = 30, 26
STAGES_MAX, DEPARTMENTS_MAX = 45, 45
"""More could neither be read nor drawn in the time that a post has."""
FONTS = (
    "DejaVu Sans",
    "Noto Sans",
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "WenQuanYi Zen Hei",
    "Hiragino Sans",
    "Yu Gothic",
    "Microsoft YaHei",
    "Malgun Gothic",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
)
"""Tried in this order for each character, as far as the machine has them."""
MISSING = "▯"
"""Stands for a character that none of the fonts has."""
INK, FAINT, SILENT = "#1d1c1d", "#8a8a8a", "#f1f1f1"
FULL = 4
"""Fewer initiatives than this in the fullest cell do not make it as dark as it gets."""
DARK_FROM = 0.55
"""From this share of the scale on, a number is written in white."""


def coverage_png(coverage: Coverage) -> bytes:
    """The heatmap of stage × department: darker is more, hatched with “?” is a department that registered nothing."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    title, coverage = _title(coverage), _readable(coverage)
    with rc_context({"font.family": _families(), "hatch.linewidth": 0.6, "text.parse_math": False}):
        figure = Figure(figsize=_size(coverage), dpi=DPI, layout="constrained")
        FigureCanvasAgg(figure)
        _draw(figure, coverage, title)
        png = BytesIO()
        figure.savefig(png, format="png", facecolor="white")
    return png.getvalue()


def _size(coverage: Coverage) -> tuple[float, float]:
    """As wide as Slack shows it; a row is as high as its text needs."""
    rows = max(1, len(coverage.stages))
    longest = max((len(_label(name, DEPARTMENT_CHARS)) for _, name in coverage.departments), default=0)
    return WIDTH, 0.9 + 0.075 * longest * _scale(coverage) + rows * 0.32 * max(0.6, _scale(coverage))


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
    for label in axes.get_xticklabels():
        label.set_horizontalalignment("center" if columns <= 2 or columns > 20 else "left")
        label.set_rotation_mode("default" if columns <= 2 or columns > 20 else "anchor")
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
    return [_label(name, limit) for _, name in named]


def _label(name: str, limit: int) -> str:
    """The name in characters that can be drawn."""
    known = _drawable()
    return clip("".join(c if ord(c) in known else MISSING for c in one_line(name)), limit)


@cache
def _families() -> list[str]:
    """Those of our fonts that this machine has; the first comes with matplotlib."""
    from matplotlib.font_manager import fontManager

    installed = {font.name for font in fontManager.ttflist}
    return [name for name in FONTS if name in installed]


@cache
def _drawable() -> frozenset[int]:
    """Every character that one of the fonts has."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    fonts = (get_font(findfont(FontProperties(family=[name]))) for name in _families())
    return frozenset(code for font in fonts for code in font.get_charmap())
