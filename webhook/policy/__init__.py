"""YAML documents become one frozen policy: models, matching, loading from files, looking again."""
