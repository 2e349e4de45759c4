#!/bin/sh
# Writes the keys, and a context for the cluster of the project $1 in the zone $2. Here it only says so.
echo "Here the keys are written, and a context for the project $1 in $2"
