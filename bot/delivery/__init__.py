"""Delivery: what the outbox says is drawn and sent, never twice and never silently not at all."""
