"""Where Slack and browsers reach `concord serve`, below its public address."""

EVENTS, INSTALL, REDIRECT = "/slack/events", "/slack/install", "/slack/oauth_redirect"
