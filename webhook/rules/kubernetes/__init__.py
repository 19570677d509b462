"""IC1xx: what the API server itself refuses."""
