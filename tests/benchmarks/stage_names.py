"""Stage names as people write them, judged by hand: which of them name the same stage of a customer's experience.

The lists of six companies were written for this benchmark, each as people of different departments may answer a naming
round, before any of them was measured. The lists from the data beside this checkout are real vocabularies and the
journeys of its companies, of which each counts as one answer; which of their names mean the same was judged by hand.
An answer is written as `name = concept > name = concept`, in the person's order.
"""

import json
from collections.abc import Mapping, Sequence

from tests.shared_data import FOLDER

Answers = Sequence[Sequence[tuple[str, str]]]
"""For each person the names in order, each with the concept that it is judged to mean."""

WRITTEN: Mapping[str, tuple[str, ...]] = {
    "shop": (
        "Awareness = aware > Browse = browse > Buy = buy > Delivery = deliver > Use = use > Returns = return",
        "Discover us = aware > Shop around = browse > Checkout = buy > Shipping = deliver > Send back = return > Loyalty = loyal",
        "Hear about us = aware > Look for products = browse > Place an order = buy > Receive the parcel = deliver"
        " > Return an item = return > Buy again = loyal",
        "Marketing = aware > Product search = browse > Basket = basket > Payment = buy > Fulfilment = deliver"
        " > Customer service = help > Repeat purchase = loyal",
        "Inspiration = aware > Choose = browse > Add to basket = basket > Pay = buy > Get it delivered = deliver"
        " > Enjoy = use > Complaints and refunds = return",
        "Need = need > Search = browse > Order = buy > Delivery = deliver > Getting help = help > Come back = loyal",
        "finds us = aware > browses the shop = browse > purchases = buy > waits for delivery = deliver"
        " > uses the product = use > asks for support = help > recommends us = advocate",
    ),
    "insurer": (
        "Find us = aware > Get a quote = quote > Buy a policy = buy > Onboarding = start > Pay premium = pay"
        " > Make a claim = claim > Renewal = renew",
        "Awareness = aware > Quotation = quote > Purchase = buy > Welcome = start > Billing = pay > Claims = claim"
        " > Renew = renew > Leave = leave",
        "Considering cover = aware > Compare prices = quote > Sign up = buy > Policy documents = start"
        " > Mid-term changes = change > Claim handling = claim > Staying with us = renew",
        "Lead = aware > Quote = quote > Bind = buy > Servicing = change > Loss = claim > Retention = renew > Lapse = leave",
        "Shopping for insurance = aware > Price = quote > Join = buy > First weeks = start > Change my details = change"
        " > Something goes wrong = claim > Renew or go = renew",
        "Advertising = aware > Underwriting = quote > Policy issue = buy > Premium collection = pay > Claim = claim"
        " > Cancellation = leave",
        "research = aware > quote & apply = quote > become a member = buy > settle in = start > pay = pay"
        " > change something = change > claim = claim > renewal time = renew",
    ),
    "software": (
        "Discover = aware > Evaluate = evaluate > Buy = buy > Onboard = start > Use = use > Get support = help"
        " > Renew = renew > Expand = grow",
        "Awareness = aware > Trial = evaluate > Contract = buy > Implementation = start > Adoption = use"
        " > Support = help > Renewal = renew > Advocacy = advocate",
        "Marketing = aware > Demo = evaluate > Close = buy > Kick-off and set-up = start > Daily use = use"
        " > Tickets = help > Upsell = grow > Churn = leave",
        "First visit to the website = aware > Free trial = evaluate > Subscribe = buy > Getting started = start"
        " > Everyday work = use > Help = help > Invoice and payment = pay > Extend the contract = renew",
        "Learn about us = aware > Compare vendors = evaluate > Sign = buy > Go live = start > Work with the product = use"
        " > Problem solving = help > Renew or cancel = renew > Refer a friend = advocate",
        "Acquisition = aware > Activation = start > Engagement = use > Retention = renew > Revenue = pay"
        " > Referral = advocate",
        "Attract = aware > Try = evaluate > Purchase = buy > Set up = start > Use every day = use > Billing = pay"
        " > Recommend = advocate > Say goodbye = leave",
    ),
    "hospital": (
        "Feeling unwell = need > Referral = refer > Booking = book > Arrival = arrive > Treatment = treat"
        " > Discharge = home > Follow-up = follow",
        "First symptoms = need > See the GP = refer > Make an appointment = book > Check in = arrive > Consultation = visit"
        " > Admission = stay > Going home = home > Aftercare = follow",
        "Worry = need > Find a doctor = refer > Get an appointment = book > Prepare for the visit = prepare"
        " > The visit = visit > Staying in hospital = stay > Leaving hospital = home > Recovery at home = follow > The bill = pay",
        "Referral received = refer > Scheduling = book > Reception = arrive > Diagnosis = visit > Ward = stay"
        " > Discharge planning = home > Invoicing = pay",
        "Finding care = refer > Appointment = book > Getting ready = prepare > Waiting room = arrive > Seeing the doctor = visit"
        " > Surgery = treat > Discharged = home > Paying = pay > Complaints = complain",
        "Need for care = need > Waiting list = book > Arriving = arrive > Examination = visit > Being treated = treat"
        " > Inpatient stay = stay > Check-up = follow > Feedback = complain",
    ),
    "telecom": (
        "Explore = aware > Order = buy > Installation = install > First bill = pay > Use = use > Fault repair = help"
        " > Moving house = move > Renewal = renew > Leave = leave",
        "Awareness = aware > Sales = buy > Activation = install > Billing = pay > Technical support = help"
        " > Contract extension = renew > Termination = leave",
        "Compare offers = aware > Sign the contract = buy > Technician visit = install > Surf and call = use"
        " > Bills and payments = pay > Something is broken = help > Upgrade = renew > Cancel = leave",
        "Discover and compare = aware > Ordering = buy > Getting connected = install > Everyday use = use > Help = help"
        " > Pay the bill = pay > Move home = move > Stay or leave = leave",
        "Attention = aware > Purchase = buy > Delivery of the router = install > Usage = use > Complaint = complain"
        " > Outage = help > Win-back = winback",
        "Check availability = check > Choose a plan = aware > Buy online = buy > Get it installed = install"
        " > Use the internet = use > Paying bills = pay > Call the helpline = help > Relocate = move > Quit = leave",
    ),
    "bank": (
        "Awareness = aware > Application = apply > Account opening = open > Everyday banking = use > Borrowing = borrow"
        " > Support = help > Closing the account = leave",
        "Learn about the bank = aware > Apply = apply > Identity check = identify > First login = start > Daily banking = use"
        " > Get a loan = borrow > Get help = help > Leave = leave",
        "Research = aware > Apply for an account = apply > Verification = identify > Welcome = start > Pay and transfer = use"
        " > Mortgage = borrow > Save and invest = save > Dispute = complain",
        "Attract = aware > Acquire = apply > Onboard = start > Serve = help > Lend = borrow > Grow savings = save > Exit = leave",
        "Hearing of us = aware > Become a customer = apply > Know your customer = identify > Set up the app = start"
        " > Using the card = use > Taking out credit = borrow > Saving = save > Complaining = complain > Moving to another bank = leave",
        "consider = aware > open an account = open > get started = start > use it every day = use > borrow money = borrow"
        " > solve a problem = help > close = leave",
    ),
}  # fmt: skip

VOCABULARIES: Mapping[str, str] = {
    "five_e": "aware start use leave advocate",
    "aarrr": "aware start loyal advocate pay",
    "tracardi_customer_journey": "aware consider buy loyal advocate",
}
"""For each real vocabulary of journey stages in D4, the concepts of its names in order."""
JOURNEYS: Mapping[str, str] = {
    "grocery": "consider start browse pay receive use help loyal leave",
    "hospital": "aware book prepare visit stay follow pay complain loss",
    "insurer": "aware buy start pay change claim renew loss leave",
    "saas": "aware buy start use help pay renew advocate leave",
    "telecom": "aware buy start use pay help move renew leave",
}
"""The same for the journeys of the companies; what one industry alone has is a concept of its own."""


def answers() -> Mapping[str, Answers]:
    """Every set of answers: those written here, and those of the data where it is beside this checkout."""
    written = {name: tuple(map(_read, lines)) for name, lines in WRITTEN.items()}
    return {**written, **real()} if FOLDER.is_dir() else written


def real() -> Mapping[str, Answers]:
    """The vocabularies of journey stages that organisations use, and the companies' journeys, each as one answer."""
    known = {each["key"]: each["names"] for each in json.loads((FOLDER / "D4_vocabularies.json").read_text())}
    vocabularies = [_judged(known[key], said) for key, said in VOCABULARIES.items()]
    return {"vocabularies": vocabularies, "journeys": [_judged(_journey(key), said) for key, said in JOURNEYS.items()]}


def _journey(company: str) -> list[str]:
    told = json.loads((FOLDER / "companies" / company / "company.json").read_text())
    return [stage["name"] for stage in told["journey"]]


def _judged(names: Sequence[str], concepts: str) -> list[tuple[str, str]]:
    return list(zip(names, concepts.split(), strict=True))


def _read(line: str) -> list[tuple[str, str]]:
    parts = (part.split(" = ") for part in line.split(" > "))
    return [(name.strip(), concept.strip()) for name, concept in parts]
