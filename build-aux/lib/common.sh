# common.sh - what every program in build-aux begins with. Sets:
#
#   source_dir  the checkout      build_aux  its build-aux folder
#   suite       the Debian suite of the development root, or "host"
#   cache       where roots, downloaded packages and compiled objects are kept
#
# and provides say, die, go_inside (the rest of the script then runs with the libraries) and, from
# build.sh, build_setup and build_all.
# shellcheck shell=bash

build_aux=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
source_dir=${build_aux%/*}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/entente
suite=${ENTENTE_INSIDE:-${ENTENTE_SUITE:-trixie}}

say () { printf 'entente: %s\n' "$*" >&2; }
die () { say "$*"; exit 1; }

# shellcheck source=build-aux/lib/root.sh
. "$build_aux/lib/root.sh"
# shellcheck source=build-aux/lib/enter.sh
. "$build_aux/lib/enter.sh"
# shellcheck source=build-aux/lib/build.sh
. "$build_aux/lib/build.sh"

# go_inside SCRIPT ARGS… - start SCRIPT again inside the root, unless we are there already.
# Takes "--suite S", S being Debian's, from the beginning of ARGS; sets `arguments` to what is left.
go_inside ()
{
  local script=$1
  shift
  case "${1:-} ${2:-}" in
    '--suite trixie'|'--suite forky'|'--suite sid') export ENTENTE_SUITE=$2; suite=$2; shift 2 ;;
  esac
  arguments=("$@")
  if [ -n "${ENTENTE_INSIDE:-}" ]; then
    suite=$ENTENTE_INSIDE
    return 0
  fi
  export ENTENTE_SOURCE=$source_dir CCACHE_DIR=$cache/ccache CCACHE_BASEDIR=$source_dir
  export CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-2G}
  if root_on_host; then
    export ENTENTE_INSIDE=host
    suite=host
    return 0
  fi
  enter_possible ||
    die 'this system forbids user namespaces: run as root, or allow them (kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0)'
  root_prepare
  enter "$PWD" "$script" "$@"
}
