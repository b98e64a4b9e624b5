from bot.delivery.pacing import Pacer


def test_a_channel_waits_a_second_after_a_post_and_another_does_not() -> None:
    pacer = Pacer()
    pacer.used("C1", at=100.0)

    assert pacer.delay("C1", at=100.25) == 0.75
    assert pacer.delay("C2", at=100.25) == 0.0
    assert pacer.delay("C1", at=101.5) == 0.0


def test_channels_of_long_ago_are_forgotten() -> None:
    pacer = Pacer()
    for number in range(5000):
        pacer.used(number, at=float(number))

    assert len(pacer) < 1500
