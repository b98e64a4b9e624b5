"""A journey of firms that take out a contract which runs and renews."""

from planning.journey.templates.template import Template, stages

SUBSCRIPTION = Template(
    "subscription",
    "Subscriptions and business customers",
    "Contracts that run and are renewed.",
    stages(
        (
            "Explore",
            "People of a firm look for a way to do something better and come upon us.",
            "Understand whether this fits their case before they talk to anybody.",
            "Think: made for firms like ours. Feel: unhurried. Able to: see it work in their trade.",
            2,
        ),
        (
            "Decide",
            "Those who use it, those who pay and those who check it agree on us.",
            "Bring all colleagues to one decision, with answers that hold in front of each of them.",
            "Think: the risk is small and known. Feel: backed. Able to: show price, terms and safety to their people.",
            4,
        ),
        (
            "Set up",
            "The account is opened, data and colleagues are brought in, and the first person does real work in it.",
            "Be ready by the day that was promised, without a project of their own.",
            "Think: they have done this before. Feel: led by the hand. Able to: do one real task in the first week.",
            5,
        ),
        (
            "Adopt",
            "More colleagues work with it, and it becomes the way in which things are done.",
            "See the benefit in their own figures and get everybody on board.",
            "Think: we would not go back. Feel: capable. Able to: teach a colleague without asking us.",
            4,
        ),
        (
            "Get support",
            "Something stops the work or is not understood, and somebody asks us.",
            "Go on with the work today, and not meet the same trouble twice.",
            "Think: they know our set-up. Feel: not alone. Able to: reach one who decides, and to follow the repair.",
            5,
        ),
        (
            "Pay",
            "The invoice comes, is understood, approved and paid.",
            "Have an invoice that is right and fits the order.",
            "Think: what we agreed. Feel: no surprise. Able to: check each line and have an error put right.",
            3,
        ),
        (
            "Renew and grow",
            "Before the term ends the firm weighs what it got and decides to go on, with more, less or the same.",
            "Decide with figures and in good time, for what they need next year.",
            "Think: it pays. Feel: a partner. Able to: change the size of the contract without bargaining for it.",
            4,
        ),
        (
            "End",
            "The contract ends, the data goes back to its owner, and the door stays open.",
            "Leave in order, with all data and no open questions.",
            "Think: correct to the last day. Feel: respected. Able to: take everything along, and to return.",
            2,
        ),
    ),
)
