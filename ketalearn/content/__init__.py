"""What a pack is: frozen values and the claim scheme. Imports nothing but the standard library."""
