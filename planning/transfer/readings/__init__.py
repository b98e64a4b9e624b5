"""Readings from files and calls: lines in, a plan of what each does, and the register written by it."""
