"""Shared measures of the journey."""
