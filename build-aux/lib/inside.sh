#!/bin/bash
# inside.sh ROOT FOLDER COMMAND… - the half of enter.sh that runs in the new mount namespace:
# mounts the host's folders into ROOT, makes ROOT the root, and becomes COMMAND in FOLDER.
set -eu

root=$1 dir=$2
shift 2

# Unbindable, so that binding the folder which holds the root does not bind the root into itself.
mount --bind "$root" "$root"
mount --make-unbindable "$root"

for top in /*; do
  case ${top#/} in
    usr|bin|sbin|lib*|etc|boot|lost+found) continue ;;
  esac
  if [ -L "$top" ]; then
    [ -e "$root$top" ] || cp -P "$top" "$root$top" 2>/dev/null || true
  elif [ -d "$top" ] && [ -r "$top" ] && [ -x "$top" ]; then
    mkdir -p "$root$top"
    mount --rbind "$top" "$root$top"
  fi
done
for file in /etc/resolv.conf /etc/hosts; do
  [ ! -e "$file" ] || mount --bind "$(readlink -f "$file")" "$root$file"
done

export PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
become=()
[ "$(id -u)" = 0 ] || become=(setpriv --ambient-caps=-all --inh-caps=-all --)

# A real root rather than chroot where the kernel allows it, so that image loaders can make their
# own sandbox below this one.
mkdir -p "$root/.host"
cd "$root"
if pivot_root . .host 2>/dev/null; then
  umount -l /.host
  cd "$dir"
  exec ${become[@]+"${become[@]}"} "$@"
fi
# shellcheck disable=SC2016
exec chroot "$root" ${become[@]+"${become[@]}"} sh -c 'cd "$0" && exec "$@"' "$dir" "$@"
