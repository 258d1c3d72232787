"""The use cases that every front end shares: what is next, ask, answer, report. No printing, no Textual."""
