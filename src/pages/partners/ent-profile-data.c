/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-profile-data.h"

#include <glib/gi18n.h>
#include <string.h>


#define MAX_LINES 500
#define MAX_LINKS 200
/* Pieces of an item's second line. */
#define MAX_PIECES 3

/* --- Items ---------------------------------------------------------------------------------------------------------- */

void
ent_profile_item_free (gpointer data)
{
  EntProfileItem *self = data;

  g_free (self->title);
  g_free (self->detail);
  g_free (self->aside);
  g_free (self->state);
  g_free (self);
}

static gboolean
says_something (const EntField *field,
                const EntField *skip,
                const EntField *money)
{
  const EntRecordTypeInfo *info = field->type->info;

  /* Of a line every fact counts: it has no page of its own to look them up. */
  if (field->index < ENT_N_COMMON && field->index != ENT_COMMON_OWNER)
    return FALSE;
  return field != skip && field != money &&
         (field->info.flags & ENT_FIELD_COLUMN || ent_record_type_is_child (field->type)) &&
         strcmp (field->info.name, "position") != 0 &&
         g_strcmp0 (field->info.name, info->state_field) != 0 && field->info.type != ENT_FIELD_LONGTEXT &&
         strcmp (field->info.name, "parent") != 0 && field->info.type != ENT_FIELD_JSON;
}

static const EntField *
find_money (const EntRecordType *type)
{
  for (guint i = ENT_N_COMMON; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);

      if (field->info.type == ENT_FIELD_MONEY && field->info.flags & ENT_FIELD_COLUMN)
        return field;
    }
  return NULL;
}

/* Lines often have no title: their first fact, mostly who it is, stands for it. @title is set then. */
static char *
describe (EntStore        *store,
          EntRecord       *record,
          const EntField  *skip,
          const EntField  *money,
          char           **title)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean untitled = ent_record_type_is_child (type) && ent_value_is_null (ent_record_get (record, ENT_COMMON_TITLE));
  guint n = 0;

  for (guint i = 0; i < ent_record_type_get_n_fields (type) && n < MAX_PIECES; i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);
      const EntValue *value = ent_record_get (record, i);
      g_autofree char *piece = NULL;

      if (!says_something (field, skip, money) || ent_value_is_null (value) ||
          (value->kind == ENT_VALUE_KEYS && value->integer > 3))
        continue;
      piece = ent_value_display (field, value, ENT_DISPLAY_SHORT, ent_store_name, store);
      if (untitled && *title == NULL)
        *title = g_steal_pointer (&piece);
      else
        g_string_append_printf (text, "%s%s", n++ > 0 ? " · " : "", piece);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
set_state (EntProfileItem *self,
           EntRecord      *record)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  const char *name = type->info->state_field;
  const EntField *field = name != NULL ? ent_record_type_lookup (type, name) : NULL;
  const char *value = field != NULL ? ent_record_get_text (record, name) : NULL;
  const EntChoice *choice = value != NULL ? ent_field_lookup_choice (field, value) : NULL;

  if (value == NULL)
    return;
  self->state = g_strdup (choice != NULL ? ent_choice_get_label (choice) : value);
  self->tone = choice != NULL ? choice->tone : ENT_TONE_NEUTRAL;
}

/* A line is told by what it belongs to when it names the profile's record, and by itself otherwise. */
static void
set_target (EntProfileItem *self,
            EntStore       *store,
            EntRecord      *record,
            const EntField *skip)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  EntKey parent = ent_record_type_is_child (type) && skip != NULL && strcmp (skip->info.name, "parent") != 0
                    ? ent_record_get_ref (record, "parent") : 0;

  self->source = ent_record_get_key (record);
  self->key = parent != 0 ? parent : self->source;
  self->type = parent != 0 ? ent_schema_lookup_key (type->schema, parent) : type;
  if (parent != 0)
    self->title = ent_store_dup_title (store, parent);
  if (self->title == NULL)
    self->title = g_strdup (ent_record_get_title (record));
}

EntProfileItem *
ent_profile_item_new (EntStore       *store,
                      EntRecord      *record,
                      const EntField *skip)
{
  EntProfileItem *self = g_new0 (EntProfileItem, 1);
  const EntField *money = find_money (ent_record_get_record_type (record));
  g_autofree char *title = NULL;

  set_target (self, store, record, skip);
  self->detail = describe (store, record, skip, money, &title);
  if (title != NULL && self->key == self->source)
    g_set_str (&self->title, title);
  self->aside = money != NULL ? ent_value_display (money, ent_record_get (record, money->index), ENT_DISPLAY_SHORT, NULL,
                                                   NULL)
                              : g_strdup ("");
  set_state (self, record);
  return self;
}

GPtrArray *
ent_profile_referrers (EntStore   *store,
                       EntKey      key,
                       const char *type,
                       const char *field,
                       guint       limit)
{
  const EntRecordType *referrer = ent_store_get_record_type (store, type);
  const EntField *info = referrer != NULL ? ent_record_type_lookup (referrer, field) : NULL;
  GPtrArray *records = info != NULL ? ent_store_get_referrers (store, key, info, limit, NULL) : NULL;

  return records != NULL ? records : g_ptr_array_new_with_free_func (g_object_unref);
}

/* --- Lines and links ------------------------------------------------------------------------------------------------------ */

static void
lines_free (gpointer data)
{
  EntProfileLines *self = data;

  g_ptr_array_unref (self->items);
  g_free (self);
}

static void
load_lines (EntStore       *store,
            EntProfileData *data,
            EntKey          key)
{
  const EntRecordType *type = ent_record_get_record_type (data->record);

  data->lines = g_ptr_array_new_with_free_func (lines_free);
  for (guint i = 0; i < type->children->len; i++)
    {
      const EntRecordType *child = g_ptr_array_index (type->children, i);
      g_autoptr (GPtrArray) records = ent_store_get_children (store, key, child, NULL);
      EntProfileLines *lines = g_new0 (EntProfileLines, 1);

      lines->type = child;
      lines->items = g_ptr_array_new_with_free_func (ent_profile_item_free);
      for (guint j = 0; records != NULL && j < records->len && j < MAX_LINES; j++)
        {
          EntRecord *line = g_ptr_array_index (records, j);

          g_ptr_array_add (lines->items, ent_profile_item_new (store, line, ent_record_type_lookup (child, "parent")));
        }
      data->types |= G_GUINT64_CONSTANT (1) << child->info->number;
      g_ptr_array_add (data->lines, lines);
    }
}

static void
link_free (gpointer data)
{
  EntProfileLink *self = data;

  g_free (self->kind);
  g_clear_pointer (&self->other, ent_profile_item_free);
  g_free (self);
}

static EntProfileLink *
link_new (EntStore  *store,
          EntRecord *record,
          EntKey     key)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  const EntField *kind = ent_record_type_lookup (type, "type");
  gboolean outgoing = ent_record_get_ref (record, "from") == key;
  EntKey other = ent_record_get_ref (record, outgoing ? "to" : "from");
  g_autofree char *label = ent_value_display (kind, ent_record_get_named (record, "type"), ENT_DISPLAY_SHORT, NULL, NULL);
  g_autoptr (EntRecord) target = ent_store_get (store, other, NULL);
  EntProfileLink *self;

  if (target == NULL)
    return NULL;
  self = g_new0 (EntProfileLink, 1);
  self->link = ent_record_get_key (record);
  self->outgoing = outgoing || ent_record_get_int (record, "symmetric", 0) != 0;
  /* Translators: a kind of link, seen from the record it leads to: "Resells (them to us)". */
  self->kind = self->outgoing ? g_steal_pointer (&label) : g_strdup_printf (_("%s, the other way"), label);
  self->other = ent_profile_item_new (store, target, NULL);
  return self;
}

static int
compare_links (gconstpointer a,
               gconstpointer b)
{
  const EntProfileLink *first = a, *second = b;
  int order = g_utf8_collate (first->kind, second->kind);

  return order != 0 ? order : g_utf8_collate (first->other->title, second->other->title);
}

static void
load_links (EntStore       *store,
            EntProfileData *data,
            EntKey          key)
{
  static const char *const ends[] = { "from", "to" };

  data->links = g_ptr_array_new_with_free_func (link_free);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (GPtrArray) records = ent_profile_referrers (store, key, "link", ends[i], MAX_LINKS);

      for (guint j = 0; j < records->len; j++)
        {
          EntProfileLink *self = link_new (store, g_ptr_array_index (records, j), key);

          if (self != NULL)
            g_ptr_array_add (data->links, self);
        }
    }
  g_ptr_array_sort_values (data->links, compare_links);
}

/* --- The line below the name -------------------------------------------------------------------------------------------------- */

static void
add_piece (GString    *line,
           const char *piece)
{
  if (piece != NULL && *piece != '\0')
    g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", piece);
}

static void
add_field (EntStore   *store,
           EntRecord  *record,
           GString    *line,
           const char *name,
           const char *format)
{
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (record), name);
  g_autofree char *text = NULL;
  g_autofree char *piece = NULL;

  if (field == NULL || ent_value_is_null (ent_record_get_named (record, name)))
    return;
  text = ent_value_display (field, ent_record_get_named (record, name), ENT_DISPLAY_SHORT, ent_store_name, store);
  piece = format != NULL ? g_strdup_printf (format, text) : g_strdup (text);
  add_piece (line, piece);
}

static void
add_year (EntRecord  *record,
          GString    *line)
{
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (record), "partner_since");
  gint64 since = field != NULL ? ent_record_get_int (record, "partner_since", G_MININT64) : G_MININT64;
  g_autofree char *piece = NULL;
  int year, month, day;

  if (since == G_MININT64)
    return;
  ent_date_to_ymd (since, &year, &month, &day);
  /* Translators: %d is a year. */
  piece = g_strdup_printf (_("partner since %d"), year);
  add_piece (line, piece);
}

static char *
make_line (EntStore  *store,
           EntRecord *record)
{
  static const char *const names[] = { "job_title", "org", "account", "counterparty", "partner", "for",
                                       "kind", "partner_type", "region", "country" };
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add_field (store, record, line, names[i], NULL);
  /* Translators: who looks after a record. */
  add_field (store, record, line, ent_value_is_null (ent_record_get_named (record, "owner")) ? "partner_manager" : "owner",
             _("Owner %s"));
  add_year (record, line);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
load_level (EntStore       *store,
            EntProfileData *data)
{
  EntKey key = ent_record_type_lookup (ent_record_get_record_type (data->record), "level") != NULL
                 ? ent_record_get_ref (data->record, "level") : 0;
  g_autoptr (EntRecord) level = key != 0 ? ent_store_get (store, key, NULL) : NULL;

  if (level == NULL)
    return;
  data->level = g_strdup (ent_record_get_title (level));
  data->level_rank = (int) ent_record_get_int (level, "rank", 0);
}

/* --- All of it ------------------------------------------------------------------------------------------------------------------ */

static void
figure_free (gpointer data)
{
  EntProfileFigure *self = data;

  g_free (self->label);
  g_free (self->value);
  g_clear_pointer (&self->why, ent_why_unref);
  g_free (self);
}

void
ent_profile_data_free (EntProfileData *self)
{
  g_clear_object (&self->record);
  g_free (self->level);
  g_free (self->line);
  g_clear_pointer (&self->figures, g_ptr_array_unref);
  g_clear_pointer (&self->due, g_ptr_array_unref);
  g_clear_pointer (&self->timeline, g_ptr_array_unref);
  g_clear_pointer (&self->sections, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_free (self);
}

gpointer
ent_profile_load_job (EntStore      *store,
                      gpointer       user_data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  const EntProfileWish *wish = user_data;
  EntRecord *record = ent_store_get (store, wish->key, error);
  EntProfileData *data;

  if (record == NULL)
    return NULL;
  data = g_new0 (EntProfileData, 1);
  data->record = record;
  data->is_binned = !ent_value_is_null (ent_record_get (record, ENT_COMMON_DELETED_AT));
  data->line = make_line (store, record);
  data->types = G_GUINT64_CONSTANT (1) << ent_key_type_number (wish->key);
  load_level (store, data);
  data->figures = ent_profile_figures_new (store, record, wish);
  g_ptr_array_set_free_func (data->figures, figure_free);
  data->due = ent_profile_due_new (store, wish);
  data->timeline = ent_profile_timeline_new (store, wish);
  load_lines (store, data, wish->key);
  _ent_profile_load_sections (store, data, wish->key, cancellable);
  load_links (store, data, wish->key);
  data->types |= G_GUINT64_CONSTANT (1) << ent_store_get_record_type (store, "activity")->info->number |
                 G_GUINT64_CONSTANT (1) << ent_store_get_record_type (store, "link")->info->number;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      ent_profile_data_free (data);
      return NULL;
    }
  return data;
}
