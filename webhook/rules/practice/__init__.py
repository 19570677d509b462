"""IC3xx: what goes wrong in the night."""
