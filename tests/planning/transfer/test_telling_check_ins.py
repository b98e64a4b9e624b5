from planning.checkins.values import Standing
from planning.transfer.telling_check_ins import check_ins_told
from tests.builders import NOW, check_in


def test_what_was_said_is_told_and_no_note_is_a_formula() -> None:
    told = check_ins_told([check_in(answer=Standing.STUCK, note="=1+1", answered_at=NOW), check_in()], {1: "Ada Berg"})

    moment = NOW.isoformat()
    assert told.splitlines()[1:] == [f"CX-1,{moment},Ada Berg,stuck,{moment},'=1+1", f"CX-1,{moment},Ada Berg,,,"]
