"""Seeing what a running bot does: metrics, health, logs."""
