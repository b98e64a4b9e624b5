"""A journey of people to whom something happens, with a public service that has to act on it."""

from planning.journey.templates.template import Template, stages

LIFE_EVENT = Template(
    "life_event",
    "Public services and one-off events",
    "Something happens in a life, and people need you.",
    stages(
        (
            "Something changes",
            "Something happens in a person's life that brings duties or a right to help.",
            "Understand what this means for them, and that there is somewhere to turn.",
            "Think: I am not the first. Feel: calmer. Able to: name in plain words what has happened.",
            3,
        ),
        (
            "Find out",
            "The person looks for what they are entitled to or have to do, and until when.",
            "Get one answer that holds, whoever they ask.",
            "Think: now I know what counts for me. Feel: informed. Able to: list what is needed and by which day.",
            4,
        ),
        (
            "Prepare",
            "The person gathers papers and proofs and gets help with them where it is needed.",
            "Bring only what is truly needed, and nothing that is known already.",
            "Think: that is manageable. Feel: supported. Able to: get each paper, or to say why it is missing.",
            3,
        ),
        (
            "Apply",
            "The person hands in the request, online, by post, by phone or at a counter.",
            "Be done in one go, and know that it has arrived.",
            "Think: it is in good hands. Feel: relieved. Able to: stop half-way and go on without starting anew.",
            5,
        ),
        (
            "Wait and follow",
            "The request is looked into; questions are asked and answered.",
            "Know where it stands and how long it takes, without calling.",
            "Think: they are at it. Feel: not forgotten. Able to: see the next step and to answer a question at once.",
            4,
        ),
        (
            "Get the decision",
            "The person learns what was decided, why, and what can be done about it.",
            "Understand the decision at first reading.",
            "Think: I can follow that. Feel: fairly treated. Able to: accept it, or to object without a lawyer.",
            5,
        ),
        (
            "Receive",
            "The money, the permit, the treatment or the visit comes as decided.",
            "Get it in full, on the day that was named.",
            "Think: as promised. Feel: safe. Able to: plan with it.",
            5,
        ),
        (
            "Stay in step",
            "Circumstances change again: the person tells us, or the case is closed.",
            "Tell a change once, and not be punished for telling it.",
            "Think: honesty pays. Feel: trusted. Able to: report a change in minutes and to see what follows.",
            3,
        ),
    ),
)
