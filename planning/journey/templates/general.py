"""A journey from the first notice to the last day."""

from planning.journey.templates.template import Template, stages

GENERAL = Template(
    "general",
    "A general journey",
    "From the first notice to the last day; fits most companies.",
    stages(
        (
            "Notice",
            "The customer becomes aware that we could help with what is on their mind.",
            "See whether anybody can help, without having to search for long.",
            "Think: these people know my problem. Feel: curious. Able to: find out what we do in a minute.",
            2,
        ),
        (
            "Choose",
            "The customer compares, asks and decides for us.",
            "Be sure of the choice, with prices and terms that hold.",
            "Think: I know what I get and what it costs. Feel: sure. Able to: decide without help, or to ask a person.",
            3,
        ),
        (
            "Start",
            "The customer signs up, pays for the first time and gets going.",
            "Have it working soon, and say everything only once.",
            "Think: that was simple. Feel: welcome. Able to: use the first thing that they came for on the same day.",
            4,
        ),
        (
            "Use",
            "The customer gets day after day what was promised.",
            "Get the benefit without giving it a thought.",
            "Think: it does what was said. Feel: at ease. Able to: see how things stand and to change them alone.",
            5,
        ),
        (
            "Get help",
            "Something is unclear or goes wrong, and the customer turns to us.",
            "Have it settled at the first attempt, by one who knows the story already.",
            "Think: they stand by it. Feel: taken seriously. Able to: reach the right person and see what is next.",
            5,
        ),
        (
            "Renew",
            "The customer looks back at what it was worth and decides to stay.",
            "Know in time what changes, and choose freely.",
            "Think: it was worth it. Feel: free to go, glad to stay. Able to: adapt what they have to what they need.",
            3,
        ),
        (
            "Recommend",
            "The customer tells others about us, or would if asked.",
            "Help somebody they like with good advice.",
            "Think: others should have this. Feel: proud of the tip. Able to: pass it on in one step.",
            2,
        ),
        (
            "Leave",
            "The customer ends it, and still wants to be treated well.",
            "Be out without effort, with everything squared.",
            "Think: that was fair. Feel: respected. Able to: end it the way it began, and to come back.",
            3,
        ),
    ),
)
