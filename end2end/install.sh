#!/usr/bin/env bash
# What the tests need besides Rust: packages from Debian and from npm. Installs what is missing, is silent about the rest,
# and says in a sentence what it could not have and what is therefore not tested.
. "$(dirname "$0")/../.ci/common.sh"

# there NAME: a command, or the files of a package without one.
there() {
  case $1 in
    libsox-fmt-all) compgen -G '/usr/lib/*/sox/libsox_fmt_mp3.so' ;;
    nginx-light) command -v nginx || [ -x /usr/sbin/nginx ] ;;
    postgresql) command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' ;;
    python3-pip) python3 -m pip --version 2>&1 ;;
    python3-aiosmtpd) /usr/bin/python3 -c "import aiosmtpd" 2>/dev/null ;;
    asterisk-core-sounds-en-*) compgen -G "/usr/share/asterisk/sounds/en*/hello-world.${1##*-}" ;;
    *) command -v "$1" ;;
  esac >/dev/null
}

# What nobody can test without the package.
proves() {
  case $1 in
    chromium) echo "the pages in a browser" ;;
    firefox-esr) echo "what is shipped, in Firefox" ;;
    sox | libsox-fmt-all) echo "decoded sound against what sox says of it" ;;
    nginx-light | wrk) echo "serving against nginx" ;;
    ffmpeg) echo "peaks against ffmpeg" ;;
    openssl) echo "hashing against openssl" ;;
    strace) echo "the order in which a recording is written to the disk" ;;
    python3-aiosmtpd) echo "letters over SMTP" ;;
    espeak-ng) echo "making the demo's speech anew" ;;
    postgresql) echo "the suite on PostgreSQL" ;;
    python3-pip) echo "licences and sources of dependencies" ;;
    asterisk-core-sounds-en-*) echo "real telephone recordings, ${1##*-}" ;;
  esac
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# We want the programs, not their services: without this Debian starts nginx and PostgreSQL at once and at every boot.
policy=/usr/sbin/policy-rc.d
quiet_services() {
  [ -e $policy ] && return
  printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
  as_root chmod +x $policy
  trap 'as_root rm -f $policy' EXIT
}

from_debian() {
  command -v apt-get >/dev/null || return 1
  as_root true 2>/dev/null || return 1
  echo "Installing from Debian: $*"
  quiet_services
  as_root apt-get -q update || return 1
  local install=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install)
  # All at once is quicker; one by one when a single one cannot be had.
  as_root "${install[@]}" "$@" && return
  for package in "$@"; do as_root "${install[@]}" "$package" || true; done
}

missing=()
for package in chromium firefox-esr sox libsox-fmt-all nginx-light ffmpeg espeak-ng wrk postgresql openssl strace python3-aiosmtpd \
  python3-pip asterisk-core-sounds-en-wav asterisk-core-sounds-en-gsm; do
  there "$package" || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  from_debian "${missing[@]}" || echo "Debian's packages cannot be installed here (that takes apt-get, and root or sudo)."
  for package in "${missing[@]}"; do
    there "$package" || not_tested "$(proves "$package")" "$package could not be installed"
  done
fi

cd end2end
if [ -f package.json ] && ! cmp -s package-lock.json node_modules/.installed; then
  if ! command -v npm >/dev/null; then
    not_tested "the pages in a browser" "Node and npm are not installed"
  elif [ "$(node -p 'parseInt(process.versions.node)')" -lt 20 ]; then
    not_tested "the pages in a browser" "Node is older than 20: $(node --version)"
  else
    echo "Installing npm packages."
    # The browser is Debian's.
    if PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --no-update-notifier; then
      cp package-lock.json node_modules/.installed
    else
      not_tested "the pages in a browser" "npm ci failed"
    fi
  fi
fi
