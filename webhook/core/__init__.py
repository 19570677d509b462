"""Values and arithmetic; standard library only; no clock, disk, network or log."""
