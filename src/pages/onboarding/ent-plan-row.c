/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/onboarding/ent-plan-row.h"

#include <glib/gi18n.h>

#include "pages/onboarding/ent-timeline.h"
#include "widgets/ent-pill.h"

struct _EntPlanRow
{
  GtkListBoxRow parent_instance;

  EntKey    key;
  char     *section;
  gboolean  is_filling;

  GtkWidget *check;
  GtkWidget *lock;
  GtkWidget *title;
  GtkWidget *facts;
  GtkWidget *pill;
};

static guint toggled_signal;

G_DEFINE_FINAL_TYPE (EntPlanRow, ent_plan_row, GTK_TYPE_LIST_BOX_ROW)

static void
toggled_cb (EntPlanRow *self)
{
  if (!self->is_filling)
    g_signal_emit (self, toggled_signal, 0, gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check)));
}

/* "Leila Haddad · 14 Nov · Gate" */
static char *
write_facts (EntPlanData          *data,
             const EntOnboardItem *item)
{
  EntKey owner = ent_record_get_ref (item->record, "owner");
  const char *name = owner != 0 ? ent_plan_data_get_name (data, owner) : NULL;
  GString *text = g_string_new (NULL);

  if (item->is_done && item->done_on != ENT_ONBOARD_NO_DATE)
    {
      g_autofree char *day = ent_date_display (item->done_on, ENT_DISPLAY_SHORT);

      /* Translators: %s is a date. */
      g_string_append_printf (text, _("Done %s"), day);
    }
  else if (!item->is_open)
    g_string_append (text, _("Dropped"));
  else if (item->due != ENT_ONBOARD_NO_DATE)
    {
      g_autofree char *day = ent_date_display (item->due, ENT_DISPLAY_SHORT);

      /* Translators: %s is a date. */
      g_string_append_printf (text, _("Due %s"), day);
    }
  if (name != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", name);
  if (item->n_waiting > 0 && item->is_open)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _("Waits"));
  return g_string_free (text, FALSE);
}

static void
show_pill (EntPlanRow           *self,
           const EntOnboardItem *item,
           const EntGate        *gate)
{
  g_autofree char *slip = NULL;

  if (item->is_open && gate != NULL && gate->state == ENT_GATE_NOT_MET)
    {
      ent_pill_set_tone (ENT_PILL (self->pill), item->is_late ? ENT_TONE_BAD : ENT_TONE_WARNING);
      ent_pill_set_label (ENT_PILL (self->pill), ent_gate_state_get_label (gate->state));
      return;
    }
  if (item->is_open && item->slip > 0)
    slip = g_strdup_printf (_("+%d d"), item->slip);
  ent_pill_set_tone (ENT_PILL (self->pill), item->is_late ? ENT_TONE_BAD : ENT_TONE_WARNING);
  ent_pill_set_label (ENT_PILL (self->pill), slip);
}

void
ent_plan_row_set_item (EntPlanRow  *self,
                       EntPlanData *data,
                       guint        index)
{
  const EntOnboardItem *item = ent_onboard_run_get (data->run, index);
  g_autofree char *facts = write_facts (data, item);
  g_autofree char *words = ent_plan_item_describe (item);
  gboolean is_milestone = g_strcmp0 (item->type, "milestone") == 0;

  self->key = item->key;
  g_set_str (&self->section, item->section);
  self->is_filling = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), item->is_done);
  self->is_filling = FALSE;
  gtk_widget_set_sensitive (self->check, item->is_open || item->is_done);
  gtk_label_set_label (GTK_LABEL (self->title), item->title);
  gtk_label_set_label (GTK_LABEL (self->facts), facts);
  gtk_widget_set_visible (self->lock, item->is_gate || is_milestone);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->lock), is_milestone ? "starred-symbolic"
                                : item->is_open ? "changes-prevent-symbolic" : "changes-allow-symbolic");
  gtk_widget_set_tooltip_text (self->lock, is_milestone ? _("Milestone") : _("Gate"));
  if (item->is_open)
    gtk_widget_remove_css_class (self->title, "dimmed");
  else
    gtk_widget_add_css_class (self->title, "dimmed");
  show_pill (self, item, ent_plan_data_get_gate (data, index));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, item->title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

EntKey
ent_plan_row_get_key (EntPlanRow *self)
{
  return self->key;
}

const char *
ent_plan_row_get_section (EntPlanRow *self)
{
  return self->section;
}

void
ent_plan_row_toggle (EntPlanRow *self)
{
  if (gtk_widget_get_sensitive (self->check))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check),
                                 !gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check)));
}

static void
ent_plan_row_finalize (GObject *object)
{
  g_free (ENT_PLAN_ROW (object)->section);
  G_OBJECT_CLASS (ent_plan_row_parent_class)->finalize (object);
}

static void
ent_plan_row_class_init (EntPlanRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ent_plan_row_finalize;
  toggled_signal = g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    {
      gtk_widget_add_css_class (label, css_class);
      gtk_widget_add_css_class (label, "dimmed");
    }
  return label;
}

static void
ent_plan_row_init (EntPlanRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->check = gtk_check_button_new ();
  self->lock = gtk_image_new ();
  self->title = new_label (NULL);
  self->facts = new_label ("caption");
  self->pill = ent_pill_new (NULL, ENT_TONE_BAD);
  gtk_widget_set_valign (self->check, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->pill, GTK_ALIGN_CENTER);
  /* The row has the focus: Space ticks it. */
  gtk_widget_set_can_focus (self->check, FALSE);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), self->title);
  gtk_box_append (GTK_BOX (texts), self->facts);
  gtk_box_append (GTK_BOX (box), self->check);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), self->lock);
  gtk_box_append (GTK_BOX (box), self->pill);
  gtk_widget_add_css_class (box, "plan-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  g_signal_connect_swapped (self->check, "toggled", G_CALLBACK (toggled_cb), self);
}

GtkWidget *
ent_plan_row_new (void)
{
  return g_object_new (ENT_TYPE_PLAN_ROW, NULL);
}
