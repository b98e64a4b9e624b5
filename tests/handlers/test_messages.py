import pytest

from handlers.messages import as_seen

NAMES = {"U0BO": "Bo Lind", "C3": "#renewals"}


@pytest.mark.parametrize(
    ("kept", "seen"),
    [
        ("R&amp;D &lt;3 &gt; &amp;lt;", "R&D <3 > &lt;"),
        ("ask <@U0BO> and <@U0WHO|who> and <@U0NO>", "ask @Bo Lind and @who and @somebody"),
        ("in <#C1|claims> or <#C2> or <#C3>", "in #claims or a channel or #renewals"),
        ("<!channel> <!here|here> <!subteam^S1|@leads> <!date^1^{date}|5 May>", "@channel here @leads 5 May"),
        ("<https://a.test/?a=1&amp;b=2> <https://a.test|the letter>", "https://a.test/?a=1&b=2 the letter"),
        ("<mailto:bo@a.test|bo@a.test> <mailto:bo@a.test>", "bo@a.test bo@a.test"),
        ("a < b, <>, &nbsp; &amp;amp;", "a < b, <>, &nbsp; &amp;"),
    ],
    ids=["escapes", "people", "channels", "special", "addresses", "mail", "nothing of Slack's"],
)
def test_a_message_is_read_as_people_see_it(kept: str, seen: str) -> None:
    assert as_seen(kept, NAMES) == seen
