"""One screen a file. A screen is given values and gives a value back; it knows no other screen and not the app."""
