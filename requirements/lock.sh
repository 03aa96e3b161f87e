#!/usr/bin/env bash
# Resolves pyproject.toml into the hashed files beside this script. They name no package index and no path.
set -euo pipefail
cd "$(dirname "$0")/.."

lock() {
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@"
}

lock pyproject.toml --group dev -o requirements/dev.txt "$@"
lock pyproject.toml --group build -c requirements/dev.txt -o requirements/runtime.txt "$@"
lock --group node -o requirements/node.txt "$@"
lock --group postgres -o requirements/postgres.txt "$@"
lock --group demo --no-deps -o requirements/demo.txt "$@"
