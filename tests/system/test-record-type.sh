#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A stranger adds a record type by writing one file (CONTRIBUTING.md): the file below is put into a copy of the
# source, built, and used, in a new workspace and in one that was made before the type existed.
set -u
source_dir=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
# Built as the program at hand and at the same depth, so that ccache has all but the new file.
build_dir=$(cd "$(dirname "$ENTENTE_CLI")/.." && pwd)
new_build=$work/source/_build/suite/kind
export CCACHE_BASEDIR=$work/source
number=0 failed=0
echo 1..5

check() { # NAME COMMAND…
  local name=$1; shift; number=$((number + 1))
  if "$@" >"$work/out" 2>&1; then echo "ok $number $name"
  else failed=1; sed 's/^/# /' "$work/out" | tail -n 30; echo "not ok $number $name"; fi
}

build() {
  mkdir "$work/source" &&
  (cd "$source_dir" && tar -c --exclude=./_build* --exclude=./.git .) | tar -x -C "$work/source" &&
  cat > "$work/source/src/model/types/vehicle.c" <<'C' &&
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntFieldInfo fields[] = {
  { .name = "wheels", .type = ENT_FIELD_INT, .label = N_("Wheels"), .flags = ENT_FIELD_COLUMN, .min = 1, .max = 18 },
  { .name = "keeper", .type = ENT_FIELD_REF, .label = N_("Keeper"), .target = "organization" },
  { NULL },
};

const EntRecordTypeInfo ent_type_vehicle = {
  .name = "vehicle",
  .number = 60,
  .prefix = "VEH",
  .label = N_("Vehicle"),
  .label_plural = N_("Vehicles"),
  .icon_name = "folder-symbolic",
  .fields = fields,
};
C
  # shellcheck disable=SC2046
  meson setup $(sed -n 's/^\(buildtype\|b_[a-z]*\) = /-D\1=/p' "$build_dir/meson-private/cmd_line.txt") \
    "$new_build" "$work/source" &&
  ninja -C "$new_build" src/entente-cli
}

cli() { "$new_build/src/entente-cli" --workspace "$work/w.entente" "$@"; }

use() {
  local partner vehicle
  partner=$(cli add organization title=Contoso) &&
  vehicle=$(cli add vehicle title=Bus wheels=6 keeper="$partner") &&
  [ "$vehicle" = VEH-0001 ] &&
  [ "$(cli count vehicle --where 'wheels > 4 and keeper = Contoso')" = 1 ] &&
  cli set "$vehicle" wheels=8 && cli undo &&
  cli show "$vehicle" | grep -q '6' &&
  cli search bus | grep -q Bus &&
  ! cli set "$vehicle" wheels=40 && cli check
}

exchange() {
  cli export vehicle "$work/v.csv" && grep -q Bus "$work/v.csv" &&
  printf 'name,wheels\nVan,4\nTruck,18\n' > "$work/more.csv" && cli import vehicle "$work/more.csv" &&
  [ "$(cli count vehicle)" = 3 ]
}

"$ENTENTE_CLI" new "$work/w.entente" --plain >/dev/null
check one-file-is-enough build
check schema-lists-it sh -c "'$new_build/src/entente-cli' schema vehicle | grep -q Wheels"
check an-older-workspace-takes-it use
check import-and-export exchange
check a-new-workspace-takes-it "$new_build/src/entente-cli" new "$work/n.entente" --plain
exit $failed
