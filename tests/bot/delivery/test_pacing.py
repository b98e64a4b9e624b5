from bot.delivery.pacing import Pacer


def test_a_channel_waits_a_second_after_a_post_and_another_does_not() -> None:
    pacer = Pacer()
    assert pacer.take("C1", at=100.0) == 0.0

    assert pacer.take("C1", at=100.25) == 0.75
    assert pacer.take("C2", at=100.25) == 0.0
    assert pacer.take("C1", at=102.5) == 0.0


def test_who_would_have_to_wait_too_long_takes_no_turn() -> None:
    pacer = Pacer()
    turns = [pacer.take("C1", at=100.0) for _ in range(3)]

    assert turns == [0.0, 1.0, None]
    assert pacer.take("C1", at=101.5) == 0.5


def test_channels_of_long_ago_are_forgotten() -> None:
    pacer = Pacer()
    for number in range(5000):
        pacer.take(number, at=float(number))

    assert len(pacer) < 1500
