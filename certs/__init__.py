"""Certificates for a webhook: made, judged, kept and exchanged while it serves; usable without the webhook."""
