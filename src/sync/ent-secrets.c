/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-secrets.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

G_DEFINE_QUARK (ent-secrets-error-quark, ent_secrets_error)

static const SecretSchema schema = {
  "org.entente.Entente.Remote",
  SECRET_SCHEMA_NONE,
  {
    { "workspace", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "remote", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

/* Names the remote and what the service said; a cancellation stays one. */
static void
set_failed (GError       **error,
            const char    *format,
            const char    *name,
            const GError  *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else
    g_set_error (error, ENT_SECRETS_ERROR, ENT_SECRETS_ERROR_FAILED, format, name, cause->message);
}

static char *
dup_text (JsonObject *secrets)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, secrets);
  return json_to_string (node, FALSE);
}

/* NULL when it is none: another program's, or cut off. What the parser says of it would quote it. */
static JsonObject *
parse_text (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (strlen (text) > ENT_SECRETS_MAX_SIZE || !json_parser_load_from_data (parser, text, -1, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_dup_object (root) : NULL;
}

gboolean
ent_secrets_store (const char    *workspace,
                   const char    *remote,
                   const char    *name,
                   JsonObject    *secrets,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autofree char *label = g_strdup_printf (_("Entente’s sign-in to %s"), name);
  g_autoptr (GError) local = NULL;
  char *text = dup_text (secrets);
  gboolean done = FALSE;

  if (strlen (text) > ENT_SECRETS_MAX_SIZE)
    g_set_error (error, ENT_SECRETS_ERROR, ENT_SECRETS_ERROR_TOO_LARGE,
                 _("The sign-in to %s is too large to be kept; ask those who run it for a shorter token."), name);
  else
    done = secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, text, cancellable, &local,
                                       "workspace", workspace, "remote", remote, NULL);
  secret_password_wipe (text);
  g_free (text);
  if (local != NULL)
    set_failed (error, _("The sign-in to %s could not be kept by the password service (%s); unlock the keyring and sign in "
                         "again."), name, local);
  return done;
}

JsonObject *
ent_secrets_lookup (const char    *workspace,
                    const char    *remote,
                    const char    *name,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (GError) local = NULL;
  char *text = secret_password_lookup_sync (&schema, cancellable, &local, "workspace", workspace, "remote", remote, NULL);
  JsonObject *secrets = text != NULL ? parse_text (text) : NULL;

  if (text != NULL)
    secret_password_free (text);
  if (local != NULL)
    set_failed (error, _("The sign-in to %s could not be read from the password service (%s); unlock the keyring and try "
                         "again."), name, local);
  else if (secrets == NULL)
    g_set_error (error, ENT_SECRETS_ERROR, ENT_SECRETS_ERROR_NONE,
                 _("No sign-in to %s is kept on this computer; sign in to it."), name);
  return secrets;
}

/* The service passes over what is locked without a word. */
static gboolean
is_kept (const char    *workspace,
         const char    *remote,
         GCancellable  *cancellable,
         GError       **error)
{
  GList *found = secret_password_search_sync (&schema, SECRET_SEARCH_ALL, cancellable, error, "workspace", workspace,
                                              remote != NULL ? "remote" : NULL, remote, NULL);
  gboolean kept = found != NULL;

  g_list_free_full (found, g_object_unref);
  return kept;
}

gboolean
ent_secrets_forget (const char    *workspace,
                    const char    *remote,
                    const char    *name,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (GError) local = NULL;
  gboolean kept;

  secret_password_clear_sync (&schema, cancellable, &local, "workspace", workspace, remote != NULL ? "remote" : NULL, remote,
                              NULL);
  kept = local == NULL && is_kept (workspace, remote, cancellable, &local);
  if (local == NULL && kept)
    g_set_error_literal (&local, ENT_SECRETS_ERROR, ENT_SECRETS_ERROR_FAILED, _("the keyring is locked"));
  if (local == NULL)
    return TRUE;
  set_failed (error, _("The sign-in to %s could not be removed from the password service (%s); unlock the keyring and try "
                       "again."), name, local);
  return FALSE;
}
