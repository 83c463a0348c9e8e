/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of EntWindow that opens, keeps and closes the workspace. */

#include "config.h"

#include "app/ent-opening-rules.h"
#include "app/ent-window-private.h"

#include "app/ent-backups.h"
#include "app/ent-page-registry.h"
#include "app/ent-state.h"
#include "app/ent-welcome.h"
#include "store/ent-query.h"
#include "widgets/ent-drafts.h"

#include <glib/gi18n.h>

/* A workspace that opens sooner shows no spinner. */
#define SPINNER_MILLISECONDS 500

#define N_RECENT_WORKSPACES 10

/* Care begins that long after a workspace was opened, or after as many times that, when the page is not there yet. */
#define CARE_MILLISECONDS 300
#define MAX_CARE_DELAYS 30

/* --- Recent workspaces --------------------------------------------------------------------------------- */

static void
remember_workspace (EntWindow *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autofree char *uri = g_file_get_uri (file);
  g_auto (GStrv) old = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) recent = NULL;
  g_autofree char *last = ent_state_load_last ();

  /* As a rule it is the one that was open last: then no disk is waited for before the first frame. */
  if (g_strcmp0 (last, self->path) != 0)
    ent_state_save_last (self->path);
  if (self->settings == NULL)
    return;
  old = g_settings_get_strv (self->settings, "recent-workspaces");
  if (g_strcmp0 (old[0], uri) == 0)
    return;
  g_strv_builder_add (builder, uri);
  for (guint i = 0; old[i] != NULL && i < N_RECENT_WORKSPACES; i++)
    if (!g_str_equal (old[i], uri))
      g_strv_builder_add (builder, old[i]);
  recent = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "recent-workspaces", (const char * const *) recent);
}

void
_ent_window_recent_changed (EntWindow *self)
{
  g_auto (GStrv) recent = g_settings_get_strv (self->settings, "recent-workspaces");
  GtkWidget *welcome = adw_bin_get_child (self->welcome_bin);

  ent_sidebar_set_recent (self->sidebar, (const char * const *) recent);
  if (welcome != NULL)
    ent_welcome_set_recent (ENT_WELCOME (welcome), (const char * const *) recent);
}

/* --- Care: what can wait until the first page is there --------------------------------------------------- */

static gpointer
load_columns_job (EntStore      *store,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  guint n;
  const EntPageInfo *pages = ent_page_registry_get (&n);

  for (guint i = 0; i < n; i++)
    {
      const EntRecordType *type = NULL;

      if (pages[i].record_type != NULL)
        type = ent_store_get_record_type (store, pages[i].record_type);
      if (type != NULL && !ent_store_load_columns (store, type, cancellable, error))
        return NULL;
    }
  return NULL;
}

/* Now the counts of the sidebar come from memory; before, each would read a whole table. */
static void
columns_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (EntWindow) self = user_data;

  ent_store_run_finish (ENT_STORE (source), result, NULL);
  if (self->context != NULL && ent_context_get_store (self->context) == ENT_STORE (source))
    ent_sidebar_count (self->sidebar);
}

static gboolean
care_cb (gpointer user_data)
{
  EntWindow *self = user_data;
  EntStore *store = ent_context_get_store (self->context);

  EntPage *page = ent_window_get_visible_page (self);

  /* What one looks at comes first, on a slow machine too. */
  if (page != NULL && !ent_page_is_ready (page) && ++self->care_delays < MAX_CARE_DELAYS)
    return G_SOURCE_CONTINUE;
  self->care_id = 0;
  if (store == NULL)
    return G_SOURCE_REMOVE;
  self->care = g_cancellable_new ();
  ent_store_run_async (store, load_columns_job, NULL, NULL, NULL, self->care, columns_loaded_cb, g_object_ref (self));
  if (!ent_store_is_read_only (store))
    {
      self->backups = ent_backups_new (self->settings, store);
      ent_opening_rules_run (self->context);
    }
  return G_SOURCE_REMOVE;
}

void
_ent_window_stop_care (EntWindow *self)
{
  g_clear_handle_id (&self->care_id, g_source_remove);
  if (self->care != NULL)
    g_cancellable_cancel (self->care);
  g_clear_object (&self->care);
}

void
_ent_window_back_up (EntWindow *self)
{
  ent_backups_back_up_now (self->context, self->title);
}

/* --- Closing --------------------------------------------------------------------------------------------- */

void
_ent_window_save (EntWindow *self)
{
  EntStore *store = ent_context_get_store (self->context);
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return;
  ent_drafts_flush (ent_drafts_get_default ());
  if (!ent_state_save (ent_store_get_id (store), self->has_key ? &self->key : NULL,
                       _ent_window_save_pages (self), &error))
    g_info ("The state of the window could not be kept: %s", error->message);
}

static gboolean
is_shared (EntWindow *self,
           EntStore  *store)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList *windows = application != NULL ? gtk_application_get_windows (application) : NULL;

  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != self && ENT_IS_WINDOW (l->data) &&
        ent_context_get_store (ENT_WINDOW (l->data)->context) == store)
      return TRUE;
  return FALSE;
}

/* What is left to do with the store is done on a thread; the window need not be there any more. */
static void
close_store (EntWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  EntStore *store = ent_context_get_store (self->context);

  _ent_window_stop_care (self);
  if (!is_shared (self, store))
    ent_backups_close_store (self->backups, store,
                             application != NULL ? G_APPLICATION (application) : NULL);
  g_clear_pointer (&self->backups, ent_backups_free);
}

static void
drop_workspace (EntWindow *self)
{
  _ent_window_save (self);
  _ent_window_clear_pages (self);
  close_store (self);
  ent_context_set_store (self->context, NULL);
  memset (&self->key, 0, sizeof self->key);
  self->has_key = FALSE;
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->title, g_free);
}

void
_ent_window_close (EntWindow *self)
{
  if (ent_context_get_store (self->context) == NULL)
    return;
  _ent_window_save (self);
  close_store (self);
}

void
ent_window_close_workspace (EntWindow *self)
{
  g_return_if_fail (ENT_IS_WINDOW (self));

  if (ent_context_get_store (self->context) != NULL)
    drop_workspace (self);
  /* Closed on purpose: the next start begins with the welcome page. */
  ent_state_save_last (NULL);
  ent_window_show_welcome (self);
}

/* --- Opening ---------------------------------------------------------------------------------------------- */

static void
show_titles (EntWindow *self)
{
  EntStore *store = ent_context_get_store (self->context);
  g_autofree char *label = NULL;

  if (store != NULL && ent_store_is_read_only (store))
    /* Translators: %s is the name of a workspace. */
    label = g_strdup_printf (_("%s (Read-Only)"), self->title);
  ent_sidebar_set_workspace (self->sidebar, label != NULL ? label : self->title);
  gtk_window_set_title (GTK_WINDOW (self), self->title != NULL ? self->title : _("Entente"));
}

static void
adopt (EntWindow         *self,
       EntStore          *store,
       const EntStoreKey *key,
       const char        *path,
       const char        *title,
       GVariant          *state)
{
  if (ent_context_get_store (self->context) != NULL)
    drop_workspace (self);
  self->has_key = key != NULL;
  if (key != NULL)
    self->key = *key;
  g_set_str (&self->path, path);
  g_set_str (&self->title, title);
  ent_drafts_open (ent_drafts_get_default (), ent_store_get_id (store), ent_store_is_encrypted (store),
                   key != NULL ? key->bytes : NULL);
  ent_context_set_store (self->context, store);
  show_titles (self);
  remember_workspace (self);
  gtk_stack_set_visible_child_name (self->stack, "workspace");
  _ent_window_restore_pages (self, state);
  _ent_window_update_actions (self);
  self->care_delays = 0;
  self->care_id = g_timeout_add_full (G_PRIORITY_LOW, CARE_MILLISECONDS, care_cb, self, NULL);
}

/* As a rule a workspace is open before its window is shown, and the blank page is never seen. */
static void
fill_blank_page (EntWindow *self)
{
  GtkWidget *view, *bar;

  if (self->spinner != NULL)
    return;
  view = adw_toolbar_view_new ();
  bar = adw_header_bar_new ();
  self->spinner = g_object_new (ADW_TYPE_SPINNER, "visible", FALSE, "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_CENTER,
                                "width-request", 48, "height-request", 48, NULL);
  adw_header_bar_set_show_title (ADW_HEADER_BAR (bar), FALSE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->spinner);
  adw_navigation_page_set_child (self->blank_page, view);
}

static gboolean
spinner_cb (gpointer user_data)
{
  EntWindow *self = user_data;

  self->spinner_id = 0;
  gtk_widget_set_visible (self->spinner, TRUE);
  return G_SOURCE_REMOVE;
}

static void
opening_done_cb (EntWindow *self)
{
  g_autoptr (EntOpening) opening = NULL;
  EntStore *store;

  opening = g_steal_pointer (&self->opening);
  store = ent_opening_get_store (opening);
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  if (self->spinner != NULL)
    gtk_widget_set_visible (self->spinner, FALSE);
  if (store != NULL)
    {
      adopt (self, store, ent_opening_get_key (opening), ent_opening_get_path (opening),
             ent_opening_get_title (opening), ent_opening_get_state (opening));
      return;
    }
  if (ent_context_get_store (self->context) == NULL)
    ent_window_show_welcome (self);
  if (ent_opening_get_error (opening) != NULL)
    _ent_window_explain_opening (self, opening);
}

void
ent_window_take_opening (EntWindow  *self,
                         EntOpening *opening)
{
  g_return_if_fail (ENT_IS_WINDOW (self));
  g_return_if_fail (ENT_IS_OPENING (opening));

  if (self->opening != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->opening, opening_done_cb, self);
      ent_opening_cancel (self->opening);
    }
  g_set_object (&self->opening, opening);
  if (ent_opening_is_done (opening))
    {
      opening_done_cb (self);
      return;
    }
  if (ent_context_get_store (self->context) == NULL)
    {
      fill_blank_page (self);
      gtk_stack_set_visible_child_name (self->stack, "workspace");
      if (self->spinner_id == 0)
        self->spinner_id = g_timeout_add (SPINNER_MILLISECONDS, spinner_cb, self);
    }
  g_signal_connect_object (opening, "done", G_CALLBACK (opening_done_cb), self, G_CONNECT_SWAPPED);
}

static EntWindow *
find_window_with (EntWindow  *self,
                  const char *path)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList *windows = application != NULL ? gtk_application_get_windows (application) : NULL;

  for (GList *l = windows; l != NULL; l = l->next)
    if (ENT_IS_WINDOW (l->data) && g_strcmp0 (ENT_WINDOW (l->data)->path, path) == 0)
      return l->data;
  return NULL;
}

void
ent_window_open (EntWindow        *self,
                 const char       *path,
                 const char       *secret,
                 gboolean          remember,
                 EntStoreOpenFlags flags)
{
  g_autoptr (EntOpening) opening = NULL;
  g_autofree char *full = NULL;
  EntWindow *other;

  g_return_if_fail (ENT_IS_WINDOW (self));
  g_return_if_fail (path != NULL);

  full = g_canonicalize_filename (path, NULL);
  other = find_window_with (self, full);
  if (other != NULL)
    {
      gtk_window_present (GTK_WINDOW (other));
      return;
    }
  opening = ent_opening_start (full, secret, remember, flags);
  ent_window_take_opening (self, opening);
}

void
ent_window_share (EntWindow *self,
                  EntWindow *other)
{
  EntStore *store;
  g_autoptr (GVariant) state = NULL;

  g_return_if_fail (ENT_IS_WINDOW (self) && ENT_IS_WINDOW (other));

  store = ent_context_get_store (other->context);
  if (store == NULL)
    {
      ent_window_show_welcome (self);
      return;
    }
  state = g_variant_ref_sink (_ent_window_save_pages (other));
  adopt (self, store, other->has_key ? &other->key : NULL, other->path, other->title, state);
}

void
ent_window_show_welcome (EntWindow *self)
{
  g_return_if_fail (ENT_IS_WINDOW (self));

  if (adw_bin_get_child (self->welcome_bin) == NULL)
    {
      adw_bin_set_child (self->welcome_bin, ent_welcome_new ());
      if (self->settings != NULL)
        _ent_window_recent_changed (self);
    }
  gtk_stack_set_visible_child_name (self->stack, "welcome");
  show_titles (self);
  _ent_window_update_actions (self);
}

const char *
ent_window_get_path (EntWindow *self)
{
  g_return_val_if_fail (ENT_IS_WINDOW (self), NULL);
  return self->path;
}

const char *
ent_window_get_workspace_title (EntWindow *self)
{
  g_return_val_if_fail (ENT_IS_WINDOW (self), NULL);
  return self->title;
}

const EntStoreKey *
ent_window_get_key (EntWindow *self)
{
  g_return_val_if_fail (ENT_IS_WINDOW (self), NULL);
  return self->has_key ? &self->key : NULL;
}

void
ent_window_set_workspace_title (EntWindow  *self,
                                const char *title)
{
  g_return_if_fail (ENT_IS_WINDOW (self));

  if (g_set_str (&self->title, title))
    show_titles (self);
}
