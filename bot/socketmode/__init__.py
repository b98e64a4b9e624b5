"""Socket Mode: the connections over which Slack sends what people do."""
