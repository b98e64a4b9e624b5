"""The words with which people name stages and measures: which spellings and which words are as good as one.

Short names say little to a text encoder: it holds “checkout” and “purchase” for hardly nearer than “checkout” and
“use”. So words that companies commonly use for one step of a customer's way are written down here. What that is worth
is measured in tests/benchmarks/naming.py, also on lists of names that were written after these families.
"""

import re
import unicodedata

STAGE_FAMILIES = """\
aware awareness discover find hear attract attention advertise marketing inspire entice lead acquire acquisition learn
consider compare comparison research evaluate evaluation explore browse search choose choice select decide decision shop
trial try demo test sample
quote price offer estimate
apply application enrol register registration
buy purchase order checkout contract sign subscribe subscription conversion convert sale basket cart
pay payment bill invoice premium instalment
deliver ship shipping shipment receive fulfil fulfilment parcel collect pickup
install connect activate activation
onboard welcome start begin setup implement kickoff settle
use usage daily everyday adopt adoption engage engagement enjoy experience live
help support service assist assistance repair fix fault problem issue trouble troubleshoot ticket solve outage broken
complain complaint refund dispute grievance feedback
change amend update adjust
move relocate relocation
renew renewal extend extension prolong
loyal loyalty retention retain repeat again stay keep
grow growth expand expansion upsell upgrade
recommend refer referral advocacy advocate promote share
leave exit cancel cancellation churn quit terminate termination close goodbye end lapse
book appointment schedule reserve
prepare ready
arrive arrival reception
treat treatment surgery care therapy
discharge home
recover aftercare followup
claim loss
"""
"""Each line holds words for one step."""
MEASURE_PHRASES = {
    "net promoter score": "nps",
    "net promoter": "nps",
    "customer satisfaction score": "csat",
    "customer satisfaction": "csat",
    "satisfaction score": "csat",
    "satisfaction": "csat",
    "customer effort score": "ces",
    "customer effort": "ces",
    "effort score": "ces",
    "first contact resolution": "fcr",
    "average handle time": "aht",
    "average handling time": "aht",
    "handle time": "aht",
    "handling time": "aht",
}
"""What the usual short names of measures stand for; longer phrases first."""
_SMALL = frozenset(
    {
        "a", "an", "and", "at", "by", "for", "in", "is", "it", "me", "my", "of", "on", "or", "our", "the", "their",
        "them", "they", "to", "us", "we", "with", "you", "your",
    }
)  # fmt: skip
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "es", "ed", "s", "y", "e")
_WORD = re.compile(r"\w+")


def folded(name: str) -> str:
    """The name by which spellings are compared: letters and digits alone, without case, “&” as “and”."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    return " ".join(_WORD.findall(text)) or text.strip()


def words_of_stage(name: str) -> frozenset[str]:
    """What a stage's name speaks of: its words, stemmed, each as the first of its family."""
    stems = {_stem(word) for word in _WORD.findall(folded(name)) if word not in _SMALL}
    return frozenset(_FAMILY.get(stem, stem) for stem in stems)


def words_of_measure(name: str) -> frozenset[str]:
    """What a measure's name speaks of: its words, stemmed, usual names shortened."""
    text = folded(name)
    for phrase, short in MEASURE_PHRASES.items():
        text = text.replace(phrase, short)
    return frozenset(_stem(word) for word in _WORD.findall(text) if word not in _SMALL)


def _stem(word: str) -> str:
    ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) > 2), "")
    return word.removesuffix(ending)


_FAMILY = {_stem(word): _stem(family.split()[0]) for family in STAGE_FAMILIES.splitlines() for word in family.split()}
