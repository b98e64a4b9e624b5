"""The demo: a local Slack workspace, the real bot against it, and a sample company."""
