/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of EntWindow that knows which page is shown, and where one was on it. */

#include "config.h"

#include "app/ent-window-private.h"

#include "app/ent-page-registry.h"

#include <glib/gi18n.h>

#define N_RECENT 12

/* --- State ------------------------------------------------------------------------------------------- */

static void
keep_state (EntWindow *self,
            EntPage   *page)
{
  g_autoptr (GVariant) state = ent_page_save_state (page);

  if (state != NULL)
    g_hash_table_insert (self->page_states, g_strdup (ent_page_get_id (page)),
                         g_steal_pointer (&state));
}

static void
keep_all_states (EntWindow *self)
{
  guint n;
  const EntPageInfo *infos = ent_page_registry_get (&n);

  for (guint i = 0; i < n; i++)
    {
      AdwNavigationPage *page = adw_navigation_view_find_page (self->pages, infos[i].id);

      if (page != NULL && ENT_IS_PAGE (page))
        keep_state (self, ENT_PAGE (page));
    }
}

static EntKey
get_page_key (AdwNavigationPage *page)
{
  return (EntKey) GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (page), "ent-key"));
}

static void
remember_record (EntWindow *self,
                 EntKey     key)
{
  for (guint i = 0; i < self->recent->len; i++)
    if (g_array_index (self->recent, EntKey, i) == key)
      {
        g_array_remove_index (self->recent, i);
        break;
      }
  g_array_prepend_val (self->recent, key);
  if (self->recent->len > N_RECENT)
    g_array_set_size (self->recent, N_RECENT);
}

static GVariant *
keys_to_variant (GArray *keys)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, keys->data, keys->len, sizeof (EntKey));
}

/* Records on the navigation stack, from the bottom. */
static GArray *
get_open_keys (EntWindow *self)
{
  g_autoptr (GListModel) stack = adw_navigation_view_get_navigation_stack (self->pages);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (EntKey));

  for (guint i = 0; i < g_list_model_get_n_items (stack); i++)
    {
      g_autoptr (AdwNavigationPage) page = g_list_model_get_item (stack, i);
      EntKey key = get_page_key (page);

      if (key != 0)
        g_array_append_val (keys, key);
    }
  return keys;
}

GVariant *
_ent_window_save_pages (EntWindow *self)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_auto (GVariantDict) states = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GArray) open = get_open_keys (self);
  GHashTableIter iter;
  gpointer id, state;

  keep_all_states (self);
  g_hash_table_iter_init (&iter, self->page_states);
  while (g_hash_table_iter_next (&iter, &id, &state))
    g_variant_dict_insert_value (&states, id, state);
  if (self->page_id != NULL)
    g_variant_dict_insert (&dict, "page", "s", self->page_id);
  g_variant_dict_insert_value (&dict, "open", keys_to_variant (open));
  g_variant_dict_insert_value (&dict, "recent", keys_to_variant (self->recent));
  g_variant_dict_insert_value (&dict, "pages", g_variant_dict_end (&states));
  return g_variant_dict_end (&dict);
}

static void
read_states (EntWindow *self,
             GVariant  *state)
{
  g_autoptr (GVariant) recent = g_variant_lookup_value (state, "recent", G_VARIANT_TYPE ("ax"));
  g_autoptr (GVariant) states = g_variant_lookup_value (state, "pages", G_VARIANT_TYPE_VARDICT);

  if (recent != NULL)
    {
      gsize n;
      const EntKey *keys = g_variant_get_fixed_array (recent, &n, sizeof (EntKey));

      g_array_append_vals (self->recent, keys, (guint) MIN (n, N_RECENT));
    }
  if (states != NULL)
    {
      GVariantIter iter;
      const char *id;
      GVariant *value;

      g_variant_iter_init (&iter, states);
      while (g_variant_iter_loop (&iter, "{&sv}", &id, &value))
        g_hash_table_insert (self->page_states, g_strdup (id), g_variant_ref (value));
    }
}

static void
push_record (EntWindow *self,
             EntKey     key)
{
  EntPage *page = ent_page_registry_create_record (self->context, key);

  if (page == NULL)
    return;
  g_object_set_data (G_OBJECT (page), "ent-key", GSIZE_TO_POINTER ((gsize) key));
  adw_navigation_view_push (self->pages, ADW_NAVIGATION_PAGE (page));
}

static void
reopen_records (EntWindow *self,
                GVariant  *state)
{
  g_autoptr (GVariant) open = g_variant_lookup_value (state, "open", G_VARIANT_TYPE ("ax"));
  const EntKey *keys;
  gsize n = 0;

  keys = open != NULL ? g_variant_get_fixed_array (open, &n, sizeof (EntKey)) : NULL;
  /* Only the record one was on: whoever comes back tomorrow does not remember the way there. */
  if (n > 0)
    push_record (self, keys[n - 1]);
}

void
_ent_window_restore_pages (EntWindow *self,
                           GVariant  *state)
{
  const char *page_id = NULL;
  guint n;
  const EntPageInfo *infos = ent_page_registry_get (&n);

  if (state != NULL)
    {
      read_states (self, state);
      g_variant_lookup (state, "page", "&s", &page_id);
    }
  if (page_id == NULL || ent_page_registry_lookup (page_id) == NULL)
    page_id = n > 0 ? infos[0].id : NULL;
  if (page_id != NULL)
    {
      gboolean collapsed = adw_navigation_split_view_get_show_content (self->split_view);

      ent_window_show_page (self, page_id, NULL);
      adw_navigation_split_view_set_show_content (self->split_view, collapsed || state != NULL);
    }
  if (state != NULL)
    reopen_records (self, state);
}

void
_ent_window_clear_pages (EntWindow *self)
{
  guint n;
  const EntPageInfo *infos = ent_page_registry_get (&n);

  /* GTK would keep the page that has the keyboard until the window draws again. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  adw_navigation_view_replace (self->pages, &self->blank_page, 1);
  for (guint i = 0; i < n; i++)
    {
      AdwNavigationPage *page = adw_navigation_view_find_page (self->pages, infos[i].id);

      if (page != NULL)
        adw_navigation_view_remove (self->pages, page);
    }
  g_hash_table_remove_all (self->page_states);
  g_array_set_size (self->recent, 0);
  g_clear_pointer (&self->page_id, g_free);
}

/* --- Going ------------------------------------------------------------------------------------------- */

static EntPage *
find_or_create (EntWindow         *self,
                const EntPageInfo *info)
{
  AdwNavigationPage *page = adw_navigation_view_find_page (self->pages, info->id);
  EntPage *created;

  if (page != NULL)
    return ENT_PAGE (page);
  created = ent_page_registry_create (info, self->context);
  /* Added pages stay when another one is shown, and with them place, filter and selection. */
  adw_navigation_view_add (self->pages, ADW_NAVIGATION_PAGE (created));
  ent_page_restore_state (created, g_hash_table_lookup (self->page_states, info->id));
  return created;
}

/* Whoever goes through the sidebar by arrows stays there; all others go on where they went. */
static void
move_focus (EntWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  EntPage *page = ent_window_get_visible_page (self);

  if (page != NULL && (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->sidebar))))
    ent_page_focus_content (page);
}

void
ent_window_show_page (EntWindow  *self,
                      const char *page_id,
                      GVariant   *state)
{
  const EntPageInfo *info;
  EntPage *page;

  g_return_if_fail (ENT_IS_WINDOW (self));

  info = ent_page_registry_lookup (page_id);
  if (info == NULL || ent_context_get_store (self->context) == NULL)
    return;
  page = find_or_create (self, info);
  if (state != NULL)
    ent_page_restore_state (page, state);
  g_set_str (&self->page_id, page_id);
  if (adw_navigation_view_get_visible_page (self->pages) != ADW_NAVIGATION_PAGE (page))
    adw_navigation_view_replace (self->pages, (AdwNavigationPage *[]) { ADW_NAVIGATION_PAGE (page) }, 1);
  adw_navigation_page_set_title (self->content_page,
                                 adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (page)));
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  ent_sidebar_select (self->sidebar, page_id);
  move_focus (self);
}

void
ent_window_open_record (EntWindow *self,
                        EntKey     key)
{
  AdwNavigationPage *visible;

  g_return_if_fail (ENT_IS_WINDOW (self));

  if (ent_context_get_store (self->context) == NULL || key == 0)
    return;
  remember_record (self, key);
  visible = adw_navigation_view_get_visible_page (self->pages);
  if (visible == NULL || get_page_key (visible) != key)
    push_record (self, key);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  ent_window_focus_content (self);
}

void
ent_window_focus_content (EntWindow *self)
{
  EntPage *page;

  g_return_if_fail (ENT_IS_WINDOW (self));

  page = ent_window_get_visible_page (self);
  if (page != NULL)
    ent_page_focus_content (page);
}

EntPage *
ent_window_get_visible_page (EntWindow *self)
{
  AdwNavigationPage *page;

  g_return_val_if_fail (ENT_IS_WINDOW (self), NULL);

  page = adw_navigation_view_get_visible_page (self->pages);
  return page != NULL && ENT_IS_PAGE (page) ? ENT_PAGE (page) : NULL;
}

GArray *
ent_window_get_recent (EntWindow *self)
{
  g_return_val_if_fail (ENT_IS_WINDOW (self), NULL);
  return self->recent;
}

void
_ent_window_visible_page_changed (EntWindow *self)
{
  if (self->context != NULL)
    _ent_window_update_actions (self);
}

/* --- Callbacks ---------------------------------------------------------------------------------------- */

static void
navigate_cb (EntWindow  *self,
             const char *page_id,
             GVariant   *state)
{
  ent_window_show_page (self, page_id, state);
}

static void
open_record_cb (EntWindow *self,
                gint64     key)
{
  ent_window_open_record (self, key);
}

void
_ent_window_init_navigation (EntWindow *self)
{
  g_signal_connect_object (self->context, "navigate", G_CALLBACK (navigate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "open-record", G_CALLBACK (open_record_cb), self,
                           G_CONNECT_SWAPPED);
}
