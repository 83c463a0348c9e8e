# build.sh - configure and compile. Sourced by common.sh; used inside the root only.
#
#   build_setup KIND    sets build_dir; configures it when needed; KIND is run, test, plain or release
#   build_all KIND [TARGET…]    the same and compiles; silent unless it fails; quick when nothing changed
# shellcheck shell=bash

build_options ()
{
  case $1 in
    run) echo --buildtype=debugoptimized ;;
    plain) echo --buildtype=debug ;;
    test) echo --buildtype=debug -Db_sanitize=address,undefined -Db_lundef=false ;;
    release) echo --buildtype=release ;;
    *) die "no such kind of build: $1" ;;
  esac
}

# Meson lists these when it configures: a file that comes or goes means configuring again.
build_listing ()
{
  (cd "$source_dir" &&
   find src/model/types src/app src/cli ui data tests -type f \( -name '*.[ch]' \
     -o -name '*.blp' -o -name '*.py' -o -name '*.sh' -o -name '*.css' -o -path 'data/*/*' \) \
     2>/dev/null | LC_ALL=C sort)
}

build_setup ()
{
  local kind=$1 log
  build_dir=$source_dir/_build/$suite/$kind
  log=$build_dir.log
  mkdir -p "$build_dir"
  if [ ! -e "$build_dir/build.ninja" ]; then
    # shellcheck disable=SC2046
    meson setup $(build_options "$kind") "$build_dir" "$source_dir" > "$log" 2>&1 ||
      { grep -A 9 ERROR "$log" >&2; return 1; }
  elif ! build_listing | cmp -s - "$build_dir/.listing"; then
    meson setup --reconfigure "$build_dir" "$source_dir" > "$log" 2>&1 ||
      { grep -A 9 ERROR "$log" >&2; return 1; }
  fi
  build_listing > "$build_dir/.listing"
}

# Whether no source is newer than the last good build of what $stamp stands for.
build_is_current ()
{
  [ -e "$stamp" ] &&
    [ -z "$(cd "$source_dir" && find meson.build meson.options src ui data po tests build-aux/lib \
              -newer "$stamp" -print -quit 2>/dev/null)" ]
}

build_all ()
{
  local kind=$1 log stamp
  shift
  build_dir=$source_dir/_build/$suite/$kind
  log=$build_dir.log
  # many names make no file name
  stamp=$build_dir/.built-$(echo "${*:-all}" | cksum | tr ' ' -)
  ! build_is_current || return 0
  mkdir -p "$build_dir"
  (
    flock 9
    ! build_is_current || exit 0
    touch "$stamp.new"
    build_setup "$kind" || exit 1
    ninja -C "$build_dir" "$@" > "$log" 2>&1 ||
      { grep -v '^\[[0-9]*/[0-9]*\]\|^ninja: Ent' "$log" >&2; exit 1; }
    mv "$stamp.new" "$stamp"
  ) 9> "$build_dir.lock"
}
