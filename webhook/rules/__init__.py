"""The rules, one a file; the folder is the registry.

Families: `kubernetes` (IC1xx, what the API server itself refuses), `resources` (IC2xx, what the arithmetic says),
`practice` (IC3xx, what goes wrong in the night), `injection` (IC4xx, asked for, misplaced, tampered with).
"""
