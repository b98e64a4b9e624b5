import pytest

from handlers.views.charts import coverage_png
from planning.digests.values import Coverage
from tests.handlers.views.limits import NASTY
from tests.handlers.views.test_coverage import SMALL, large

PNG = b"\x89PNG\r\n\x1a\n"


def size(png: bytes) -> tuple[int, int]:
    """Width and height in dots."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


@pytest.mark.parametrize(
    "coverage",
    [
        SMALL,
        Coverage(stages=((1, "Quote"),), departments=((1, "Marketing"),), cells=(), silent=()),
        Coverage(stages=((1, "Quote"),), departments=((1, "Marketing"),), cells=(), silent=(1,)),
        Coverage(stages=(), departments=(), cells=(), silent=()),
        large(40, 30),
        large(20, 41),
        large(60, 400),
    ],
    ids=["small", "one cell", "only silence", "nothing", "40 by 30", "20 by 41", "60 by 400"],
)
def test_a_picture_is_as_wide_as_slack_shows_it_and_not_endlessly_high(coverage: Coverage) -> None:
    png = coverage_png(coverage)

    width, height = size(png)
    assert png.startswith(PNG)
    assert width == 1152
    assert height < 2.5 * width
    assert len(png) < 2_000_000


def test_any_name_is_drawn_without_a_warning() -> None:
    names = ("$x^2$ and $", "営業部 🎉", "שלום", NASTY, "\u0e01\u0e33", "")
    coverage = SMALL.model_copy(update={"departments": tuple(enumerate(names)), "silent": (0,)})

    assert coverage_png(coverage).startswith(PNG)
