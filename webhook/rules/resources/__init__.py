"""IC2xx: what the arithmetic says."""
