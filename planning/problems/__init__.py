"""What hurts customers, and what a complete fix needs."""
