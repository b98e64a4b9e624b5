"""Initiatives in Slack: registering, listing, showing, editing."""
