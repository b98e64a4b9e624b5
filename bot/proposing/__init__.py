"""Computing proposals in the background."""
