#!/usr/bin/env bash
# A shell action of Oozie: runs a program on YARN, waits for its end, and prints what Oozie
# captures (and nothing else) on standard output. Arguments: the jar, then those of its main.
# MILLRACE_TAG, MILLRACE_CLASS and MILLRACE_OPTIONS (separated by blanks) come from the workflow.
set -euo pipefail
: "${MILLRACE_TAG:?is not set: the workflow names the work by it}"
# The zip's permissions are lost when YARN unpacks it.
# shellcheck disable=SC2086
exec bash millrace/bin/millrace run -t yarn --wait --output properties --tag "$MILLRACE_TAG" \
  ${MILLRACE_CLASS:+-c "$MILLRACE_CLASS"} ${MILLRACE_OPTIONS:-} "$@"
