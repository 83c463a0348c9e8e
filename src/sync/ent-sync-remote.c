/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-remote.h"

#include <glib/gi18n.h>

#include "sync/ent-secrets.h"

static char *
dup_workspace_id (EntStore *store)
{
  char id[ENT_ID_TEXT_LENGTH + 1];

  ent_id_to_text (ent_store_get_id (store), id);
  return g_strdup (id);
}

static char *
dup_remote_id (const EntSyncRemote *remote)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, remote->number);
}

static char *
list_names (GPtrArray *remotes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < remotes->len; i++)
    g_strv_builder_add (builder, ((EntSyncRemote *) g_ptr_array_index (remotes, i))->name);
  names = g_strv_builder_end (builder);
  return g_strjoinv (", ", names);
}

EntSyncRemote *
ent_sync_remote_find (EntStore    *store,
                      const char  *name,
                      GError     **error)
{
  g_autoptr (GPtrArray) remotes = ent_store_get_sync_remotes (store, error);
  g_autofree char *names = NULL;

  if (remotes == NULL)
    return NULL;
  for (guint i = 0; i < remotes->len; i++)
    if (name == NULL || g_strcmp0 (((EntSyncRemote *) g_ptr_array_index (remotes, i))->name, name) == 0)
      {
        g_ptr_array_set_free_func (remotes, NULL);
        for (guint k = 0; k < remotes->len; k++)
          if (k != i)
            ent_sync_remote_free (g_ptr_array_index (remotes, k));
        return g_ptr_array_index (remotes, i);
      }
  names = list_names (remotes);
  if (remotes->len == 0)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND,
                 _("This workspace is in step with nobody yet; add the team’s database first."));
  else
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND, _("There is no remote “%s”; there is: %s."), name, names);
  return NULL;
}

/* --- Adding and removing ------------------------------------------------------------------------------------------------------ */

static gboolean
add_cb (EntTransaction *transaction,
        gpointer        data,
        GError        **error)
{
  EntSyncRemote *remote = data;
  g_autoptr (GPtrArray) remotes = ent_store_get_sync_remotes (ent_transaction_get_store (transaction), error);

  if (remotes == NULL)
    return FALSE;
  if (remotes->len > 0)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS,
                   _("This workspace is in step with “%s” already; remove that remote first."),
                   ((EntSyncRemote *) g_ptr_array_index (remotes, 0))->name);
      return FALSE;
    }
  return ent_transaction_put_sync_remote (transaction, remote, error);
}

static gboolean
remove_cb (EntTransaction *transaction,
           gpointer        data,
           GError        **error)
{
  const EntSyncRemote *remote = data;

  /* Another database, or this one added again, is asked for everything anew. */
  return ent_transaction_untell_sync_docs (transaction, error) &&
         ent_transaction_remove_sync_remote (transaction, remote->number, error);
}

static gboolean
keep_password (EntStore             *store,
               const EntSyncRemote  *remote,
               const char           *password,
               GCancellable         *cancellable,
               GError              **error)
{
  g_autofree char *workspace = dup_workspace_id (store);
  g_autofree char *id = dup_remote_id (remote);
  g_autoptr (JsonObject) secrets = json_object_new ();

  json_object_set_string_member (secrets, "password", password);
  return ent_secrets_store (workspace, id, remote->name, secrets, cancellable, error);
}

gboolean
ent_sync_remote_add (EntStore      *store,
                     const char    *name,
                     const char    *url,
                     const char    *user,
                     const char    *password,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (EntCouch) couch = ent_couch_new (url, error);
  EntSyncRemote remote = { .kind = (char *) "couch", .name = (char *) name, .user = (char *) user, .state = (char *) "{}" };

  if (couch == NULL)
    return FALSE;
  remote.url = (char *) ent_couch_get_url (couch);
  if (!ent_store_write (store, "Remote", ENT_ORIGIN_SETUP, add_cb, &remote, cancellable, NULL, error))
    return FALSE;
  if (password == NULL || keep_password (store, &remote, password, cancellable, error))
    return TRUE;
  ent_store_write (store, "Remote", ENT_ORIGIN_SETUP, remove_cb, &remote, NULL, NULL, NULL);
  return FALSE;
}

gboolean
ent_sync_remote_remove (EntStore             *store,
                        const EntSyncRemote  *remote,
                        GCancellable         *cancellable,
                        GError              **error)
{
  g_autofree char *workspace = dup_workspace_id (store);
  g_autofree char *id = dup_remote_id (remote);

  if (remote->user != NULL && !ent_secrets_forget (workspace, id, remote->name, cancellable, error))
    return FALSE;
  return ent_store_write (store, "Remote", ENT_ORIGIN_SETUP, remove_cb, (gpointer) remote, cancellable, NULL, error);
}

/* --- Signing in ---------------------------------------------------------------------------------------------------------------- */

static gboolean
sign_in (EntStore             *store,
         const EntSyncRemote  *remote,
         EntSync              *sync,
         const char           *password,
         GCancellable         *cancellable,
         GError              **error)
{
  g_autofree char *workspace = dup_workspace_id (store);
  g_autofree char *id = dup_remote_id (remote);
  g_autoptr (JsonObject) secrets = NULL;

  if (password == NULL)
    {
      secrets = ent_secrets_lookup (workspace, id, remote->name, cancellable, error);
      if (secrets == NULL)
        return FALSE;
      password = json_object_get_string_member_with_default (secrets, "password", "");
    }
  ent_couch_set_password (ent_sync_get_couch (sync), remote->user, password);
  return TRUE;
}

EntSync *
ent_sync_remote_open (EntStore             *store,
                      const EntSyncRemote  *remote,
                      const char           *password,
                      GCancellable         *cancellable,
                      GError              **error)
{
  g_autoptr (EntSync) sync = ent_sync_new (store, remote, error);

  if (sync == NULL || (remote->user != NULL && !sign_in (store, remote, sync, password, cancellable, error)))
    return NULL;
  return g_steal_pointer (&sync);
}
