"""Upgrades releases, checks hubs. Here it prints what it would do."""

import sys


def main() -> None:
    print("deployer", *sys.argv[1:])
