"""The learner's history: an append-only journal in one SQLite file. The only SQL."""
