"""Checks that a member works."""
