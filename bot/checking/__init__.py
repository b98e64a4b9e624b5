"""The parts of `concord doctor`."""
