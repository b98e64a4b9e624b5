"""The sample company that the demo plays: an insurer, invented for this product."""
