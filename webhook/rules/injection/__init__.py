"""IC4xx: asked for, misplaced, tampered with."""
