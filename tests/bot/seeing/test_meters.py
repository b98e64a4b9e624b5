from bot.seeing.meters import OTHER, REASONS_MAX, Level, Meters


def test_counters_carry_their_labels() -> None:
    meters = Meters()
    meters.sent("Posted")
    meters.sent("Refused", "is_archived")
    meters.claimed("message", "taken")

    told = meters.told().decode()

    assert 'concord_deliveries_total{outcome="Refused",reason="is_archived"} 1.0' in told
    assert 'concord_claims_total{outcome="taken",what="message"} 1.0' in told


def test_a_sentence_never_becomes_a_label() -> None:
    meters = Meters()
    meters.sent("Refused", "The plan “Secret merger” is gone.")

    told = meters.told().decode()

    assert "merger" not in told
    assert f'reason="{OTHER}"' in told


def test_the_reasons_told_apart_are_bounded() -> None:
    meters = Meters()
    for number in range(10 * REASONS_MAX):
        meters.sent("Refused", f"error_{number}")

    assert meters.told().decode().count("concord_deliveries_total{") == REASONS_MAX + 1


def test_levels_are_asked_for_when_they_are_read() -> None:
    levels = [Level("concord_outbox_messages", "Waiting.", 3, (("state", "pending"),))]
    meters = Meters(lambda: levels)
    levels.append(Level("concord_outbox_messages", "Waiting.", 1, (("state", "failed"),)))

    told = meters.told().decode()

    assert 'concord_outbox_messages{state="pending"} 3.0' in told
    assert 'concord_outbox_messages{state="failed"} 1.0' in told


def test_work_done_before_it_was_due_does_not_lag() -> None:
    meters = Meters()
    meters.lagged("nightly", -5.0)

    assert 'concord_due_lag_seconds_sum{kind="nightly"} 0.0' in meters.told().decode()
