/* SPDX-License-Identifier: GPL-3.0-or-later */
#undef G_LOG_DOMAIN
#define G_LOG_DOMAIN "ent-model"
#include "config.h"

#include "model/ent-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A field's value and what is known about it. */
typedef struct
{
  EntValue value;
  guint    loaded : 1;
  guint    dirty : 1;
} Slot;

struct _EntRecord
{
  GObject parent_instance;

  const EntRecordType *type;
  EntSchema           *schema; /* keeps @type alive */
  EntKey               key;
  EntId                id;
  char                *code;
  char                *fallback_title;
  guint                n_slots;
  guint                n_dirty;
  Slot                *slots;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (EntRecord, ent_record, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];
static const EntValue null_value = ENT_VALUE_INIT;

static void
ent_record_finalize (GObject *object)
{
  EntRecord *self = ENT_RECORD (object);

  /* Most of a hundred fields are empty in most records, which come and go by the thousand. */
  for (guint i = 0; i < self->n_slots; i++)
    if (self->slots[i].value.kind != ENT_VALUE_NULL)
      ent_value_clear (&self->slots[i].value);
  g_free (self->slots);
  g_free (self->code);
  g_free (self->fallback_title);
  g_clear_pointer (&self->schema, ent_schema_unref);

  G_OBJECT_CLASS (ent_record_parent_class)->finalize (object);
}

static void
ent_record_class_init (EntRecordClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->finalize = ent_record_finalize;

  /**
   * EntRecord::changed:
   *
   * A field has another value. The detail is the field's name.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class),
                                          G_SIGNAL_RUN_FIRST | G_SIGNAL_DETAILED, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ent_record_init (EntRecord *self)
{
}

EntRecord *
ent_record_new (const EntRecordType *type)
{
  EntRecord *self;

  g_return_val_if_fail (type != NULL, NULL);

  self = g_object_new (ENT_TYPE_RECORD, NULL);
  self->type = type;
  self->schema = ent_schema_ref (type->schema);
  self->n_slots = ent_record_type_get_n_fields (type);
  self->slots = g_new0 (Slot, self->n_slots);

  return self;
}

EntRecord *
ent_record_copy (EntRecord *self)
{
  EntRecord *copy;

  g_return_val_if_fail (ENT_IS_RECORD (self), NULL);

  copy = ent_record_new (self->type);
  ent_record_set_key (copy, self->key);
  copy->id = self->id;
  copy->n_dirty = self->n_dirty;
  for (guint i = 0; i < self->n_slots; i++)
    {
      copy->slots[i].loaded = self->slots[i].loaded;
      copy->slots[i].dirty = self->slots[i].dirty;
      ent_value_copy (&self->slots[i].value, &copy->slots[i].value);
    }

  return copy;
}

const EntRecordType *
ent_record_get_record_type (EntRecord *self)
{
  g_return_val_if_fail (ENT_IS_RECORD (self), NULL);

  return self->type;
}

EntKey
ent_record_get_key (EntRecord *self)
{
  g_return_val_if_fail (ENT_IS_RECORD (self), 0);

  return self->key;
}

void
ent_record_set_key (EntRecord *self,
                    EntKey     key)
{
  g_return_if_fail (ENT_IS_RECORD (self));

  if (self->key == key)
    return;
  self->key = key;
  g_clear_pointer (&self->code, g_free);
}

const EntId *
ent_record_get_id (EntRecord *self)
{
  g_return_val_if_fail (ENT_IS_RECORD (self), NULL);

  return &self->id;
}

void
ent_record_set_id (EntRecord   *self,
                   const EntId *id)
{
  g_return_if_fail (ENT_IS_RECORD (self));

  self->id = *id;
}

const char *
ent_record_get_code (EntRecord *self)
{
  g_return_val_if_fail (ENT_IS_RECORD (self), "");

  if (self->key == 0)
    return "";
  if (self->code == NULL)
    self->code = ent_record_type_make_code (self->type, ent_key_row (self->key));

  return self->code;
}

/* English writes a noun in the middle of a sentence in lower case; other languages may not. */
static char *
make_fallback_title (const EntRecordType *type)
{
  const char *label = ent_record_type_get_label (type, FALSE);
  g_autofree char *lower = NULL;

  if (label == type->info->label)
    label = lower = g_utf8_strdown (label, -1);

  /* Translators: %s is a kind of record, such as organization. */
  return g_strdup_printf (_("Untitled %s"), label);
}

const char *
ent_record_get_title (EntRecord *self)
{
  const EntValue *title;

  g_return_val_if_fail (ENT_IS_RECORD (self), "");

  title = &self->slots[ENT_COMMON_TITLE].value;
  if (title->kind == ENT_VALUE_TEXT)
    return title->text;
  if (self->fallback_title == NULL)
    self->fallback_title = make_fallback_title (self->type);

  return self->fallback_title;
}

char **
ent_record_dup_kinds (EntRecord *self)
{
  const EntValue *kind = &null_value;
  const char *one[2] = { NULL, NULL };

  g_return_val_if_fail (ENT_IS_RECORD (self), NULL);

  if (self->type->info->kind_field != NULL)
    kind = ent_record_get_named (self, self->type->info->kind_field);
  if (kind->kind == ENT_VALUE_LIST)
    return g_strdupv (kind->list);
  if (kind->kind == ENT_VALUE_TEXT)
    one[0] = kind->text;

  return g_strdupv ((char **) one);
}

const EntValue *
ent_record_get (EntRecord *self,
                guint      field)
{
  g_return_val_if_fail (ENT_IS_RECORD (self), &null_value);
  g_return_val_if_fail (field < self->n_slots, &null_value);

  return &self->slots[field].value;
}

const EntValue *
ent_record_get_named (EntRecord  *self,
                      const char *field)
{
  const EntField *found;

  g_return_val_if_fail (ENT_IS_RECORD (self), &null_value);

  found = ent_record_type_lookup (self->type, field);
  g_return_val_if_fail (found != NULL, &null_value);

  return &self->slots[found->index].value;
}

gboolean
ent_record_has (EntRecord *self,
                guint      field)
{
  g_return_val_if_fail (ENT_IS_RECORD (self), FALSE);
  g_return_val_if_fail (field < self->n_slots, FALSE);

  return self->slots[field].loaded;
}

const char *
ent_record_get_text (EntRecord  *self,
                     const char *field)
{
  const EntValue *value = ent_record_get_named (self, field);

  return value->kind == ENT_VALUE_TEXT ? value->text : NULL;
}

gint64
ent_record_get_int (EntRecord  *self,
                    const char *field,
                    gint64      fallback)
{
  const EntValue *value = ent_record_get_named (self, field);

  return value->kind == ENT_VALUE_INT || value->kind == ENT_VALUE_MONEY ? value->integer
                                                                        : fallback;
}

EntKey
ent_record_get_ref (EntRecord  *self,
                    const char *field)
{
  return ent_record_get_int (self, field, 0);
}

void
ent_record_take (EntRecord *self,
                 guint      field,
                 EntValue  *value)
{
  Slot *slot;

  g_return_if_fail (ENT_IS_RECORD (self));
  g_return_if_fail (field < self->n_slots);

  slot = &self->slots[field];
  slot->loaded = TRUE;
  if (ent_value_equal (&slot->value, value))
    {
      ent_value_clear (value);
      return;
    }

  ent_value_clear (&slot->value);
  slot->value = *value;
  *value = (EntValue) ENT_VALUE_INIT;
  if (!slot->dirty)
    self->n_dirty++;
  slot->dirty = TRUE;

  g_signal_emit (self, signals[SIGNAL_CHANGED],
                 g_quark_from_string (ent_record_type_get_nth (self->type, field)->info.name));
}

void
ent_record_set (EntRecord      *self,
                guint           field,
                const EntValue *value)
{
  g_auto (EntValue) copy = ENT_VALUE_INIT;

  ent_value_copy (value, &copy);
  ent_record_take (self, field, &copy);
}

void
ent_record_load (EntRecord *self,
                 guint      field,
                 EntValue  *value)
{
  Slot *slot;

  g_return_if_fail (ENT_IS_RECORD (self));
  g_return_if_fail (field < self->n_slots);

  slot = &self->slots[field];
  ent_value_clear (&slot->value);
  slot->value = *value;
  slot->loaded = TRUE;
  *value = (EntValue) ENT_VALUE_INIT;
}

gboolean
ent_record_set_text (EntRecord  *self,
                     const char *field,
                     const char *text,
                     GError    **error)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;
  const EntField *found;

  g_return_val_if_fail (ENT_IS_RECORD (self), FALSE);

  found = ent_record_type_lookup (self->type, field);
  if (found == NULL)
    {
      g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED,
                   _("There is no field “%s”; choose another one"), field);
      return FALSE;
    }
  if (!ent_value_read (found, text, NULL, &value, error))
    return FALSE;
  ent_record_take (self, found->index, &value);

  return TRUE;
}

gboolean
ent_record_is_dirty (EntRecord *self,
                     guint      field)
{
  g_return_val_if_fail (ENT_IS_RECORD (self), FALSE);
  g_return_val_if_fail (field < self->n_slots, FALSE);

  return self->slots[field].dirty;
}

gboolean
ent_record_is_any_dirty (EntRecord *self)
{
  g_return_val_if_fail (ENT_IS_RECORD (self), FALSE);

  return self->n_dirty > 0;
}

void
ent_record_mark_clean (EntRecord *self)
{
  g_return_if_fail (ENT_IS_RECORD (self));

  for (guint i = 0; i < self->n_slots; i++)
    self->slots[i].dirty = FALSE;
  self->n_dirty = 0;
}
