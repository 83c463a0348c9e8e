#!/bin/bash
# inside.sh ROOT FOLDER COMMAND… - the half of enter.sh that runs in the new mount namespace:
# mounts the host's folders into ROOT, makes ROOT the root, and becomes COMMAND.
set -eu

root=$1 dir=$2
shift 2

# Unbindable, so that binding the folder which holds the root does not bind the root into itself.
mount --bind "$root" "$root"
mount --make-unbindable "$root"

for top in proc sys dev; do
  mount --rbind "/$top" "$root/$top"
done

for top in /*; do
  case ${top#/} in
    usr|bin|sbin|lib*|etc|proc|sys|dev|run|var|boot|lost+found) continue ;;
  esac
  if [ -d "$top" ] && [ ! -L "$top" ] && [ -r "$top" ]; then
    mkdir -p "$root$top"
    mount --rbind "$top" "$root$top"
  fi
done

# A home or a checkout in an unusual place, under /var say.
for extra in "${HOME:-/}" "$dir" "${ENTENTE_SOURCE:-/}"; do
  case $extra in
    /var/*|/boot/*) mkdir -p "$root$extra" && mount --rbind "$extra" "$root$extra" ;;
  esac
done

# The session: its runtime folder holds the bus, Wayland, sound and the document portal.
uid=$(id -u)
mount -t tmpfs tmpfs "$root/run"
mkdir -p "$root/run/user/$uid" "$root/run/dbus" "$root/run/lock"
chmod 0700 "$root/run/user/$uid"
if [ -d "${XDG_RUNTIME_DIR:-}" ] && [ "${XDG_RUNTIME_DIR#/run/}" != "$XDG_RUNTIME_DIR" ]; then
  mkdir -p "$root$XDG_RUNTIME_DIR"
  mount --rbind "$XDG_RUNTIME_DIR" "$root$XDG_RUNTIME_DIR"
elif [ ! -d "${XDG_RUNTIME_DIR:-}" ]; then
  export XDG_RUNTIME_DIR=/run/user/$uid
fi
[ ! -d /run/dbus ] || mount --rbind /run/dbus "$root/run/dbus"
[ ! -e /etc/resolv.conf ] || mount --bind "$(readlink -f /etc/resolv.conf)" "$root/etc/resolv.conf"

# A bus daemon refuses a user without a line here.
if ! grep -q "^[^:]*:[^:]*:$uid:" "$root/etc/passwd"; then
  name=$(id -un 2>/dev/null || echo user) gid=$(id -g)
  { cat "$root/etc/passwd"; echo "$name:x:$uid:$gid::$HOME:/bin/bash"; } > "$root/run/passwd"
  { cat "$root/etc/group"; echo "$name:x:$gid:"; } > "$root/run/group"
  mount --bind "$root/run/passwd" "$root/etc/passwd"
  mount --bind "$root/run/group" "$root/etc/group"
fi

export PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
become=()
[ "$uid" = 0 ] || become=(setpriv --ambient-caps=-all --inh-caps=-all --)

# A real root rather than chroot where the kernel allows it, so that image loaders can make their
# own sandbox below this one.
mkdir -p "$root/.host"
cd "$root"
if pivot_root . .host 2>/dev/null; then
  cd /
  umount -l /.host
  cd "$dir"
  exec ${become[@]+"${become[@]}"} "$@"
fi
# shellcheck disable=SC2016
exec chroot "$root" ${become[@]+"${become[@]}"} sh -c 'cd "$0" && exec "$@"' "$dir" "$@"
