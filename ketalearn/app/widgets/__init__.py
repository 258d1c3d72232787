"""Widgets that several screens use. Each owns its messages and a short DEFAULT_CSS."""
