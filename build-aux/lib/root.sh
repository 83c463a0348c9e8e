# root.sh - a Debian root with everything Entente is built from, made once in the user's cache folder.
# Sourced by common.sh. Needs apt, dpkg-deb, tar and util-linux; no root rights.
#
#   root_on_host    succeeds when this system has the libraries itself
#   root_prepare    makes the root of $suite unless it is there; sets $root
# shellcheck shell=bash

# Bump when the way a root is made changes, so that old ones are not used.
root_recipe=2

root_packages ()
{
  sed '/^#/d' "$build_aux/lib/packages" | xargs
}

root_on_host ()
{
  [ "${ENTENTE_SUITE:-}" = '' ] || return 1
  command -v meson ninja blueprint-compiler pkg-config Xvfb dbus-run-session python3 >/dev/null || return 1
  pkg-config --exists 'gtk4 >= 4.18' 'libadwaita-1 >= 1.7' 'glib-2.0 >= 2.84' sqlcipher libcrypto \
    json-glib-1.0 libsoup-3.0 libsecret-1 igraph libcmark-gfm libical gsl libportal-gtk4 yyjson || return 1
  [ -e /usr/include/csv.h ] && [ -e /usr/include/glpk.h ] && [ -e /usr/include/linear.h ] &&
    [ -e /usr/include/xlsxwriter.h ]
}

# The mirror that this system's own apt uses for Debian, or the one that is named.
root_mirror ()
{
  local mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL)' 'Created-By: Packages' \
             2>/dev/null | awk '$2 == "Debian" && $3 == "Debian" { print $1; exit }')
  mirror=${ENTENTE_MIRROR:-$mirror}
  [ -n "$mirror" ] || die 'apt knows no Debian mirror here: name one in ENTENTE_MIRROR'
  echo "$mirror"
}

# An apt that knows nothing of this system's packages, sources, pins and hooks.
root_apt_config ()
{
  local mirror apt=$1 keyring=${ENTENTE_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}
  [ -e "$keyring" ] || die "no Debian keyring at $keyring: install debian-archive-keyring"
  mkdir -p "$apt"/{lists,cache/archives,none}/partial "$apt/state"
  mirror=$(root_mirror) || return 1
  : > "$apt/status"
  echo "deb [signed-by=$keyring] $mirror $suite main" > "$apt/sources.list"
  cat > "$apt/apt.conf" <<END
Dir::State "$apt/state";
Dir::State::lists "$apt/lists";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::Log "$apt";
Acquire::GzipIndexes "false";
Acquire::PDiffs "false";
Acquire::Languages "none";
Acquire::Retries "3";
APT::Architecture "$architecture";
APT::Architectures { "$architecture"; };
APT::Install-Recommends "false";
APT::Install-Suggests "false";
APT::Sandbox::User "$(id -un 2>/dev/null || echo root)";
Debug::NoLocking "true";
END
}

# Solves and downloads; writes the files to unpack, one a line, to $apt/files.
root_download ()
{
  local apt=$1
  # shellcheck disable=SC2046
  set -- $(root_packages)
  APT_CONFIG=$apt/apt.conf apt-get -qq -o APT::Update::Error-Mode=any update || return 1
  # from an empty folder, since files that are there already would be left out
  APT_CONFIG=$apt/apt.conf apt-get -qq -y -o Dir::Cache::archives="$apt/none" --print-uris install "$@" \
    > "$apt/uris" || return 1
  awk '{ print $2 }' "$apt/uris" | sort -u > "$apt/files"
  say "downloading $(wc -l < "$apt/files") packages of Debian $suite"
  APT_CONFIG=$apt/apt.conf apt-get -qq -y --download-only install "$@" > "$apt/log" 2>&1 ||
    { cat "$apt/log" >&2; return 1; }
}

root_unpack ()
{
  local apt=$1 new=$2 dir
  mkdir -p "$new"/{proc,sys,dev,run,tmp,root,home,etc,usr/{bin,sbin,lib,lib64},var/{lib,cache,tmp}}
  chmod 1777 "$new/tmp" "$new/var/tmp"
  for dir in bin sbin lib lib64; do ln -sfn "usr/$dir" "$new/$dir"; done
  # shellcheck disable=SC2016
  NEW=$new ARCHIVES=$apt/cache/archives xargs -P 3 -n 12 sh -c '
    for deb do
      dpkg-deb --fsys-tarfile "$ARCHIVES/$deb" |
        tar -x -C "$NEW" --no-same-owner --no-same-permissions --keep-directory-symlink --overwrite \
          --exclude="./usr/share/man" --exclude="./usr/share/doc" --exclude="./usr/share/info" \
          --exclude="./usr/share/help" --exclude="./usr/share/lintian" --exclude="./usr/share/bug" ||
        exit 255
    done' sh < "$apt/files"
}

# What the packages' own scripts and triggers would have done, from outside.
root_configure_files ()
{
  local new=$1 link uid
  uid=$(id -u)
  cp "$new/usr/share/base-passwd/passwd.master" "$new/etc/passwd"
  cp "$new/usr/share/base-passwd/group.master" "$new/etc/group"
  # a bus daemon refuses a user without a line here
  if ! grep -q "^[^:]*:[^:]*:$uid:" "$new/etc/passwd"; then
    echo "$(id -un):x:$uid:$(id -g)::$HOME:/bin/bash" >> "$new/etc/passwd"
    echo "$(id -gn):x:$(id -g):" >> "$new/etc/group"
  fi
  # /var is the host's
  sed -i 's,<cachedir>/var/cache/,<cachedir>/usr/lib/,' "$new/etc/fonts/fonts.conf"
  mkdir -p "$new/usr/lib/fontconfig"
  echo 'hosts: files dns' > "$new/etc/nsswitch.conf"
  echo '127.0.0.1 localhost' > "$new/etc/hosts"
  # an ordinary user's umount reads fstab
  : > "$new/etc/fstab"
  : > "$new/etc/resolv.conf"
  cat "$new"/usr/share/ca-certificates/mozilla/*.crt > "$new/etc/ssl/certs/ca-certificates.crt"
  ln -sf gcc "$new/usr/bin/cc"
  ln -sf g++ "$new/usr/bin/c++"
  ln -sf gawk "$new/usr/bin/awk"
  ln -sf which.debianutils "$new/usr/bin/which"
  for link in "$new"/usr/bin/*-im7.q16; do
    [ ! -e "$link" ] || ln -sf "$(basename "$link")" "${link%-im7.q16}"
  done
  for link in "$new"/usr/lib/*-linux-gnu*/{blas/libblas,lapack/liblapack}.so*; do
    [ ! -e "$link" ] || ln -sf "${link#"${link%/*/*}"/}" "${link%/*/*}/${link##*/}"
  done
}

# The same, from inside. Locales are real ones: with C.UTF-8 gettext ignores LANGUAGE.
root_configure_inside='
set -e
ldconfig
for lib in /usr/lib/*-linux-gnu*; do [ ! -d "$lib/gio" ] || break; done
glib-compile-schemas /usr/share/glib-2.0/schemas
"$lib/glib-2.0/gio-querymodules" "$lib/gio/modules"
"$lib/gdk-pixbuf-2.0/gdk-pixbuf-query-loaders" --update-cache
update-mime-database /usr/share/mime 2>/dev/null
fc-cache --system-only
for theme in Adwaita hicolor; do gtk4-update-icon-cache -q -f "/usr/share/icons/$theme" || true; done
od -An -N16 -tx1 /dev/urandom | tr -d " \n" > /etc/machine-id
for l in de_DE fr_FR es_ES ar_EG he_IL ja_JP en_US; do localedef -i "$l" -f UTF-8 "$l.UTF-8" & done
wait
'

root_make ()
{
  local apt=$cache/apt-$suite new=$root.new t0=$SECONDS
  say "preparing a Debian $suite root in $cache (once)"
  rm -rf "$new"
  root_apt_config "$apt" && root_download "$apt" || return 1
  say "unpacking ($((SECONDS - t0)) s)"
  root_unpack "$apt" "$new" && root_configure_files "$new" || return 1
  say "configuring ($((SECONDS - t0)) s)"
  (root=$new; enter / bash -c "$root_configure_inside") > "$cache/configure.log" 2>&1 ||
    { cat "$cache/configure.log" >&2; return 1; }
  cp "$apt/files" "$new/.packages"
  rm -rf "$root" && mv "$new" "$root" || return 1
  say "root ready ($((SECONDS - t0)) s)"
}

# The caller's locale, lest every program inside complains that there is none.
root_add_locale ()
{
  local name=${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}
  case $name in
    *[!A-Za-z0-9_.@-]*|C|C.*|POSIX) return 0 ;;
  esac
  [ ! -e "$root/.locale-$name" ] || return 0
  (
    flock 9
    # shellcheck disable=SC2030
    export LC_ALL=C LANG=C
    enter / localedef -i "${name%%.*}" -f UTF-8 "$name" > /dev/null 2>&1
  ) 9> "$cache/lock" || true
  touch "$root/.locale-$name"
}

root_prepare ()
{
  local key
  architecture=$(dpkg --print-architecture) || die 'this needs dpkg and apt (Debian, Ubuntu)'
  key=$(echo "$root_recipe $suite $architecture $(root_packages)" | sha256sum | cut -c1-12)
  root=$cache/root-$suite-$key
  if [ -d "$root" ]; then
    root_add_locale
    return 0
  fi
  mkdir -p "$cache"
  (
    flock 9
    [ -d "$root" ] || root_make
  ) 9> "$cache/lock" || die "could not make a Debian $suite root"
  root_add_locale
}
