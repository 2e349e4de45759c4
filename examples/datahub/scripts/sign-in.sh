#!/bin/sh
echo "Here the keys are written, and a context for the project $1 in $2"
