"""The admission service for everything that runs before a Pod's main containers."""
