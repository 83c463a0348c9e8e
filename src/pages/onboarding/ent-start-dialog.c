/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/onboarding/ent-onboard-dialogs.h"

#include <glib/gi18n.h>

#include "widgets/ent-field-row.h"
#include "widgets/ent-record-picker.h"

/* Lives as long as its dialog. */
typedef struct
{
  AdwDialog     *dialog; /* (unowned) */
  EntContext    *context;
  char          *kind;
  EntKey         partner;
  GPtrArray     *templates; /* of EntRecord */
  AdwActionRow  *partner_row;
  AdwComboRow   *template_row;
  EntFieldRow   *start_row, *owner_row, *buddy_row;
  GtkWidget     *button;
  EntStartedFunc func;
  gpointer       user_data;
  GDestroyNotify destroy;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  if (ask->destroy != NULL)
    ask->destroy (ask->user_data);
  g_clear_pointer (&ask->templates, g_ptr_array_unref);
  g_clear_object (&ask->context);
  g_free (ask->kind);
  g_free (ask);
}

static Ask *
get_ask (AdwDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "ent-ask");
}

/* --- Starting ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  AdwDialog      *dialog; /* (owned): main thread only */
  EntOnboardStart start;
} Start;

static gboolean
start_func (EntTransaction  *transaction,
            gpointer         user_data,
            GError         **error)
{
  return ent_onboard_start (transaction, &((Start *) user_data)->start, error);
}

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Start *start = user_data;
  g_autoptr (AdwDialog) dialog = start->dialog;
  g_autoptr (GError) error = NULL;
  Ask *ask = get_ask (dialog);
  EntKey plan = start->start.plan;

  if (ent_context_write_finish (ENT_CONTEXT (source), result, &error) < 0)
    {
      ent_context_error (ENT_CONTEXT (source), _("Nothing was started"), error);
      gtk_widget_set_sensitive (ask->button, TRUE);
    }
  else
    {
      /* The dialog gives the keyboard back before it goes on to the plan. */
      adw_dialog_close (dialog);
      ask->func (ask->user_data, plan);
    }
  g_atomic_rc_box_release (start);
}

static void
start_release (gpointer start)
{
  g_atomic_rc_box_release (start);
}

static EntKey
get_key (EntFieldRow *row)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  return ent_field_row_get_value (row, &value, NULL) && value.kind == ENT_VALUE_INT ? value.integer : 0;
}

static void
start_cb (AdwDialog *dialog)
{
  Ask *ask = get_ask (dialog);
  guint chosen = adw_combo_row_get_selected (ask->template_row);
  g_auto (EntValue) day = ENT_VALUE_INIT;
  g_autofree char *label = NULL;
  g_autofree char *title = ent_store_dup_title (ent_context_get_store (ask->context), ask->partner);
  Start *start;

  if (ask->partner == 0 || chosen >= ask->templates->len)
    return;
  start = g_atomic_rc_box_new0 (Start);
  start->dialog = g_object_ref (dialog);
  start->start.partner = ask->partner;
  start->start.template = ent_record_get_key (g_ptr_array_index (ask->templates, chosen));
  start->start.owner = get_key (ask->owner_row);
  start->start.buddy = get_key (ask->buddy_row);
  start->start.start = ent_field_row_get_value (ask->start_row, &day, NULL) && day.kind == ENT_VALUE_INT
                         ? day.integer : ent_context_get_today (ask->context);
  label = g_strdup_printf (_("Start onboarding %s"), title);
  gtk_widget_set_sensitive (ask->button, FALSE);
  ent_context_write_async (ask->context, label, FALSE, start_func, g_atomic_rc_box_acquire (start), start_release, NULL,
                           started_cb, start);
}

/* --- What is asked --------------------------------------------------------------------------------------------------- */

static void
update_button (Ask *ask)
{
  gtk_widget_set_sensitive (ask->button, ask->partner != 0 && ask->templates != NULL && ask->templates->len > 0);
}

static void
picked_cb (GtkWidget *picker,
           gint64     key,
           AdwDialog *dialog)
{
  Ask *ask = get_ask (dialog);
  g_autofree char *title = key != 0 ? ent_store_dup_title (ent_context_get_store (ask->context), key) : NULL;

  ask->partner = key;
  adw_action_row_set_subtitle (ask->partner_row, title != NULL ? title : _("Choose a partner"));
  gtk_popover_popdown (GTK_POPOVER (picker));
  update_button (ask);
}

static void
opened_cb (GtkWidget *picker)
{
  ent_record_picker_start (ENT_RECORD_PICKER (picker));
}

static void
add_partner_row (Ask       *ask,
                 GtkWidget *list)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *picker = ent_record_picker_new (ask->context, "organization");

  ent_record_picker_set_filter (ENT_RECORD_PICKER (picker), "roles has partner");
  ask->partner_row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (ask->partner_row), _("Partner"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (ask->partner_row), FALSE);
  adw_action_row_set_subtitle (ask->partner_row, _("Choose a partner"));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "edit-find-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), picker);
  gtk_widget_set_tooltip_text (button, _("Choose Partner"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_action_row_add_suffix (ask->partner_row, button);
  adw_action_row_set_activatable_widget (ask->partner_row, button);
  g_signal_connect_object (picker, "picked", G_CALLBACK (picked_cb), ask->dialog, 0);
  g_signal_connect (picker, "show", G_CALLBACK (opened_cb), NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (ask->partner_row));
}

static EntFieldRow *
add_field_row (Ask        *ask,
               GtkWidget  *list,
               const char *field)
{
  const EntRecordType *type = ent_store_get_record_type (ent_context_get_store (ask->context), "plan");
  GtkWidget *row = ent_field_row_new (ask->context, ent_record_type_lookup (type, field));

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return ENT_FIELD_ROW (row);
}

static GtkWidget *
build_list (Ask *ask)
{
  GtkWidget *list = gtk_list_box_new ();
  g_auto (EntValue) today = ENT_VALUE_INIT;

  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  add_partner_row (ask, list);
  ask->template_row = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (ask->template_row), _("Template"));
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (ask->template_row));
  ask->start_row = add_field_row (ask, list, "period_start");
  ask->owner_row = add_field_row (ask, list, "owner");
  ask->buddy_row = add_field_row (ask, list, "buddy");
  ent_value_set_int (&today, ent_context_get_today (ask->context));
  ent_field_row_set_value (ask->start_row, &today, TRUE);
  return list;
}

static void
build (Ask *ask)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *hint = gtk_label_new (_("Without an owner, the partner manager of the partner is responsible."));

  ask->button = gtk_button_new_with_mnemonic (_("_Start"));
  gtk_widget_add_css_class (ask->button, "suggested-action");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), ask->button);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  gtk_widget_set_margin_start (content, 18);
  gtk_widget_set_margin_end (content, 18);
  gtk_widget_set_margin_top (content, 6);
  gtk_widget_set_margin_bottom (content, 18);
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_add_css_class (hint, "dimmed");
  gtk_box_append (GTK_BOX (content), build_list (ask));
  gtk_box_append (GTK_BOX (content), hint);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), content);
  adw_dialog_set_child (ask->dialog, view);
  adw_dialog_set_default_widget (ask->dialog, ask->button);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (adw_dialog_close), ask->dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (ask->button, "clicked", G_CALLBACK (start_cb), ask->dialog, G_CONNECT_SWAPPED);
  update_button (ask);
}

/* --- Templates --------------------------------------------------------------------------------------------------------- */

static gpointer
templates_job (EntStore      *store,
               gpointer       kind,
               GCancellable  *cancellable,
               GError       **error)
{
  const EntOnboardSource source = { .store = store };

  return ent_onboard_find_templates (&source, kind, error);
}

static void
templates_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (AdwDialog) dialog = user_data;
  Ask *ask = get_ask (dialog);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GError) error = NULL;

  ask->templates = ent_store_run_finish (ENT_STORE (source), result, &error);
  if (ask->templates == NULL)
    {
      ent_context_error (ask->context, _("The templates could not be read"), error);
      return;
    }
  for (guint i = 0; i < ask->templates->len; i++)
    gtk_string_list_append (names, ent_record_get_title (g_ptr_array_index (ask->templates, i)));
  adw_combo_row_set_model (ask->template_row, G_LIST_MODEL (names));
  if (ask->templates->len == 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (ask->template_row),
                                 _("There is none: add a checklist with “Makes plans of kind” to the program"));
  update_button (ask);
}

void
ent_start_dialog_present (GtkWidget      *parent,
                          EntContext     *context,
                          const char     *kind,
                          EntKey          partner,
                          EntStartedFunc  func,
                          gpointer        user_data,
                          GDestroyNotify  destroy)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->dialog = adw_dialog_new ();
  ask->context = g_object_ref (context);
  ask->kind = g_strdup (kind);
  ask->func = func;
  ask->user_data = user_data;
  ask->destroy = destroy;
  g_object_set_data_full (G_OBJECT (ask->dialog), "ent-ask", ask, ask_free);
  adw_dialog_set_title (ask->dialog, g_str_equal (kind, "enablement") ? _("Start Enablement") : _("Start Onboarding"));
  adw_dialog_set_content_width (ask->dialog, 460);
  build (ask);
  if (partner != 0)
    {
      g_autofree char *title = ent_store_dup_title (ent_context_get_store (context), partner);

      ask->partner = partner;
      adw_action_row_set_subtitle (ask->partner_row, title);
    }
  adw_dialog_set_focus (ask->dialog, partner != 0 ? GTK_WIDGET (ask->template_row) : GTK_WIDGET (ask->partner_row));
  ent_store_run_async (ent_context_get_store (context), templates_job, g_strdup (kind), g_free,
                       (GDestroyNotify) g_ptr_array_unref, NULL, templates_cb, g_object_ref (ask->dialog));
  adw_dialog_present (ask->dialog, parent);
}
