/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "sync/ent-json-pointer.h"

#define FOLDER   RESOURCE_PATH "/data/connectors/"
#define SUFFIX   ".json"
#define MAX_FILE (4 * 1024 * 1024)

G_DEFINE_QUARK (ent-connector-error-quark, ent_connector_error)

EntConnector *
ent_connector_ref (EntConnector *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer self)
{
  connector_clear (&connector_shape, self);
}

void
ent_connector_unref (EntConnector *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

EntConnector *
ent_connector_parse (const char *text,
                     gssize      length,
                     const char *name,
                     EntSchema  *schema,
                     GError    **error)
{
  g_autoptr (EntConnector) self = NULL;
  g_autoptr (GError) cause = NULL;
  g_autoptr (JsonNode) root = ent_json_parse (text, length, &cause);

  if (root == NULL)
    {
      g_set_error (error, ENT_CONNECTOR_ERROR, ENT_CONNECTOR_ERROR_FORMAT, _("“%s” is not a connector: %s"), name,
                   cause->message);
      return NULL;
    }
  self = g_atomic_rc_box_new0 (EntConnector);
  if (!connector_read (&connector_shape, root, name, self, error))
    return NULL;
  if (!connector_check (self, name, schema != NULL ? schema : ent_schema_get_default (), error))
    return NULL;
  return g_steal_pointer (&self);
}

EntConnector *
ent_connector_load_file (const char *path,
                         EntSchema  *schema,
                         GError    **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) cause = NULL;
  gsize length = 0;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                            G_FILE_QUERY_INFO_NONE, NULL, &cause);
  if (info != NULL && (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || g_file_info_get_size (info) > MAX_FILE))
    {
      g_set_error (error, ENT_CONNECTOR_ERROR, ENT_CONNECTOR_ERROR_READ,
                   _("“%s” is not a file of at most 4 MB; choose the JSON file of a connector."), name);
      return NULL;
    }
  if (info == NULL || !g_file_load_contents (file, NULL, &text, &length, NULL, &cause))
    {
      g_set_error (error, ENT_CONNECTOR_ERROR, ENT_CONNECTOR_ERROR_READ, _("“%s” cannot be read: %s"), name,
                   cause->message);
      return NULL;
    }
  return ent_connector_parse (text, (gssize) length, name, schema, error);
}

EntConnector *
ent_connector_load_shipped (const char *id,
                            EntSchema  *schema,
                            GError    **error)
{
  g_autofree char *name = g_strconcat (id, SUFFIX, NULL);
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  if (bytes == NULL)
    {
      g_set_error (error, ENT_CONNECTOR_ERROR, ENT_CONNECTOR_ERROR_READ,
                   _("There is no connector “%s”; choose one of the list."), id);
      return NULL;
    }
  return ent_connector_parse (text, (gssize) length, name, schema, error);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

/* The ids in names of files: "hubspot.json" is hubspot, "connector.schema.json" is none. */
static char **
pick_ids (GPtrArray *names)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  g_ptr_array_sort (names, compare_texts);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];

      if (g_str_has_suffix (name, SUFFIX) && !g_str_has_suffix (name, ".schema" SUFFIX) && *name != '.')
        g_strv_builder_take (ids, g_strndup (name, strlen (name) - strlen (SUFFIX)));
    }
  return g_strv_builder_end (ids);
}

char **
ent_connector_list_shipped (void)
{
  g_auto (GStrv) children = g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (char **name = children; name != NULL && *name != NULL; name++)
    g_ptr_array_add (names, *name);
  return pick_ids (names);
}

static char **
list_folder (const char *folder)
{
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  return pick_ids (names);
}

/* Takes the place of one with the same id. */
static void
add_connector (GPtrArray    *connectors,
               EntConnector *connector,
               GError       *error,
               GPtrArray    *problems)
{
  if (connector == NULL)
    {
      if (problems != NULL)
        g_ptr_array_add (problems, error);
      else
        g_error_free (error);
      return;
    }
  for (guint i = 0; i < connectors->len; i++)
    if (g_str_equal (((EntConnector *) connectors->pdata[i])->id, connector->id))
      {
        g_ptr_array_remove_index (connectors, i);
        g_ptr_array_insert (connectors, (int) i, connector);
        return;
      }
  g_ptr_array_add (connectors, connector);
}

GPtrArray *
ent_connector_list (const char *folder,
                    EntSchema  *schema,
                    GPtrArray  *problems)
{
  GPtrArray *connectors = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_connector_unref);
  g_auto (GStrv) shipped = ent_connector_list_shipped ();
  g_auto (GStrv) own = list_folder (folder);

  for (char **id = shipped; *id != NULL; id++)
    {
      GError *error = NULL;
      EntConnector *connector = ent_connector_load_shipped (*id, schema, &error);

      add_connector (connectors, connector, error, problems);
    }
  for (char **id = own; *id != NULL; id++)
    {
      g_autofree char *name = g_strconcat (*id, SUFFIX, NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GError *error = NULL;
      EntConnector *connector = ent_connector_load_file (path, schema, &error);

      add_connector (connectors, connector, error, problems);
    }
  return connectors;
}

/* --- Looking up ----------------------------------------------------------------------------------------- */

const EntConnectorObject *
ent_connector_lookup (const EntConnector *self,
                      const char         *object)
{
  for (guint i = 0; i < self->objects->len; i++)
    if (g_strcmp0 (((EntConnectorObject *) self->objects->pdata[i])->name, object) == 0)
      return self->objects->pdata[i];
  return NULL;
}

const EntConnectorObject *
ent_connector_lookup_type (const EntConnector *self,
                           const char         *type)
{
  for (guint i = 0; i < self->objects->len; i++)
    if (g_strcmp0 (((EntConnectorObject *) self->objects->pdata[i])->type, type) == 0)
      return self->objects->pdata[i];
  return NULL;
}

const EntConnectorOperation *
ent_connector_object_lookup (const EntConnectorObject *self,
                             const char               *operation)
{
  for (guint i = 0; i < self->operations->len; i++)
    if (g_strcmp0 (((EntConnectorOperation *) self->operations->pdata[i])->name, operation) == 0)
      return self->operations->pdata[i];
  return NULL;
}

const char *
ent_connector_pairs_get (GPtrArray  *pairs,
                         const char *name)
{
  for (guint i = 0; i < pairs->len; i++)
    if (g_strcmp0 (((EntConnectorPair *) pairs->pdata[i])->name, name) == 0)
      return ((EntConnectorPair *) pairs->pdata[i])->value;
  return NULL;
}

GHashTable *
ent_connector_dup_settings (const EntConnector *self,
                            GHashTable         *values)
{
  GHashTable *settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < self->settings->len; i++)
    {
      const EntConnectorInput *input = self->settings->pdata[i];
      const char *given = values != NULL ? g_hash_table_lookup (values, input->name) : NULL;
      const char *value = given != NULL && *given != '\0' ? given : input->value;

      if (value != NULL)
        g_hash_table_insert (settings, g_strdup (input->name), g_strdup (value));
    }
  return settings;
}
