"""Builders that make a case one line."""

import pytest
