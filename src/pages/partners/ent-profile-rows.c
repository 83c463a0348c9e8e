/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-profile-rows.h"

#include <glib/gi18n.h>

#include "pages/partners/ent-new-record-dialog.h"

GtkWidget *
ent_profile_add_button (const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  return button;
}

GtkWidget *
ent_profile_empty_row (const char *title,
                       const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

/* --- Sections ---------------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntContext          *context;
  const EntRecordType *type;
  char                *assignment;
} Addition;

static void
addition_free (gpointer  data,
               GClosure *closure)
{
  Addition *self = data;

  g_object_unref (self->context);
  g_free (self->assignment);
  g_free (self);
}

static void
add_clicked_cb (GtkWidget *button,
                gpointer   user_data)
{
  Addition *self = user_data;
  const char *const assignments[] = { self->assignment, NULL };

  ent_new_record_dialog_present (button, self->context, self->type, assignments);
}

static GtkWidget *
new_add_button (EntContext              *context,
                EntRecord               *record,
                const EntProfileSection *section)
{
  /* Translators: %s is a kind of record, such as Person. */
  g_autofree char *tooltip = g_strdup_printf (_("Add %s"), ent_record_type_get_label (section->type, FALSE));
  GtkWidget *button = ent_profile_add_button (tooltip);
  Addition *addition = g_new0 (Addition, 1);

  addition->context = g_object_ref (context);
  addition->type = section->type;
  addition->assignment = g_strdup_printf ("%s=#%" G_GINT64_FORMAT, section->field->info.name, ent_record_get_key (record));
  g_signal_connect_data (button, "clicked", G_CALLBACK (add_clicked_cb), addition, addition_free, 0);
  return button;
}

static gboolean
can_add (const EntProfileSection *section)
{
  /* Lines are added where they belong, ledger rows by rules. */
  return !ent_record_type_is_child (section->type) && !(section->type->info->flags & ENT_RECORD_TYPE_APPEND_ONLY);
}

static char *
count_text (const EntProfileSection *section)
{
  if (section->count > section->items->len)
    /* Translators: how many of how many rows are shown. */
    return g_strdup_printf (_("First %1$u of %2$" G_GINT64_FORMAT), section->items->len, section->count);
  return section->count > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, section->count) : NULL;
}

GtkWidget *
ent_profile_section_new (EntContext              *context,
                         EntRecord               *record,
                         const EntProfileSection *section)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *count = count_text (section);
  g_autofree char *title = count != NULL
                             ? g_markup_printf_escaped ("%s  <span weight=\"normal\" alpha=\"60%%\">%s</span>",
                                                        section->title, count)
                             : g_markup_escape_text (section->title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (can_add (section) && ent_value_is_null (ent_record_get (record, ENT_COMMON_DELETED_AT)))
    adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), new_add_button (context, record, section));
  for (guint i = 0; i < section->items->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               ent_profile_row_new (context, g_ptr_array_index (section->items, i)));
  if (section->items->len == 0)
    {
      g_autofree char *lower = g_utf8_strdown (ent_record_type_get_label (section->type, TRUE), -1);
      /* Translators: %s is a kind of record in the plural: "No deals yet". */
      g_autofree char *text = g_strdup_printf (_("No %s yet"), lower);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), ent_profile_empty_row (text, section->type->info->help != NULL
                                                                   ? _(section->type->info->help) : NULL));
    }
  return group;
}
