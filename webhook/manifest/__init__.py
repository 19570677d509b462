"""Manifests: YAML or JSON text to values as Kubernetes reads them, with places, and back to text."""
