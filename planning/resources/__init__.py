"""Pools of people that initiatives ask for."""
