/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_SEARCHED,
    .label = N_("Item"),
    .aliases = "item|topic|subject" },
  { .name = "parent", .type = ENT_FIELD_REF, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED,
    .label = N_("Activity"), .target = "activity" },
  { .name = "position", .type = ENT_FIELD_INT, .label = N_("Position") },
  { .name = "minutes", .type = ENT_FIELD_DURATION, .flags = ENT_FIELD_LISTED,
    .label = N_("Length"), .unit = N_("minutes"), .max = 1440,
    .aliases = "minutes|length|duration" },
  { .name = "presenter", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Presenter"), .target = "person",
    .aliases = "speaker|lead" },
  { .name = "result", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Result"),
    .help = N_("What was said or agreed."),
    .aliases = "outcome|notes" },
  { .name = "done", .type = ENT_FIELD_BOOL, .label = N_("Done") },
  { NULL },
};

const EntRecordTypeInfo ent_type_agenda_item =
{
  .name         = "agenda_item",
  .number       = 24,
  .prefix       = "AGI",
  .flags        = ENT_RECORD_TYPE_CHILD,
  .parent       = "activity",
  .label        = N_("Agenda item"),
  .label_plural = N_("Agenda items"),
  .help         = N_("One item of a session’s agenda."),
  .fields       = fields,
};
