"""The Textual front end. `app.py` wires; screens take values and return values; every use case lives in `study`."""
