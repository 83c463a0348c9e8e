# peers.sh - servers by other people that tests talk to: tests/peers. Sourced by build-aux/test, outside the root, since
# npm is the system's.
#
#   peers_needed ARGS…    whether a test program that build-aux/test is asked for by ARGS talks to a peer
#   peers_prepare         fetches them unless they are there; sets ENTENTE_PEERS where that goes well
# shellcheck shell=bash

peers_needed ()
{
  local name named=
  for name in "$@"; do
    case $name in
      --no-sanitizers|--suite|trixie|forky|sid) continue ;;
      --list) return 1 ;;
      -*|unit|system) return 0 ;;
    esac
    named=yes
    ! grep -qs ENTENTE_PEERS "$source_dir/tests/${name%%-*}/test-${name#*-}".{c,py,sh} || return 0
  done
  [ -z "$named" ]
}

peers_fetch ()
{
  local new=$1.new
  rm -rf "$new"
  mkdir -p "$new"
  cp "$source_dir"/tests/peers/{package.json,package-lock.json,.npmrc} "$new/"
  say 'fetching the peers of the tests of sync (once)'
  (cd "$new" && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1) > "$cache/peers.log" 2>&1 &&
    mv "$new" "$1"
}

# Without them their tests are skipped, so this never fails.
peers_prepare ()
{
  local key peers
  unset ENTENTE_PEERS
  command -v npm > /dev/null || return 0
  key=$(cat "$source_dir"/tests/peers/{package.json,package-lock.json,.npmrc} | sha256sum | cut -c1-12)
  peers=$cache/peers-$key
  if [ ! -d "$peers" ]; then
    mkdir -p "$cache"
    (
      flock 9
      [ -d "$peers" ] || peers_fetch "$peers"
    ) 9> "$cache/peers.lock" || { say "the peers could not be fetched ($cache/peers.log): their tests are skipped"; return 0; }
  fi
  export ENTENTE_PEERS=$peers
}
