/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-body-private.h"

#include <string.h>

/* --- Document ids ----------------------------------------------------------------------------- */

char *
ent_sync_id_make (const EntRecordType *type,
                  const EntId         *id)
{
  char text[ENT_ID_TEXT_LENGTH + 1];

  ent_id_to_text (id, text);
  return g_strconcat (type->info->name, ":", text, NULL);
}

gboolean
ent_sync_id_scan (const EntSchema      *schema,
                  const char           *text,
                  const EntRecordType **type,
                  EntId                *id)
{
  const char *colon = strchr (text, ':');
  g_autofree char *name = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;
  char written[ENT_ID_TEXT_LENGTH + 1];
  EntId parsed;

  if (name == NULL || *name == '\0' || *name == '_' || !ent_id_parse (&parsed, colon + 1) || ent_id_is_zero (&parsed))
    return FALSE;
  /* One record must not have two documents. */
  ent_id_to_text (&parsed, written);
  if (strcmp (written, colon + 1) != 0)
    return FALSE;
  *type = ent_schema_lookup (schema, name);
  *id = parsed;
  return TRUE;
}

gboolean
ent_sync_id_parse (const EntSchema      *schema,
                   const char           *text,
                   const EntRecordType **type,
                   EntId                *id)
{
  const EntRecordType *found;
  EntId parsed;

  if (!ent_sync_id_scan (schema, text, &found, &parsed) || found == NULL)
    return FALSE;
  if (type != NULL)
    *type = found;
  if (id != NULL)
    *id = parsed;
  return TRUE;
}

/* --- Members ---------------------------------------------------------------------------------- */

gboolean
ent_sync_body_has_field (const EntField *field)
{
  return (field->info.flags & ENT_FIELD_SYSTEM) == 0;
}

const char *
ent_sync_body_get_member (const EntField *field)
{
  return strcmp (field->column, ENT_SYNC_MEMBER_TYPE) == 0 ? ENT_SYNC_MEMBER_TYPE_FIELD : field->column;
}

const EntField *
ent_sync_body_lookup (const EntRecordType *type,
                      const char          *member)
{
  gboolean is_type = strcmp (member, ENT_SYNC_MEMBER_TYPE_FIELD) == 0;
  gboolean is_custom = g_str_has_prefix (member, "x_");
  const EntField *field;

  if (strcmp (member, ENT_SYNC_MEMBER_TYPE) == 0)
    return NULL;
  field = ent_record_type_lookup (type, is_type ? ENT_SYNC_MEMBER_TYPE : is_custom ? member + 2 : member);
  return field != NULL && field->is_custom == is_custom && ent_sync_body_has_field (field) ? field : NULL;
}

/* --- Parts ------------------------------------------------------------------------------------ */

EntSyncPending *
ent_sync_pending_new (guint       field,
                      guint       position,
                      const char *id)
{
  EntSyncPending *self = g_new (EntSyncPending, 1);

  self->field = field;
  self->position = position;
  self->id = g_strdup (id);
  return self;
}

void
ent_sync_pending_free (EntSyncPending *self)
{
  g_free (self->id);
  g_free (self);
}

void
ent_sync_body_free (EntSyncBody *self)
{
  g_clear_object (&self->record);
  g_clear_pointer (&self->unknown, json_object_unref);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_free (self);
}
