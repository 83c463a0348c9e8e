/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-couch-private.h"

#include <string.h>

/* The server's thread, and what tests do to it. */

static gpointer
run (gpointer data)
{
  FakeCouch *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  g_ptr_array_set_size (self->feeds, 0);
  g_clear_object (&self->server);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static void
fault_free (FakeFault *fault)
{
  g_free (fault->where);
  g_free (fault);
}

static void
listen (FakeCouch       *self,
        GTlsCertificate *certificate)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (self->server, NULL, fake_serve, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY |
                            (certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_main_context_pop_thread_default (self->context);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("%s://127.0.0.1:%d/" FAKE_TEAM, certificate != NULL ? "https" : "http",
                               g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

FakeCouch *
fake_couch_new (GTlsCertificate *certificate)
{
  FakeCouch *self = g_new0 (FakeCouch, 1);

  g_mutex_init (&self->lock);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->dbs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) fake_db_free);
  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) fault_free);
  self->counts = g_hash_table_new (g_str_hash, g_str_equal);
  self->feeds = g_ptr_array_new_with_free_func ((GDestroyNotify) fake_feed_free);
  g_hash_table_insert (self->dbs, g_strdup (FAKE_TEAM), fake_db_new (++self->n_lives));
  listen (self, certificate);
  self->thread = g_thread_new ("fake-couch", run, self);
  return self;
}

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (((FakeCouch *) data)->loop);
  return G_SOURCE_REMOVE;
}

void
fake_couch_free (FakeCouch *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit, self, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->feeds);
  g_ptr_array_unref (self->faults);
  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->dbs);
  g_clear_pointer (&self->snapshot, fake_db_free);
  g_free (self->authorization);
  g_free (self->text);
  g_free (self->url);
  g_mutex_clear (&self->lock);
  g_free (self);
}

const char *
fake_couch_get_url (FakeCouch *self)
{
  return self->url;
}

FakeDb *
fake_couch_get_team (FakeCouch *self)
{
  return g_hash_table_lookup (self->dbs, FAKE_TEAM);
}

void
fake_couch_wake (FakeCouch *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  if (self->feeds->len == 0)
    return;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, fake_feeds_serve, self, NULL);
  g_source_attach (source, self->context);
}

/* ---- documents */

gboolean
fake_couch_graft (FakeCouch  *self,
                  JsonObject *document)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  int new = fake_db_graft_document (fake_couch_get_team (self), document);

  g_assert_cmpint (new, >=, 0);
  fake_couch_wake (self);
  return new > 0;
}

char *
fake_couch_edit (FakeCouch  *self,
                 const char *id,
                 const char *parent,
                 JsonObject *body)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  FakeDb *db = fake_couch_get_team (self);
  FakeDoc *doc = fake_db_find (db, id);
  g_autofree char *members = body != NULL ? fake_write_members (body) : g_strdup ("");
  FakeRev *on = NULL;
  const char *rev;

  if (doc != NULL)
    on = parent != NULL ? g_hash_table_lookup (doc->revs, parent) : doc->leaves->pdata[0];
  g_assert_true (parent == NULL || on != NULL);
  rev = fake_db_add (db, id, on, body == NULL || fake_get_boolean (body, "_deleted"), members);
  fake_couch_wake (self);
  return g_strdup (rev);
}

static JsonObject *
dup_revision (const FakeDoc *doc,
              const FakeRev *rev)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;

  if (rev == NULL || rev->members == NULL)
    return NULL;
  fake_append_rev (text, doc, rev, FALSE, FALSE);
  node = json_from_string (text->str, NULL);
  return json_node_dup_object (node);
}

JsonObject *
fake_couch_dup_winner (FakeCouch  *self,
                       const char *id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  FakeDoc *doc = fake_db_find (fake_couch_get_team (self), id);

  return doc != NULL ? dup_revision (doc, doc->leaves->pdata[0]) : NULL;
}

JsonObject *
fake_couch_dup_revision (FakeCouch  *self,
                         const char *id,
                         const char *rev)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  FakeDoc *doc = fake_db_find (fake_couch_get_team (self), id);

  return doc != NULL ? dup_revision (doc, g_hash_table_lookup (doc->revs, rev)) : NULL;
}

static char **
dup_leaves (FakeCouch  *self,
            const char *id,
            gboolean    with_deleted)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  FakeDoc *doc = fake_db_find (fake_couch_get_team (self), id);
  g_autoptr (GStrvBuilder) leaves = g_strv_builder_new ();

  for (guint i = 0; doc != NULL && i < doc->leaves->len; i++)
    {
      const FakeRev *leaf = doc->leaves->pdata[i];

      if (with_deleted || !leaf->deleted)
        g_strv_builder_add (leaves, leaf->rev);
    }
  return g_strv_builder_end (leaves);
}

char **
fake_couch_dup_leaves (FakeCouch  *self,
                       const char *id)
{
  return dup_leaves (self, id, TRUE);
}

char **
fake_couch_dup_live (FakeCouch  *self,
                     const char *id)
{
  return dup_leaves (self, id, FALSE);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

char **
fake_couch_dup_ids (FakeCouch *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr (GPtrArray) ids = g_hash_table_get_keys_as_ptr_array (fake_couch_get_team (self)->docs);

  g_ptr_array_sort (ids, compare_texts);
  g_ptr_array_add (ids, NULL);
  return g_strdupv ((char **) ids->pdata);
}

guint64
fake_couch_get_sequence (FakeCouch *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return fake_couch_get_team (self)->seq;
}

guint
fake_couch_get_n_waiting (FakeCouch *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->feeds->len;
}

/* ---- what a server goes through */

void
fake_couch_compact (FakeCouch *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  fake_db_compact (fake_couch_get_team (self));
}

static void
replace_team (FakeCouch *self,
              FakeDb    *db)
{
  g_hash_table_insert (self->dbs, g_strdup (FAKE_TEAM), db);
  self->n_swaps++;
  fake_couch_wake (self);
}

void
fake_couch_wipe (FakeCouch *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  replace_team (self, fake_db_new (++self->n_lives));
}

void
fake_couch_snapshot (FakeCouch *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_clear_pointer (&self->snapshot, fake_db_free);
  self->snapshot = fake_db_copy (fake_couch_get_team (self));
}

void
fake_couch_restore (FakeCouch *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_assert_nonnull (self->snapshot);
  replace_team (self, fake_db_copy (self->snapshot));
}

void
fake_couch_set_password (FakeCouch  *self,
                         const char *user,
                         const char *password)
{
  g_autofree char *plain = g_strconcat (user != NULL ? user : "", ":", password, NULL);
  g_autofree char *packed = g_base64_encode ((const guchar *) plain, strlen (plain));
  g_autofree char *header = g_strconcat ("Basic ", packed, NULL);

  fake_couch_set_authorization (self, user != NULL ? header : NULL);
}

void
fake_couch_set_authorization (FakeCouch  *self,
                              const char *header)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_set_str (&self->authorization, header);
}

void
fake_couch_set_limits (FakeCouch *self,
                       gsize      request,
                       gsize      document)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->max_request = request;
  self->max_document = document;
}

void
fake_couch_set_validate (FakeCouch         *self,
                         FakeCouchValidate  validate,
                         gpointer           user_data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->validate = validate;
  self->validate_data = user_data;
}

/* ---- faults */

void
fake_couch_fail (FakeCouch      *self,
                 const char     *where,
                 FakeCouchFault  kind,
                 guint           number,
                 guint           after,
                 guint           times)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  FakeFault *fault = g_new0 (FakeFault, 1);

  *fault = (FakeFault) { g_strdup (where), kind, number, after, times };
  g_ptr_array_add (self->faults, fault);
}

void
fake_couch_heal (FakeCouch *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_ptr_array_set_size (self->faults, 0);
}

void
fake_couch_set_retry_after (FakeCouch *self,
                            guint      seconds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->retry_after = seconds;
}

void
fake_couch_set_text (FakeCouch  *self,
                     const char *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_set_str (&self->text, text);
}

void
fake_couch_set_traits (FakeCouch       *self,
                       FakeCouchTraits  traits)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->traits = traits;
  if (traits & FAKE_COUCH_REPLAY)
    self->epoch++;
}

guint
fake_couch_get_n_requests (FakeCouch  *self,
                           const char *where)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GHashTableIter iter;
  gpointer name, n;
  guint sum = 0;

  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, &name, &n))
    if (where == NULL || g_str_equal (name, where))
      sum += GPOINTER_TO_UINT (n);
  return sum;
}
