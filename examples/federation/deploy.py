"""Upgrades a member of the federation. Here it prints what it would do."""

import sys

print("deploy", *sys.argv[1:])
