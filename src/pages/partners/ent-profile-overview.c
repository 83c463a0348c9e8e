/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-profile-overview.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pages/partners/ent-new-record-dialog.h"
#include "pages/partners/ent-profile-rows.h"
#include "widgets/ent-drafts.h"

#define MAX_NEIGHBORS 8
#define MAX_EVENTS 15
#define NOTE_DRAFT "note"

struct _EntProfileOverview
{
  GtkWidget parent_instance;

  EntContext *context;
  EntRecord  *record;
  GPtrArray  *rows;   /* of GtkWidget (unowned): what the groups show now */

  GtkWidget           *box;
  AdwWrapBox          *figures;
  GtkBox              *lines_box;
  AdwPreferencesGroup *due_group;
  AdwPreferencesGroup *timeline_group;
  AdwPreferencesGroup *neighbors_group;
  GtkWidget           *note; /* AdwEntryRow, stays while the rest is made anew */
};

G_DEFINE_FINAL_TYPE (EntProfileOverview, ent_profile_overview, GTK_TYPE_WIDGET)

static void
add_row (EntProfileOverview  *self,
         AdwPreferencesGroup *group,
         GtkWidget           *row)
{
  g_object_set_data (G_OBJECT (row), "group", group);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

/* --- Figures --------------------------------------------------------------------------------------------------------- */

static GtkWidget *
figure_new (EntContext             *context,
            const EntProfileFigure *figure)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new (figure->label);
  GtkWidget *value = ent_why_label_new (context);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");
  ent_why_label_set_label (ENT_WHY_LABEL (value), figure->value);
  ent_why_label_set_why (ENT_WHY_LABEL (value), figure->why);
  g_object_set (value, "xalign", 0.0f, "halign", GTK_ALIGN_START, NULL);
  gtk_widget_add_css_class (value, "title-4");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  g_object_set (card, "margin-top", 12, "margin-bottom", 12, "margin-start", 12, "margin-end", 12, NULL);
  gtk_box_append (GTK_BOX (card), label);
  gtk_box_append (GTK_BOX (card), value);
  return card;
}

static void
show_figures (EntProfileOverview   *self,
              const EntProfileData *data)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->figures))) != NULL)
    adw_wrap_box_remove (self->figures, child);
  for (guint i = 0; i < data->figures->len; i++)
    {
      GtkWidget *card = adw_bin_new ();

      adw_bin_set_child (ADW_BIN (card), figure_new (self->context, g_ptr_array_index (data->figures, i)));
      gtk_widget_add_css_class (card, "card");
      gtk_widget_set_size_request (card, 96, -1);
      adw_wrap_box_append (self->figures, card);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->figures), data->figures->len > 0);
}

/* --- Due --------------------------------------------------------------------------------------------------------------- */

static gboolean
done_func (EntTransaction  *transaction,
           gpointer         user_data,
           GError         **error)
{
  EntKey key = *(EntKey *) user_data;
  const EntRecordType *type = ent_schema_lookup_key (ent_transaction_get_schema (transaction), key);
  const EntField *done_on = ent_record_type_lookup (type, "done_on");
  g_auto (EntValue) done = ENT_VALUE_INIT;
  g_auto (EntValue) today = ENT_VALUE_INIT;

  ent_value_set_text (&done, "done");
  ent_value_set_int (&today, ent_date_today ());
  return ent_transaction_set (transaction, key, ent_record_type_lookup (type, "status"), &done, error) &&
         (done_on == NULL || ent_transaction_set (transaction, key, done_on, &today, error));
}

static void
done_cb (GtkWidget          *check,
         EntProfileOverview *self)
{
  const EntKey *key = g_object_get_data (G_OBJECT (check), "key");
  /* Translators: %s is a task. */
  g_autofree char *label = g_strdup_printf (_("Finish %s"), (char *) g_object_get_data (G_OBJECT (check), "title"));

  ent_context_write (self->context, label, done_func, g_memdup2 (key, sizeof *key), g_free);
}

static GtkWidget *
due_row_new (EntProfileOverview   *self,
             const EntProfileItem *item)
{
  GtkWidget *row = ent_profile_row_new (self->context, item);
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_tooltip_text (check, _("Mark as Done"));
  g_object_set_data_full (G_OBJECT (check), "key", g_memdup2 (&item->source, sizeof item->source), g_free);
  g_object_set_data_full (G_OBJECT (check), "title", g_strdup (item->title), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (done_cb), self, 0);
  ent_profile_row_set_prefix (ENT_PROFILE_ROW (row), check);
  return row;
}

static void
add_task_cb (EntProfileOverview *self)
{
  EntStore *store = ent_context_get_store (self->context);
  g_autofree char *about = g_strdup_printf ("about=#%" G_GINT64_FORMAT, ent_record_get_key (self->record));
  const char *const assignments[] = { about, NULL };

  ent_new_record_dialog_present (GTK_WIDGET (self), self->context, ent_store_get_record_type (store, "task"), assignments);
}

static void
show_due (EntProfileOverview   *self,
          const EntProfileData *data)
{
  for (guint i = 0; i < data->due->len; i++)
    add_row (self, self->due_group, due_row_new (self, g_ptr_array_index (data->due, i)));
  if (data->due->len == 0)
    add_row (self, self->due_group, ent_profile_empty_row (_("Nothing is due"), _("Open tasks and plan items appear here.")));
}

/* --- Activities ------------------------------------------------------------------------------------------------------------ */

static const char *
field_of_activity (EntRecord *record)
{
  const char *type = ent_record_get_record_type (record)->info->name;

  return strcmp (type, "organization") == 0 ? "orgs" : strcmp (type, "person") == 0 ? "participants" : "about";
}

static char *
draft_name (EntProfileOverview *self)
{
  char id[ENT_ID_TEXT_LENGTH + 1];

  ent_id_to_text (ent_record_get_id (self->record), id);
  return g_strdup (id);
}

static void
note_changed_cb (EntProfileOverview *self)
{
  g_autofree char *name = self->record != NULL ? draft_name (self) : NULL;

  if (name != NULL)
    ent_drafts_put (ent_drafts_get_default (), ent_store_get_id (ent_context_get_store (self->context)), name, NOTE_DRAFT,
                    gtk_editable_get_text (GTK_EDITABLE (self->note)));
}

static gboolean
insert_func (EntTransaction  *transaction,
             gpointer         user_data,
             GError         **error)
{
  return ent_transaction_insert (transaction, user_data, error);
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (EntProfileOverview) self = user_data;
  g_autoptr (GError) error = NULL;

  if (ent_context_write_finish (ENT_CONTEXT (source), result, &error) < 0)
    ent_context_error (ENT_CONTEXT (source), _("The note could not be saved"), error);
  else if (self->note != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->note), "");
}

static void
note_apply_cb (EntProfileOverview *self)
{
  const EntRecordType *type = ent_store_get_record_type (ent_context_get_store (self->context), "activity");
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note))));
  g_autofree char *label = g_strdup_printf (_("Add Note to %s"), ent_record_get_title (self->record));
  EntKey key = ent_record_get_key (self->record);
  EntRecord *note;
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_auto (EntValue) at = ENT_VALUE_INIT;
  g_auto (EntValue) keys = ENT_VALUE_INIT;

  if (*text == '\0')
    return;
  note = ent_record_new (type);
  ent_value_set_text (&value, text);
  ent_value_set_int (&at, g_get_real_time () / G_TIME_SPAN_SECOND * G_TIME_SPAN_SECOND);
  ent_value_set_keys (&keys, &key, 1);
  ent_record_take (note, ENT_COMMON_TITLE, &value);
  ent_record_take (note, ent_record_type_lookup (type, "at")->index, &at);
  ent_record_take (note, ent_record_type_lookup (type, field_of_activity (self->record))->index, &keys);
  ent_context_write_async (self->context, label, FALSE, insert_func, note, g_object_unref, NULL, noted_cb,
                           g_object_ref (self));
}

static void
add_activity_cb (EntProfileOverview *self)
{
  EntStore *store = ent_context_get_store (self->context);
  g_autofree char *about = g_strdup_printf ("%s=#%" G_GINT64_FORMAT, field_of_activity (self->record),
                                            ent_record_get_key (self->record));
  const char *const assignments[] = { "kind=meeting", about, NULL };

  ent_new_record_dialog_present (GTK_WIDGET (self), self->context, ent_store_get_record_type (store, "activity"),
                                 assignments);
}

static void
show_timeline (EntProfileOverview   *self,
               const EntProfileData *data)
{
  GtkWidget *expander = NULL;

  for (guint i = 0; i < data->timeline->len; i++)
    {
      GtkWidget *row = ent_profile_row_new (self->context, g_ptr_array_index (data->timeline, i));

      if (i == MAX_EVENTS)
        {
          expander = adw_expander_row_new ();
          adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _("Earlier"));
          add_row (self, self->timeline_group, expander);
        }
      if (expander != NULL)
        adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
      else
        add_row (self, self->timeline_group, row);
    }
}

static void
take_draft (EntProfileOverview *self)
{
  g_autofree char *name = draft_name (self);
  g_autofree char *text = ent_drafts_get (ent_drafts_get_default (),
                                          ent_store_get_id (ent_context_get_store (self->context)), name, NOTE_DRAFT);

  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->note), text);
}

/* --- The rest ---------------------------------------------------------------------------------------------------------------- */

static void
show_lines (EntProfileOverview   *self,
            const EntProfileData *data)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines_box))) != NULL)
    gtk_box_remove (self->lines_box, child);
  for (guint i = 0; i < data->lines->len; i++)
    gtk_box_append (self->lines_box, ent_profile_lines_new (self->context, data->record,
                                                            g_ptr_array_index (data->lines, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->lines_box), data->lines->len > 0);
}

static void
show_neighbors (EntProfileOverview   *self,
                const EntProfileData *data)
{
  for (guint i = 0; i < data->links->len && i < MAX_NEIGHBORS; i++)
    {
      const EntProfileLink *link = g_ptr_array_index (data->links, i);
      GtkWidget *row = ent_profile_row_new (self->context, link->other);

      ent_profile_row_set_subtitle (ENT_PROFILE_ROW (row), link->kind);
      add_row (self, self->neighbors_group, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->neighbors_group), data->links->len > 0);
}

static void
clear_rows (EntProfileOverview *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (g_object_get_data (G_OBJECT (row), "group"), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
ent_profile_overview_dispose (GObject *object)
{
  EntProfileOverview *self = ENT_PROFILE_OVERVIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_PROFILE_OVERVIEW);
  self->note = NULL;
  g_clear_object (&self->record);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ent_profile_overview_parent_class)->dispose (object);
}

static void
ent_profile_overview_finalize (GObject *object)
{
  g_ptr_array_unref (ENT_PROFILE_OVERVIEW (object)->rows);
  G_OBJECT_CLASS (ent_profile_overview_parent_class)->finalize (object);
}

static void
ent_profile_overview_class_init (EntProfileOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_profile_overview_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_profile_overview_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/pages/partners/ent-profile-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, EntProfileOverview, box);
  gtk_widget_class_bind_template_child (widget_class, EntProfileOverview, figures);
  gtk_widget_class_bind_template_child (widget_class, EntProfileOverview, lines_box);
  gtk_widget_class_bind_template_child (widget_class, EntProfileOverview, due_group);
  gtk_widget_class_bind_template_child (widget_class, EntProfileOverview, timeline_group);
  gtk_widget_class_bind_template_child (widget_class, EntProfileOverview, neighbors_group);
}

static void
ent_profile_overview_init (EntProfileOverview *self)
{
  GtkWidget *task, *activity;

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  task = ent_profile_add_button (_("Add Task"));
  activity = ent_profile_add_button (_("Add Meeting, Call, or Email"));
  g_signal_connect_object (task, "clicked", G_CALLBACK (add_task_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (activity, "clicked", G_CALLBACK (add_activity_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (self->due_group, task);
  adw_preferences_group_set_header_suffix (self->timeline_group, activity);
  self->note = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->note), _("Write a note"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->note), TRUE);
  g_signal_connect_object (self->note, "apply", G_CALLBACK (note_apply_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->note, "changed", G_CALLBACK (note_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->timeline_group, self->note);
}

GtkWidget *
ent_profile_overview_new (EntContext *context)
{
  EntProfileOverview *self = g_object_new (ENT_TYPE_PROFILE_OVERVIEW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

void
ent_profile_overview_show (EntProfileOverview   *self,
                           const EntProfileData *data)
{
  gboolean is_new;

  g_return_if_fail (ENT_IS_PROFILE_OVERVIEW (self));

  is_new = self->record == NULL;
  g_set_object (&self->record, data->record);
  clear_rows (self);
  show_figures (self, data);
  show_lines (self, data);
  show_due (self, data);
  show_timeline (self, data);
  show_neighbors (self, data);
  gtk_widget_set_visible (self->note, !data->is_binned);
  if (is_new)
    take_draft (self);
}

void
ent_profile_overview_focus_note (EntProfileOverview *self)
{
  g_return_if_fail (ENT_IS_PROFILE_OVERVIEW (self));
  gtk_widget_grab_focus (self->note);
}
