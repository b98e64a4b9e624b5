"""What gunicorn serves in the load benchmark: the product's listeners, or a Bolt app that only acknowledges.

`gunicorn 'tests.benchmarks.served:concord("<database>", "<Slack>")'`; both check signatures and wait for Slack alike.
"""

import logging

from slack_bolt import Ack, App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.app import Listeners, slack_client
from bot.clock import clock_for
from bot.detecting import Detector
from bot.encoder import open_encoder
from bot.remembering import TEXTS, Remembering
from bot.scheduling.due_times import next_due
from db.database import open_database
from handlers.context import Services
from handlers.ids import COMMAND, Modal
from handlers.listening import register_all

SECRET = "load"
TEAM = "T0LOAD"


def concord(url: str, slack: str) -> SlackRequestHandler:
    """Every listener on that database, and the thread that finds behind them."""
    encoder, clock = open_encoder(), clock_for("")
    database = open_database(url, encoder=encoder.version, on_commit=lambda _workspace: detector.wake())
    detector = Detector(database, clock)
    detector.start()
    app = _app(slack)
    register_all(app, Services(database.hurried, clock, Remembering(encoder, TEXTS), next_due))
    with database.hurried(TEAM).reading() as register:
        register.initiatives.portfolio(clock())
    return SlackRequestHandler(app)


def bare(_url: str, slack: str) -> SlackRequestHandler:
    """The same two requests acknowledged, and nothing else."""
    app = _app(slack)
    app.command(COMMAND)(_acknowledge)
    app.view(Modal.REGISTER)(_acknowledge)
    return SlackRequestHandler(app)


def _app(slack: str) -> App:
    client = slack_client("xoxb-load", f"{slack}/api/")
    logger = logging.getLogger("slack_bolt")
    return App(client=client, signing_secret=SECRET, logger=logger, listener_executor=Listeners())


def _acknowledge(ack: Ack) -> None:
    ack()
