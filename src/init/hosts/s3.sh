#!/bin/sh
# Builds the archive and brings it to a bucket that speaks S3: publish/s3.sh https://host.example/ s3://bucket/path
# AWS_ENDPOINT_URL names another provider. Written by `onrecord init`; yours to change.
set -eu
sh "$(dirname "$0")/build.sh" "$1"
# New files first, so that no page asks for what is not there yet; then what is no longer there goes.
aws s3 sync public/ "$2" --exclude .onrecord --exclude '*.html'
aws s3 sync public/ "$2" --exclude .onrecord --delete
