"""One authoring rule a module."""
