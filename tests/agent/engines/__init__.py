"""Tests of the language model engines."""
