/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line below the list: how many, how much, how many selected. */
#include "config.h"

#include "pages/partners/ent-records-page-private.h"

#include <glib/gi18n.h>

static const EntField *
find_sum_field (const EntRecordType *type)
{
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);

      if (field->info.type == ENT_FIELD_MONEY && (field->info.flags & ENT_FIELD_COLUMN))
        return field;
    }
  return NULL;
}

void
ent_records_page_update_footer (EntRecordsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (ent_record_table_get_list (self->table)));
  guint64 n_selected = ent_record_table_get_n_selected (self->table);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *count = g_strdup_printf ("%'u", n);
  g_autofree char *noun = g_utf8_strdown (ent_records_page_get_noun (self, n), -1);

  if (!self->compact || n_selected == 0)
    g_string_append_printf (text, "%s %s", count, noun);
  if (self->sum_text != NULL && (!self->compact || n_selected == 0))
    g_string_append_printf (text, " · %s", self->sum_text);
  if (n_selected > 0)
    {
      g_autofree char *selected = g_strdup_printf ("%'" G_GUINT64_FORMAT, n_selected);

      if (text->len > 0)
        g_string_append (text, " · ");
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%s selected", "%s selected", (gulong) n_selected),
                              selected);
    }
  gtk_label_set_label (self->footer_label, text->str);
}

/* --- What acts on selected records -------------------------------------------------------------------------- */

void
ent_records_page_label_selection_buttons (EntRecordsPage *self)
{
  for (guint i = 0; self->selection_buttons != NULL && i < self->selection_buttons->len; i++)
    {
      GtkWidget *content = gtk_button_get_child (g_ptr_array_index (self->selection_buttons, i));
      const char *label = g_object_get_data (G_OBJECT (content), "label");

      if (label != NULL)
        adw_button_content_set_label (ADW_BUTTON_CONTENT (content), self->compact ? "" : label);
    }
}

void
ent_records_page_ensure_selection_buttons (EntRecordsPage *self)
{
  static const char * const names[] = { "unselect", "edit", "export", "delete" };
  g_autoptr (GtkBuilder) builder = NULL;

  if (self->selection_buttons != NULL)
    return;
  builder = gtk_builder_new_from_resource (RESOURCE_PATH "/ui/pages/partners/ent-records-page-selection.ui");
  self->selection_buttons = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *button = GTK_WIDGET (gtk_builder_get_object (builder, names[i]));
      GtkWidget *content = gtk_button_get_child (GTK_BUTTON (button));

      if (ADW_IS_BUTTON_CONTENT (content))
        g_object_set_data_full (G_OBJECT (content), "label",
                                g_strdup (adw_button_content_get_label (ADW_BUTTON_CONTENT (content))), g_free);
      g_object_bind_property (self, "has-selection", button, "visible", G_BINDING_SYNC_CREATE);
      gtk_box_append (self->footer, button);
      g_ptr_array_add (self->selection_buttons, button);
    }
  ent_records_page_label_selection_buttons (self);
}

/* --- The sum ------------------------------------------------------------------------------------------------ */

typedef struct
{
  EntRecordsPage      *page; /* (owned): main thread only */
  const EntRecordType *type;
  const EntField      *field;
  EntFilter           *filter;
  char                *search;
  guint                generation;
} SumWish;

static void
sum_wish_clear (gpointer data)
{
  SumWish *self = data;

  g_clear_pointer (&self->filter, ent_filter_unref);
  g_free (self->search);
}

static void
sum_wish_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, sum_wish_clear);
}

static gpointer
sum_job (EntStore      *store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  SumWish *wish = data;
  EntQuery query = { .type = wish->type, .filter = wish->filter, .search = wish->search };
  g_autoptr (GArray) sums = ent_store_sum (store, &query, wish->field, cancellable, error);
  GString *text;

  if (sums == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < sums->len; i++)
    {
      const EntValue *value = &g_array_index (sums, EntValue, i);
      g_autofree char *amount = ent_value_display (wish->field, value, ENT_DISPLAY_SHORT, NULL, NULL);

      g_string_append_printf (text, "%s%s", i > 0 ? " + " : "", amount);
    }
  if (text->len > 0)
    g_string_append_printf (text, " %s", ent_field_get_label (wish->field));
  return g_string_free (text, FALSE);
}

static void
summed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  SumWish *wish = user_data;
  g_autoptr (EntRecordsPage) self = wish->page;
  g_autofree char *text = ent_store_run_finish (ENT_STORE (source), result, NULL);

  /* A sum that cannot be had is left out; the list itself tells errors. */
  if (wish->generation == self->sum_generation && self->table != NULL)
    {
      g_set_str (&self->sum_text, text != NULL && *text != '\0' ? text : NULL);
      ent_records_page_update_footer (self);
    }
  sum_wish_release (wish);
}

void
ent_records_page_update_sum (EntRecordsPage *self)
{
  const EntField *field = find_sum_field (self->type);
  SumWish *wish;

  if (field == NULL)
    return;
  wish = g_atomic_rc_box_new0 (SumWish);
  wish->page = g_object_ref (self);
  wish->type = self->type;
  wish->field = field;
  wish->filter = ent_filter_bar_dup_filter (self->filters);
  wish->search = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  wish->generation = ++self->sum_generation;
  ent_store_run_async (ent_page_get_store (ENT_PAGE (self)), sum_job, g_atomic_rc_box_acquire (wish),
                       sum_wish_release, g_free, self->cancellable, summed_cb, wish);
}
