/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/today/ent-today-private.h"

#include <glib/gi18n.h>

#include "model/ent-value.h"
#include "widgets/ent-chart.h"
#include "widgets/ent-why-label.h"

/* A button or row knows the record that it is about. */
typedef struct
{
  EntContext *context; /* (transfer full) */
  EntKey      key;
  char       *title;
  const char *page;
  gint64      seq;
} Target;

static Target *
target_new (EntContext *context,
            EntKey      key,
            const char *title)
{
  Target *self = g_new0 (Target, 1);

  self->context = g_object_ref (context);
  self->key = key;
  self->title = g_strdup (title);
  return self;
}

static void
target_free (gpointer  data,
             GClosure *closure)
{
  Target *self = data;

  g_object_unref (self->context);
  g_free (self->title);
  g_free (self);
}

static void
connect_target (gpointer    widget,
                const char *signal,
                GCallback   callback,
                Target     *target)
{
  g_signal_connect_data (widget, signal, callback, target, target_free, 0);
}

static void
open_cb (GtkWidget *widget,
         Target    *target)
{
  ent_context_open_record (target->context, target->key);
}

static void
snooze_cb (GtkWidget *widget,
           Target    *target)
{
  ent_snooze_dialog_present (widget, target->context, target->key, target->title);
}

/* 1970-01-01 was a Thursday. */
static void
not_this_week_cb (GtkWidget *widget,
                  Target    *target)
{
  gint64 today = ent_context_get_today (target->context);

  ent_today_snooze (target->context, target->key, today + 7 - (today + 3) % 7, _("Not this week"));
}

/* --- Pieces ------------------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_label (const char *text,
            const char *css_class,
            gboolean    wrap)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (wrap)
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
    }
  else
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_button (const char *label,
             const char *name,
             GCallback   callback,
             Target     *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "today-action");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  connect_target (button, "clicked", callback, target);
  return button;
}

static GtkWidget *
make_icon (const char *icon,
           const char *name,
           GCallback   callback,
           Target     *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "today-action");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  connect_target (button, "clicked", callback, target);
  return button;
}

static GtkWidget *
make_row (GtkWidget *child)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_add_css_class (child, "today-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  return row;
}

/* --- Attention ------------------------------------------------------------------------------------------------------------ */

static GtkWidget *
attention_actions (EntContext         *context,
                   const EntAttention *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *act = g_strdup_printf (_("%s: %s"), item->title, item->step);
  g_autofree char *snooze = g_strdup_printf (_("Snooze %s"), item->title);
  g_autofree char *skip = g_strdup_printf (_("%s: not this week"), item->title);
  GtkWidget *first;

  first = make_button (item->step, act, G_CALLBACK (open_cb), target_new (context, item->act_on, item->title));
  gtk_button_set_can_shrink (GTK_BUTTON (first), TRUE);
  gtk_box_append (GTK_BOX (box), first);
  first = make_icon ("alarm-symbolic", snooze, G_CALLBACK (snooze_cb), target_new (context, item->partner, item->title));
  gtk_box_append (GTK_BOX (box), first);
  first = make_icon ("media-skip-forward-symbolic", skip, G_CALLBACK (not_this_week_cb),
                     target_new (context, item->partner, item->title));
  gtk_box_append (GTK_BOX (box), first);
  return box;
}

GtkWidget *
ent_today_attention_row (EntContext         *context,
                         const EntAttention *item,
                         const char         *currency)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *title = make_label (item->title, "heading", FALSE), *hours = ent_why_label_new (context), *row;
  g_autofree char *text = g_strdup_printf (_("%u h"), item->hours);
  g_autofree char *name = g_strdup_printf ("%s. %s", item->title, item->reason);

  ent_why_label_set_label (ENT_WHY_LABEL (hours), text);
  ent_why_label_set_why (ENT_WHY_LABEL (hours), item->why);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), hours);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), make_label (item->reason, "dimmed", TRUE));
  gtk_box_append (GTK_BOX (box), attention_actions (context, item));
  row = make_row (box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  connect_target (row, "activate", G_CALLBACK (open_cb), target_new (context, item->partner, item->title));
  g_object_set_data (G_OBJECT (row), "ent-key", GSIZE_TO_POINTER ((gsize) item->partner));
  return row;
}

/* --- Due ------------------------------------------------------------------------------------------------------------------- */

void
ent_today_finish (EntContext *context,
                  EntKey      task,
                  const char *title)
{
  const EntTaskDone done = { task, ent_context_get_today (context) };
  g_autofree char *label = g_strdup_printf (_("Finish %s"), title);

  ent_context_write (context, label, ent_task_finish, g_memdup2 (&done, sizeof done), g_free);
}

static void
done_cb (GtkCheckButton *button,
         Target         *target)
{
  if (!gtk_check_button_get_active (button))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  ent_today_finish (target->context, target->key, target->title);
}

static const char *
icon_of (EntDueKind kind)
{
  switch (kind)
    {
    case ENT_DUE_PRE_READ:
    case ENT_DUE_GATE:
      return "ent-plan-symbolic";
    case ENT_DUE_CLAIM:
      return "ent-funding-symbolic";
    case ENT_DUE_REGISTRATION:
      return "ent-deal-symbolic";
    case ENT_DUE_AGREEMENT_END:
    case ENT_DUE_AGREEMENT_NOTICE:
      return "ent-agreement-symbolic";
    case ENT_DUE_TASK:
    default:
      return "ent-task-symbolic";
    }
}

/* What the desktop told can be found again: with a bell that says when. */
static GtkWidget *
make_bell (const EntReminder *reminder,
           gint64             today)
{
  GtkWidget *bell = gtk_image_new_from_icon_name ("ent-bell-symbolic");
  g_autofree char *text = ent_reminder_describe (reminder, today);

  gtk_widget_add_css_class (bell, "dimmed");
  gtk_widget_set_tooltip_text (bell, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bell), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return bell;
}

GtkWidget *
ent_today_due_row (EntContext        *context,
                   const EntDue      *due,
                   const EntReminder *reminder)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *snooze = gtk_button_new_from_icon_name ("alarm-symbolic"), *row, *lead;
  g_autofree char *name = g_strdup_printf (_("Snooze %s"), due->title), *done = g_strdup_printf (_("Finish %s"), due->title);

  if (due->kind == ENT_DUE_TASK)
    {
      lead = gtk_check_button_new ();
      gtk_widget_set_tooltip_text (lead, done);
      connect_target (lead, "toggled", G_CALLBACK (done_cb), target_new (context, due->key, due->title));
    }
  else
    {
      lead = gtk_image_new_from_icon_name (icon_of (due->kind));
      gtk_widget_set_margin_start (lead, 4);
      gtk_widget_set_margin_end (lead, 4);
    }
  gtk_widget_set_valign (lead, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), lead);
  gtk_box_append (GTK_BOX (texts), make_label (due->title, NULL, TRUE));
  gtk_box_append (GTK_BOX (texts), make_label (due->reason, "dimmed", TRUE));
  gtk_widget_add_css_class (gtk_widget_get_last_child (texts), "caption");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  if (reminder != NULL)
    gtk_box_append (GTK_BOX (box), make_bell (reminder, ent_context_get_today (context)));
  gtk_widget_add_css_class (snooze, "flat");
  gtk_widget_set_valign (snooze, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (snooze, name);
  connect_target (snooze, "clicked", G_CALLBACK (snooze_cb), target_new (context, due->key, due->title));
  gtk_box_append (GTK_BOX (box), snooze);
  row = make_row (box);
  connect_target (row, "activate", G_CALLBACK (open_cb), target_new (context, due->open, due->title));
  g_object_set_data (G_OBJECT (row), "ent-key", GSIZE_TO_POINTER ((gsize) due->open));
  return row;
}

/* --- Snoozed --------------------------------------------------------------------------------------------------------------- */

static void
free_snooze (gpointer data)
{
  ent_snooze_free (data);
}

static void
show_again_cb (GtkWidget *widget,
               Target    *target)
{
  EntSnooze *snooze = ent_snooze_new (target->key, 0, ent_context_get_today (target->context), NULL);
  g_autofree char *label = g_strdup_printf (_("Show %s again"), target->title);

  ent_context_write (target->context, label, ent_snooze_end, snooze, free_snooze);
}

GtkWidget *
ent_today_snoozed_row (EntContext       *context,
                       const EntSnoozed *snoozed)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  const char *title = snoozed->title != NULL ? snoozed->title : "";
  g_autofree char *day = ent_date_display (snoozed->until, ENT_DISPLAY_SHORT);
  g_autofree char *detail = g_strdup_printf (_("Until %s · %s"), day, snoozed->reason);
  g_autofree char *name = g_strdup_printf (_("Show %s again"), title);
  GtkWidget *button = make_button (_("Show Again"), name, G_CALLBACK (show_again_cb), target_new (context, snoozed->about, title));
  GtkWidget *row;

  gtk_box_append (GTK_BOX (texts), make_label (title, NULL, TRUE));
  gtk_box_append (GTK_BOX (texts), make_label (detail, "dimmed", TRUE));
  gtk_widget_add_css_class (gtk_widget_get_last_child (texts), "caption");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), button);
  row = make_row (box);
  connect_target (row, "activate", G_CALLBACK (open_cb), target_new (context, snoozed->about, title));
  g_object_set_data (G_OBJECT (row), "ent-key", GSIZE_TO_POINTER ((gsize) snoozed->about));
  return row;
}

/* --- Changed ----------------------------------------------------------------------------------------------------------------- */

static void
undo_cb (GtkWidget *widget,
         Target    *target)
{
  ent_context_undo (target->context, target->seq);
}

GtkWidget *
ent_today_changed_row (EntContext       *context,
                       const EntChanged *changed)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *when = ent_datetime_display (changed->at, ENT_DISPLAY_SHORT);
  g_autofree char *count = g_strdup_printf (ngettext ("%'d change", "%'d changes", (gulong) changed->n_changes),
                                            (int) changed->n_changes);
  g_autofree char *detail = g_strdup_printf ("%s · %s · %s", changed->author != NULL ? changed->author : "", when, count);
  g_autofree char *name = g_strdup_printf (_("Undo %s"), changed->label);
  GtkWidget *row;

  gtk_box_append (GTK_BOX (texts), make_label (changed->label, NULL, TRUE));
  gtk_box_append (GTK_BOX (texts), make_label (detail, "dimmed", TRUE));
  gtk_widget_add_css_class (gtk_widget_get_last_child (texts), "caption");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  if (changed->undone)
    gtk_box_append (GTK_BOX (box), make_label (_("Undone"), "dimmed", FALSE));
  else
    {
      Target *target = target_new (context, 0, changed->label);
      GtkWidget *button;

      target->seq = changed->seq;
      button = make_button (_("Undo"), name, G_CALLBACK (undo_cb), target);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), button);
    }
  row = make_row (box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

/* --- Figures -------------------------------------------------------------------------------------------------------------------- */

static void
page_cb (GtkWidget *widget,
         Target    *target)
{
  ent_context_navigate (target->context, target->page, NULL);
}

GtkWidget *
ent_today_pulse_tile (EntContext     *context,
                      const EntPulse *pulse)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3), *chart = ent_chart_new (pulse->label);
  GtkWidget *label = gtk_button_new_with_label (pulse->label), *value = ent_why_label_new (context);
  g_autofree char *tip = g_strdup_printf (_("Show the records of %s"), pulse->label);
  Target *target = target_new (context, 0, pulse->label);

  target->page = pulse->page;
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "pulse");
  gtk_widget_add_css_class (label, "pulse-label");
  gtk_widget_add_css_class (label, "flat");
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (label, tip);
  connect_target (label, "clicked", G_CALLBACK (page_cb), target);
  gtk_widget_add_css_class (value, "title-2");
  gtk_widget_set_halign (value, GTK_ALIGN_START);
  ent_why_label_set_label (ENT_WHY_LABEL (value), pulse->value);
  ent_why_label_set_why (ENT_WHY_LABEL (value), pulse->why);
  ent_chart_set_data (ENT_CHART (chart), pulse->spark);
  gtk_widget_set_hexpand (chart, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), value);
  gtk_box_append (GTK_BOX (box), chart);
  gtk_box_append (GTK_BOX (box), make_label (pulse->goal != NULL ? pulse->goal : "", "dimmed", FALSE));
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "caption");
  return box;
}
