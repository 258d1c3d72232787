"""Marking, attempts and drawing: pure functions and frozen values; clock and chance are passed in."""
