"""The addresses that the browser page talks to."""

from starlette.routing import Route

from bot.sandbox.page import reading, using, writing

ROUTES = (
    Route("/page/session", reading.show_session),
    Route("/page/messages", reading.show_messages),
    Route("/page/home", reading.show_home),
    Route("/page/send", writing.send, methods=["POST"]),
    Route("/page/open", writing.open_conversation, methods=["POST"]),
    Route("/page/read", writing.mark_read, methods=["POST"]),
    Route("/page/shortcut", using.start_shortcut, methods=["POST"]),
    Route("/page/action", using.press_action, methods=["POST"]),
    Route("/page/options", using.search_options, methods=["POST"]),
    Route("/page/view/submit", using.submit_view, methods=["POST"]),
    Route("/page/view/close", using.close_view, methods=["POST"]),
)
