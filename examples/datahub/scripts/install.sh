#!/bin/sh
# Installs hubploy, gcloud, helm and sops. Here it only says so.
echo "Here hubploy, gcloud, helm and sops are installed"
