/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-level-review.h"

#include <glib/gi18n.h>

#include "pages/partners/ent-level-approve.h"
#include "pages/partners/ent-level-data.h"

#define REFRESH_MILLISECONDS 120
#define MAX_ROWS 200 /* of a group; the rest comes up as those are approved */

#define ENT_TYPE_LEVEL_REVIEW (ent_level_review_get_type ())
G_DECLARE_FINAL_TYPE (EntLevelReview, ent_level_review, ENT, LEVEL_REVIEW, AdwDialog)

struct _EntLevelReview
{
  AdwDialog parent_instance;

  EntContext         *context;
  EntLevelReviewData *data; /* (nullable) */
  GCancellable       *cancellable;
  guint               generation;
  guint               refresh_id;

  GtkStack     *stack;
  GtkBox       *groups;
  GtkActionBar *bar;
  GtkButton    *approve_all_button;
};

G_DEFINE_FINAL_TYPE (EntLevelReview, ent_level_review, ADW_TYPE_DIALOG)

/* --- Rows ----------------------------------------------------------------------------------------------------------------- */

static void
approve_cb (EntLevelReview *self,
            GtkWidget      *button)
{
  EntKey *partner = g_object_get_data (G_OBJECT (button), "partner");

  gtk_widget_set_sensitive (button, FALSE);
  ent_level_approve (self->context, partner, 1);
}

static void
open_cb (EntLevelReview *self,
         AdwActionRow   *row)
{
  EntKey *key = g_object_get_data (G_OBJECT (row), "partner");

  adw_dialog_close (ADW_DIALOG (self));
  ent_context_open_record (self->context, *key);
}

static GtkWidget *
approve_button_new (EntLevelReview         *self,
                    const EntLevelProposal *proposal)
{
  GtkWidget *button = gtk_button_new_with_label (_("Approve"));
  /* Translators: a partner, then a proposal such as “Upgrade to Premier”. */
  g_autofree char *name = g_strdup_printf (_("%s: approve %s"), proposal->title, proposal->proposal);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "partner", g_memdup2 (&proposal->partner, sizeof (EntKey)), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (approve_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
proposal_row_new (EntLevelReview         *self,
                  const EntLevelProposal *proposal)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", proposal->proposal, proposal->reason);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), proposal->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), approve_button_new (self, proposal));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "partner", g_memdup2 (&proposal->partner, sizeof (EntKey)), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
contradiction_row_new (EntLevelReview         *self,
                       const EntContradiction *contradiction)
{
  GtkWidget *row = adw_action_row_new ();
  EntKey key = contradiction->first;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), contradiction->what);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), contradiction->next_step);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "partner", g_memdup2 (&key, sizeof key), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  return row;
}

/* --- Groups ---------------------------------------------------------------------------------------------------------------- */

static GtkWidget *
add_group (EntLevelReview *self,
           const char     *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (self->groups, group);
  return group;
}

static void
show_kind (EntLevelReview  *self,
           EntProposalKind  kind,
           const char      *title)
{
  GtkWidget *group = NULL;
  guint n = 0;

  for (guint i = 0; i < self->data->proposals->len && n < MAX_ROWS; i++)
    {
      const EntLevelProposal *proposal = g_ptr_array_index (self->data->proposals, i);

      if (proposal->kind != kind)
        continue;
      if (group == NULL)
        group = add_group (self, title);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), proposal_row_new (self, proposal));
      n++;
    }
}

static void
show_contradictions (EntLevelReview *self)
{
  GtkWidget *group;

  if (self->data->contradictions->len == 0)
    return;
  group = add_group (self, _("Rules That Contradict"));
  for (guint i = 0; i < self->data->contradictions->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               contradiction_row_new (self, g_ptr_array_index (self->data->contradictions, i)));
}

static void
show (EntLevelReview *self)
{
  guint n = self->data->proposals->len;
  g_autofree char *label = g_strdup_printf (g_dngettext (NULL, "Approve _All %u", "Approve _All %u", n), n);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
  show_contradictions (self);
  show_kind (self, ENT_PROPOSAL_UPGRADE, _("Upgrades"));
  show_kind (self, ENT_PROPOSAL_DOWNGRADE, _("Downgrades"));
  show_kind (self, ENT_PROPOSAL_ASSIGN, _("First Levels"));
  gtk_button_set_label (self->approve_all_button, label);
  gtk_action_bar_set_revealed (self->bar, n > 1);
  gtk_stack_set_visible_child_name (self->stack, n > 0 || self->data->contradictions->len > 0 ? "proposals" : "empty");
}

static void
approve_all_cb (EntLevelReview *self)
{
  g_autoptr (GArray) partners = g_array_new (FALSE, FALSE, sizeof (EntKey));

  for (guint i = 0; i < self->data->proposals->len; i++)
    g_array_append_val (partners, ((EntLevelProposal *) g_ptr_array_index (self->data->proposals, i))->partner);
  ent_level_approve (self->context, (EntKey *) partners->data, partners->len);
}

/* --- Loading ----------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntLevelReview *dialog; /* (owned): main thread only */
  guint           generation;
} Load;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Load *load = user_data;
  g_autoptr (EntLevelReview) self = load->dialog;
  g_autoptr (GError) error = NULL;
  EntLevelReviewData *data = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (load->generation != self->generation || self->context == NULL)
    {
      g_clear_pointer (&data, ent_level_review_data_free);
      return;
    }
  if (data == NULL)
    {
      ent_context_error (self->context, _("The levels could not be computed"), error);
      return;
    }
  g_clear_pointer (&self->data, ent_level_review_data_free);
  self->data = data;
  show (self);
}

static void
load (EntLevelReview *self)
{
  EntLevelWish *wish = g_new0 (EntLevelWish, 1);
  Load *state = g_new0 (Load, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  wish->today = ent_context_get_today (self->context);
  state->dialog = g_object_ref (self);
  state->generation = ++self->generation;
  ent_store_run_async (ent_context_get_store (self->context), ent_level_review_job, wish,
                       (GDestroyNotify) ent_level_wish_free, (GDestroyNotify) ent_level_review_data_free,
                       self->cancellable, loaded_cb, state);
}

static gboolean
refresh_cb (gpointer user_data)
{
  EntLevelReview *self = user_data;

  self->refresh_id = 0;
  if (ent_context_get_store (self->context) != NULL)
    load (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (EntLevelReview *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (REFRESH_MILLISECONDS, refresh_cb, self);
}

/* --- The dialog --------------------------------------------------------------------------------------------------------------- */

static void
ent_level_review_dispose (GObject *object)
{
  EntLevelReview *self = ENT_LEVEL_REVIEW (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  self->generation++;
  g_clear_pointer (&self->data, ent_level_review_data_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_LEVEL_REVIEW);
  G_OBJECT_CLASS (ent_level_review_parent_class)->dispose (object);
}

static void
ent_level_review_class_init (EntLevelReviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_level_review_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/pages/partners/ent-level-review.ui");
  gtk_widget_class_bind_template_child (widget_class, EntLevelReview, stack);
  gtk_widget_class_bind_template_child (widget_class, EntLevelReview, groups);
  gtk_widget_class_bind_template_child (widget_class, EntLevelReview, bar);
  gtk_widget_class_bind_template_child (widget_class, EntLevelReview, approve_all_button);
  gtk_widget_class_bind_template_callback (widget_class, approve_all_cb);
}

static void
ent_level_review_init (EntLevelReview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ent_level_review_present (GtkWidget  *parent,
                          EntContext *context)
{
  EntLevelReview *self = g_object_new (ENT_TYPE_LEVEL_REVIEW, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
}

gboolean
ent_level_review_is_ready (AdwDialog *dialog)
{
  return ENT_IS_LEVEL_REVIEW (dialog) && ENT_LEVEL_REVIEW (dialog)->data != NULL;
}
