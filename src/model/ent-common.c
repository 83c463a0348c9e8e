/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-schema-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The fields that every record type has. */

static const EntChoice sensitivities[] = {
  { "public", N_("Public"), ENT_TONE_GOOD },
  { "internal", N_("Internal"), ENT_TONE_NEUTRAL },
  { "confidential", N_("Confidential"), ENT_TONE_WARNING },
  { "restricted", N_("Restricted"), ENT_TONE_BAD },
  { NULL },
};

static const EntFieldInfo common[ENT_N_COMMON] = {
  [ENT_COMMON_TITLE] = {
    .name = "title", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_SEARCHED | ENT_FIELD_LISTED,
    .label = N_("Title"),
    .help = N_("The name that lists, search and the map show."),
    .aliases = "name|subject|headline|display name|full name",
    .width = 32,
  },
  [ENT_COMMON_REF] = {
    .name = "ref", .type = ENT_FIELD_CODE,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_SEARCHED,
    .label = N_("External reference"),
    .help = N_("The record’s key in the place it came from; imports find it by this."),
    .group = N_("Record"),
    .aliases = "reference|external id|externalid|id|key|record id|source id|uid|uuid",
    .width = 16,
  },
  [ENT_COMMON_OWNER] = {
    .name = "owner", .type = ENT_FIELD_REF,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Owner"),
    .help = N_("The colleague who answers for this record."),
    .group = N_("Record"),
    .target = "person",
    .aliases = "owner name|record owner|owned by|responsible|assigned to",
    .width = 18,
  },
  [ENT_COMMON_TAGS] = {
    .name = "tags", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_MANY | ENT_FIELD_SEARCHED,
    .label = N_("Tags"),
    .help = N_("Words of your own to find records by."),
    .group = N_("Record"),
    .aliases = "tag|labels|keywords",
    .merge = ENT_MERGE_UNION,
    .width = 18,
  },
  [ENT_COMMON_SENSITIVITY] = {
    .name = "sensitivity", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_LISTED,
    .label = N_("Sensitivity"),
    .help = N_("Who may see this record when it is shared or exported."),
    .group = N_("Record"),
    .choices = sensitivities,
    .default_value = "internal",
    .aliases = "classification|confidentiality",
    .merge = ENT_MERGE_ASK,
    .width = 14,
  },
  [ENT_COMMON_NOTE] = {
    .name = "note", .type = ENT_FIELD_MARKDOWN,
    .flags = ENT_FIELD_SEARCHED,
    .label = N_("Note"),
    .help = N_("Anything worth remembering; Markdown is fine."),
    .group = N_("Record"),
    .aliases = "notes|comment|comments|remarks",
    .merge = ENT_MERGE_APPEND,
    .width = 40,
  },
  [ENT_COMMON_CREATED_AT] = {
    .name = "created_at", .type = ENT_FIELD_DATETIME,
    .flags = ENT_FIELD_SYSTEM | ENT_FIELD_LISTED,
    .label = N_("Created"),
    .help = N_("When the record was made."),
    .group = N_("Record"),
    .width = 18,
  },
  [ENT_COMMON_UPDATED_AT] = {
    .name = "updated_at", .type = ENT_FIELD_DATETIME,
    .flags = ENT_FIELD_SYSTEM | ENT_FIELD_LISTED,
    .label = N_("Changed"),
    .help = N_("When the record was last changed."),
    .group = N_("Record"),
    .width = 18,
  },
  [ENT_COMMON_DELETED_AT] = {
    .name = "deleted_at", .type = ENT_FIELD_DATETIME,
    .flags = ENT_FIELD_SYSTEM,
    .label = N_("Deleted"),
    .help = N_("When the record went to the bin."),
    .group = N_("Record"),
    .width = 18,
  },
  [ENT_COMMON_REV] = {
    .name = "rev", .type = ENT_FIELD_INT,
    .flags = ENT_FIELD_SYSTEM,
    .label = N_("Revision"),
    .help = N_("How many times the record was changed, from 1."),
    .group = N_("Record"),
    .merge = ENT_MERGE_MAX,
    .width = 8,
  },
};

int
ent_common_field_find (const char *name)
{
  for (int i = 0; i < ENT_N_COMMON; i++)
    if (strcmp (common[i].name, name) == 0)
      return i;

  return -1;
}

/* Lines of a form and links are known by what they hold or join; their title is not worth a
 * column. */
EntFieldInfo
ent_common_field_make (EntCommonField           field,
                       const EntRecordTypeInfo *type)
{
  EntFieldInfo info = common[field];

  if (field == ENT_COMMON_TITLE &&
      (type->flags & (ENT_RECORD_TYPE_CHILD | ENT_RECORD_TYPE_LINK)) == 0)
    info.flags |= ENT_FIELD_COLUMN;

  return info;
}

/* The type's line wins. What it leaves open is as usual, and the usual import names stay known. */
EntFieldInfo
ent_common_field_override (const EntFieldInfo *line,
                           const EntFieldInfo *own,
                           GStringChunk       *strings)
{
  EntFieldInfo info = *own;

  info.flags |= line->flags & ~ENT_FIELD_COLUMN;
  if (info.help == NULL)
    info.help = line->help;
  if (info.target == NULL)
    info.target = line->target;
  if (info.choices == NULL)
    info.choices = line->choices;
  if (info.default_value == NULL)
    info.default_value = line->default_value;
  if (info.merge == ENT_MERGE_LAST_WRITE)
    info.merge = line->merge;
  if (info.width == 0)
    info.width = line->width;
  if (info.aliases == NULL)
    {
      info.aliases = line->aliases;
    }
  else if (line->aliases != NULL)
    {
      g_autofree char *both = g_strconcat (info.aliases, "|", line->aliases, NULL);

      info.aliases = g_string_chunk_insert_const (strings, both);
    }

  return info;
}
