"""The running service: sockets, certificates and policies that change under it, and an end that drops nobody."""
