#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs those packages of tools/packages.txt that are missing. Every make
# target runs it first, so when nothing is missing it costs one dpkg-query.
set -euo pipefail
cd "$(dirname "$0")"

mapfile -t wanted < <(sed -e 's/#.*//' packages.txt | awk 'NF { print $1 }')

if ! command -v dpkg-query >/dev/null; then
  echo "setup: no dpkg here, so this is not a Debian system; what a build needs is listed in tools/packages.txt" >&2
  exit 0
fi

# dpkg-query fails when one of the names is unknown, and still lists the others.
installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true)
missing=()
for package in "${wanted[@]}"; do
  [[ $'\n'$installed$'\n' == *$'\n'"installed $package"$'\n'* ]] || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

as_root=()
if [[ $(id -u) -ne 0 ]]; then
  if ! command -v sudo >/dev/null; then
    echo "setup: packages are missing, and there is neither root nor sudo to install them; as root, run:" >&2
    echo "  apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

echo "setup: installing ${missing[*]}" >&2
install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}")
# The first try spares the download of package lists where they are there already.
if ! "${install[@]}" >/dev/null 2>&1; then
  "${as_root[@]}" apt-get update -qq >&2
  if ! "${install[@]}" >&2; then
    echo "setup: apt-get could not install ${missing[*]} (Debian 12 or later is expected)" >&2
    exit 1
  fi
fi
