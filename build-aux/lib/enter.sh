# enter.sh - run a command inside the development root. Sourced by common.sh.
#
#   enter FOLDER COMMAND…    replaces this shell; the command starts in FOLDER
#
# The command gets its own mount namespace (as an ordinary user also a user namespace, in which it
# keeps its own user id). Only the system's own folders (/usr, /bin, /sbin, /lib*, /etc) are the root's;
# all others - /home, /tmp, /run with the session's sockets, whatever else is at the top - are the
# host's, so a path means the same inside.
# shellcheck shell=bash

enter ()
{
  local dir=$1 flags=(--mount --propagation private)
  shift
  [ "$(id -u)" = 0 ] || flags+=(--map-current-user --keep-caps)
  if [ -z "${TZ:-}" ] && [ -L /etc/localtime ]; then
    export TZ
    TZ=$(readlink -f /etc/localtime)
    TZ=${TZ#*/zoneinfo/}
  fi
  unset LD_LIBRARY_PATH LD_PRELOAD PKG_CONFIG_PATH GI_TYPELIB_PATH PYTHONPATH PYTHONHOME GTK_PATH
  unset GIO_MODULE_DIR GDK_PIXBUF_MODULE_FILE XDG_DATA_DIRS
  ENTENTE_INSIDE=$suite exec unshare "${flags[@]}" -- \
    bash "$build_aux/lib/inside.sh" "$root" "$dir" "$@"
}

# Whether this system lets us make the namespaces at all.
enter_possible ()
{
  [ "$(id -u)" != 0 ] || { unshare --mount true 2>/dev/null; return; }
  unshare --mount --map-current-user --keep-caps mount -t tmpfs tmpfs /tmp 2>/dev/null
}
