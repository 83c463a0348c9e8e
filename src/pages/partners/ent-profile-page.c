/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-profile-page-private.h"

#include <glib/gi18n.h>

#include "pages/partners/ent-profile-history.h"
#include "pages/partners/ent-profile-overview.h"
#include "widgets/ent-record-form.h"

/* A burst of commits is one refresh. */
#define REFRESH_MILLISECONDS 80

typedef enum
{
  PROP_RECORD_KEY = 1,
  PROP_KEY,
} EntProfilePageProperty;

static GParamSpec *properties[PROP_KEY + 1];
G_DEFINE_FINAL_TYPE (EntProfilePage, ent_profile_page, ENT_TYPE_PAGE)

/* --- Loading -------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntProfilePage *page; /* (owned): main thread only */
  guint           generation;
} Load;

static void
show_missing (EntProfilePage *self,
              const GError   *error)
{
  g_autofree char *text = NULL;

  if (self->data != NULL)
    return;
  if (error != NULL && !g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND))
    {
      adw_status_page_set_title (self->missing_page, _("The Record Could Not Be Loaded"));
      text = g_markup_escape_text (error->message, -1);
      adw_status_page_set_description (self->missing_page, text);
    }
  gtk_stack_set_visible_child_name (self->stack, "missing");
  _ent_profile_page_update_actions (self);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Load *load = user_data;
  g_autoptr (EntProfilePage) self = load->page;
  g_autoptr (GError) error = NULL;
  EntProfileData *data = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (self->stack == NULL || load->generation != self->generation ||
      ent_context_get_store (ent_page_get_context (ENT_PAGE (self))) != ENT_STORE (source))
    {
      g_clear_pointer (&data, ent_profile_data_free);
      return;
    }
  if (data != NULL)
    {
      g_clear_pointer (&self->data, ent_profile_data_free);
      self->data = data;
      _ent_profile_page_show_data (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_missing (self, error);
  ent_page_set_ready (ENT_PAGE (self), TRUE);
}

static void
load (EntProfilePage *self)
{
  EntContext *context = ent_page_get_context (ENT_PAGE (self));
  EntStore *store = context != NULL ? ent_context_get_store (context) : NULL;
  EntProfileWish *wish;
  Load *state;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (store == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  wish = g_new0 (EntProfileWish, 1);
  wish->key = self->key;
  wish->today = ent_context_get_today (context);
  g_strlcpy (wish->currency, ent_context_get_currency (context), sizeof wish->currency);
  state = g_new0 (Load, 1);
  state->page = g_object_ref (self);
  state->generation = ++self->generation;
  ent_store_run_async (store, ent_profile_load_job, wish, g_free, (GDestroyNotify) ent_profile_data_free,
                       self->cancellable, loaded_cb, state);
}

static gboolean
refresh_cb (gpointer user_data)
{
  EntProfilePage *self = user_data;

  self->refresh_id = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (EntProfilePage   *self,
            const EntChanges *changes)
{
  if (self->closing || self->refresh_id != 0)
    return;
  if (changes->seq == 0 || self->data == NULL || (changes->types & self->data->types) != 0)
    self->refresh_id = g_timeout_add (REFRESH_MILLISECONDS, refresh_cb, self);
}

static void
ent_profile_page_refresh (EntPage *page)
{
  load (ENT_PROFILE_PAGE (page));
}

/* A profile that was closed by deleting and comes back (redo, the page kept) shows the record anew. */
static void
ent_profile_page_map (GtkWidget *widget)
{
  EntProfilePage *self = ENT_PROFILE_PAGE (widget);

  GTK_WIDGET_CLASS (ent_profile_page_parent_class)->map (widget);
  if (self->data == NULL && self->cancellable == NULL)
    load (self);
}

/* --- Tabs and places --------------------------------------------------------------------------------------------------------- */

static void
view_changed_cb (EntProfilePage *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->views);
  GtkAdjustment *adjustment;
  double *place;

  if (self->scroller == NULL || g_strcmp0 (name, self->tab) == 0)
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  if (self->tab != NULL)
    {
      place = g_new (double, 1);
      *place = gtk_adjustment_get_value (adjustment);
      g_hash_table_insert (self->places, g_strdup (self->tab), place);
    }
  if (g_strcmp0 (name, "history") == 0)
    _ent_profile_page_ensure_history (self);
  g_set_str (&self->tab, name);
  place = name != NULL ? g_hash_table_lookup (self->places, name) : NULL;
  gtk_adjustment_set_value (adjustment, place != NULL ? *place : 0);
}

static void
layout_changed_cb (EntProfilePage *self)
{
  if (self->history != NULL)
    ent_profile_history_set_narrow (ENT_PROFILE_HISTORY (self->history),
                                    gtk_orientable_get_orientation (GTK_ORIENTABLE (self->overview_box)) ==
                                      GTK_ORIENTATION_VERTICAL);
}

static void
banner_clicked_cb (EntProfilePage *self)
{
  if (self->past != NULL && self->history != NULL)
    ent_profile_history_set_day (ENT_PROFILE_HISTORY (self->history),
                                 ent_context_get_today (ent_page_get_context (ENT_PAGE (self))));
  else if (self->data != NULL && self->data->is_binned)
    _ent_profile_page_restore (self);
}

static GVariant *
ent_profile_page_save_state (EntPage *page)
{
  EntProfilePage *self = ENT_PROFILE_PAGE (page);
  g_auto (GVariantDict) state = G_VARIANT_DICT_INIT (NULL);
  const char *tab = adw_view_stack_get_visible_child_name (self->views);

  if (tab != NULL)
    g_variant_dict_insert (&state, "tab", "s", tab);
  return g_variant_dict_end (&state);
}

static void
ent_profile_page_restore_state (EntPage  *page,
                                GVariant *state)
{
  EntProfilePage *self = ENT_PROFILE_PAGE (page);
  const char *tab;

  if (!g_variant_lookup (state, "tab", "&s", &tab))
    return;
  if (self->data != NULL)
    _ent_profile_page_show_tab (self, tab);
  else
    g_set_str (&self->wanted_tab, tab);
}

/* --- The page -------------------------------------------------------------------------------------------------------------------- */

static void
ent_profile_page_constructed (GObject *object)
{
  EntProfilePage *self = ENT_PROFILE_PAGE (object);
  EntContext *context = ent_page_get_context (ENT_PAGE (self));
  EntSchema *schema = ent_store_dup_schema (ent_context_get_store (context));
  const EntRecordType *type = ent_schema_lookup_key (schema, self->key);

  G_OBJECT_CLASS (ent_profile_page_parent_class)->constructed (object);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), type != NULL ? ent_record_type_get_label (type, FALSE)
                                                                          : _("Record"));
  ent_schema_unref (schema);
  self->overview = ent_profile_overview_new (context);
  gtk_box_append (self->overview_bin, self->overview);
  self->form = ent_record_form_new (context);
  ent_record_form_set_key (ENT_RECORD_FORM (self->form), self->key);
  adw_bin_set_child (self->facts_bin, self->form);
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->overview_box, "notify::orientation", G_CALLBACK (layout_changed_cb), self,
                           G_CONNECT_SWAPPED);
  _ent_profile_page_update_actions (self);
}

static void
ent_profile_page_dispose (GObject *object)
{
  EntProfilePage *self = ENT_PROFILE_PAGE (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_PROFILE_PAGE);
  g_clear_object (&self->past);
  g_clear_pointer (&self->data, ent_profile_data_free);
  G_OBJECT_CLASS (ent_profile_page_parent_class)->dispose (object);
}

static void
ent_profile_page_finalize (GObject *object)
{
  EntProfilePage *self = ENT_PROFILE_PAGE (object);

  for (guint i = 0; i < ENT_PROFILE_N_TABS; i++)
    g_free (self->digests[i]);
  g_hash_table_unref (self->places);
  g_free (self->wanted_tab);
  g_free (self->tab);
  G_OBJECT_CLASS (ent_profile_page_parent_class)->finalize (object);
}

static void
ent_profile_page_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch ((EntProfilePageProperty) prop_id)
    {
    case PROP_RECORD_KEY:
    case PROP_KEY:
      g_value_set_int64 (value, ENT_PROFILE_PAGE (object)->key);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_profile_page_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch ((EntProfilePageProperty) prop_id)
    {
    case PROP_RECORD_KEY:
    case PROP_KEY:
      /* Two names of one thing: the one that is not given comes as 0. */
      if (g_value_get_int64 (value) != 0)
        ENT_PROFILE_PAGE (object)->key = g_value_get_int64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, window_title);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, add_button);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, banner);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, stack);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, missing_page);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, toolbar);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, header);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, views);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, overview_box);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, overview_bin);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, facts_bin);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, people_box);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, deals_box);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, level_bin);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, program_box);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, plans_box);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, documents_box);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, relations_box);
  gtk_widget_class_bind_template_child (widget_class, EntProfilePage, history_bin);
  gtk_widget_class_bind_template_callback (widget_class, view_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, banner_clicked_cb);
}

static void
ent_profile_page_class_init (EntProfilePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  EntPageClass *page_class = ENT_PAGE_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = ent_profile_page_constructed;
  object_class->dispose = ent_profile_page_dispose;
  object_class->finalize = ent_profile_page_finalize;
  object_class->get_property = ent_profile_page_get_property;
  object_class->set_property = ent_profile_page_set_property;
  widget_class->map = ent_profile_page_map;
  page_class->refresh = ent_profile_page_refresh;
  page_class->save_state = ent_profile_page_save_state;
  page_class->restore_state = ent_profile_page_restore_state;

  properties[PROP_RECORD_KEY] = g_param_spec_int64 ("record-key", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_KEY] = g_param_spec_int64 ("key", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (ENT_TYPE_PROFILE_HEADER);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/pages/partners/ent-profile-page.ui");
  bind_children (widget_class);
  _ent_profile_page_class_init_actions (klass);
}

static void
ent_profile_page_init (EntProfilePage *self)
{
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

EntPage *
ent_profile_page_new (EntContext *context,
                      EntKey      key)
{
  return g_object_new (ENT_TYPE_PROFILE_PAGE, "context", context, "page-id", "profile", "record-key", key, NULL);
}

EntKey
ent_profile_page_get_key (EntProfilePage *self)
{
  g_return_val_if_fail (ENT_IS_PROFILE_PAGE (self), 0);
  return self->key;
}
