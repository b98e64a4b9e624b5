"""A small server that speaks Slack, for trying and testing an app without an account."""
