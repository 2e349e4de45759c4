#!/bin/sh
# Installs kubectl, helm and chartpress. Here it only says so.
echo "Here kubectl, helm and chartpress are installed"
