/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/exchange/ent-import-columns.h"

#include <glib/gi18n.h>

/* What the rows of a group share. */
typedef struct
{
  AdwPreferencesGroup *group; /* (unowned) */
  EntImportPlan       *plan;
  EntImportColumnFunc  changed;
  gpointer             user_data;
  GPtrArray           *targets; /* of char *: what the choices mean to the plan, "" first */
  GPtrArray           *rows;    /* of AdwComboRow (unowned) */
  gboolean             filling;
} Columns;

static void
columns_free (gpointer data)
{
  Columns *self = data;

  g_ptr_array_unref (self->targets);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static void
add_choice (Columns       *self,
            GtkStringList *labels,
            const char    *target,
            const char    *label)
{
  g_ptr_array_add (self->targets, g_strdup (target));
  gtk_string_list_append (labels, label);
}

static void
add_field (Columns        *self,
           GtkStringList  *labels,
           const EntField *field)
{
  g_autofree char *currency_target = NULL;
  g_autofree char *currency_label = NULL;

  if ((field->info.flags & ENT_FIELD_SYSTEM) && field->index != ENT_COMMON_CREATED_AT)
    return;
  if (field->index == ENT_COMMON_CREATED_AT)
    return;
  add_choice (self, labels, field->info.name, ent_field_get_label (field));
  if (field->info.type != ENT_FIELD_MONEY)
    return;
  currency_target = g_strconcat (field->info.name, ".currency", NULL);
  currency_label = g_strdup_printf (_("%s: Currency"), ent_field_get_label (field));
  add_choice (self, labels, currency_target, currency_label);
}

static GtkStringList *
make_labels (Columns *self)
{
  const EntRecordType *type = ent_import_plan_get_record_type (self->plan);
  GtkStringList *labels = gtk_string_list_new (NULL);

  add_choice (self, labels, "", _("Leave Out"));
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    add_field (self, labels, ent_record_type_get_nth (type, i));
  add_choice (self, labels, "id", _("Id"));
  add_choice (self, labels, "code", _("Short Code"));
  return labels;
}

static const char *
match_words (EntMatch match)
{
  switch (match)
    {
    case ENT_MATCH_CONTENT:
      return _("Recognized by its content: please check");
    case ENT_MATCH_REMEMBERED:
      return _("As the last time");
    case ENT_MATCH_NONE:
    case ENT_MATCH_NAME:
    case ENT_MATCH_ALIAS:
    case ENT_MATCH_USER:
    default:
      return NULL;
    }
}

static void
update_row (Columns     *self,
            AdwComboRow *row,
            guint        column)
{
  const EntImportColumn *info = ent_import_plan_get_column (self->plan, column);
  g_autofree char *target = ent_import_plan_dup_target (self->plan, column);
  g_autofree char *subtitle = NULL;
  const char *words = match_words (info->match);
  guint selected = 0;

  for (guint i = 0; i < self->targets->len; i++)
    if (g_str_equal (g_ptr_array_index (self->targets, i), target))
      selected = i;
  adw_combo_row_set_selected (row, selected);
  if (words != NULL && info->sample != NULL)
    subtitle = g_strdup_printf ("%s · %s", info->sample, words);
  else
    subtitle = g_strdup (words != NULL ? words : info->sample != NULL ? info->sample : _("Empty"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
}

/* A field that moves to another column leaves the one that had it: all rows are shown anew. */
static void
update_rows (Columns *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    update_row (self, g_ptr_array_index (self->rows, i), i);
  self->filling = FALSE;
}

static void
selected_cb (AdwComboRow *row,
             GParamSpec  *pspec,
             Columns     *self)
{
  guint selected = adw_combo_row_get_selected (row);
  guint column;

  if (self->filling || selected >= self->targets->len || !g_ptr_array_find (self->rows, row, &column))
    return;
  ent_import_plan_set_target (self->plan, column, g_ptr_array_index (self->targets, selected), NULL);
  update_rows (self);
  self->changed (self->user_data);
}

static GtkWidget *
make_row (Columns       *self,
          GtkStringList *labels,
          guint          column)
{
  const EntImportColumn *info = ent_import_plan_get_column (self->plan, column);
  GtkWidget *row = adw_combo_row_new ();
  GtkExpression *expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), info->name);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_combo_row_set_expression (ADW_COMBO_ROW (row), expression);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (row), TRUE);
  adw_combo_row_set_search_match_mode (ADW_COMBO_ROW (row), GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  gtk_expression_unref (expression);
  g_signal_connect (row, "notify::selected", G_CALLBACK (selected_cb), self);
  return row;
}

static void
remove_rows (AdwPreferencesGroup *group)
{
  Columns *old = g_object_get_data (G_OBJECT (group), "import-columns");

  if (old == NULL)
    return;
  for (guint i = 0; i < old->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (old->rows, i);

      g_signal_handlers_disconnect_by_func (row, selected_cb, old);
      adw_preferences_group_remove (group, row);
    }
}

void
ent_import_columns_fill (AdwPreferencesGroup *group,
                         EntImportPlan       *plan,
                         EntImportColumnFunc  changed,
                         gpointer             user_data)
{
  Columns *self = g_new0 (Columns, 1);
  g_autoptr (GtkStringList) labels = NULL;

  remove_rows (group);
  self->group = group;
  self->plan = plan;
  self->changed = changed;
  self->user_data = user_data;
  self->targets = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new ();
  labels = make_labels (self);
  self->filling = TRUE;
  for (guint i = 0; i < ent_import_plan_get_n_columns (plan); i++)
    {
      GtkWidget *row = make_row (self, labels, i);

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (group, row);
    }
  update_rows (self);
  g_object_set_data_full (G_OBJECT (group), "import-columns", self, columns_free);
}
