"""Checks that a hub works."""
