# shellcheck shell=bash
# Read by every script here: strict, from the root of the checkout, with what they all say in the same words.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
export HARK_BIN="$CARGO_TARGET_DIR/debug/hark"
export HARK_DATA_DIR="${HARK_DATA_DIR:-$PWD/data}"
# Programs that only the checks need; what is installed there comes first.
export TOOLS="$CARGO_TARGET_DIR/tools"
export PATH="$TOOLS/bin:$PATH"

# A whole step that cannot be done here ends with this, so that nobody takes it for done.
export SKIPPED=77

# not_tested WHAT WHY: says so now, and again at the end of `make test`.
not_tested() {
  echo "Not tested: $1 ($2)."
  if [ -n "${HARK_NOT_TESTED:-}" ]; then echo "$1 ($2)" >>"$HARK_NOT_TESTED"; fi
}
