"""What is done at set times, in a thread of its own."""
