#!/bin/sh
# Checks the hub $2 of the cluster $1, three times at most. Here it says what it would do.
for try in 1 2 3; do
  echo "pytest -vx --release=$2 tests/, try $try on $1" && exit 0
done
exit 1
