/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-remote-error.h"

#include <glib/gi18n-lib.h>

/* Characters of a server's own words that a sentence has room for. */
#define MAX_SAID 200

typedef struct
{
  guint status;
  guint retry_after;
} EntRemoteErrorPrivate;

static void
ent_remote_error_private_init (EntRemoteErrorPrivate *priv)
{
  *priv = (EntRemoteErrorPrivate) { 0, 0 };
}

static void
ent_remote_error_private_copy (const EntRemoteErrorPrivate *from,
                               EntRemoteErrorPrivate       *to)
{
  *to = *from;
}

static void
ent_remote_error_private_clear (EntRemoteErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (EntRemoteError, ent_remote_error)

GError *
ent_remote_error_new (EntRemoteError  code,
                      const char     *message,
                      guint           status,
                      guint           retry_after)
{
  GError *error = g_error_new_literal (ENT_REMOTE_ERROR, (int) code, message);
  EntRemoteErrorPrivate *priv = ent_remote_error_get_private (error);

  priv->status = status;
  priv->retry_after = retry_after;
  return error;
}

static EntRemoteError
code_for_status (guint status)
{
  switch (status)
    {
    case 401: return ENT_REMOTE_ERROR_UNAUTHORIZED;
    case 403: return ENT_REMOTE_ERROR_FORBIDDEN;
    case 404:
    case 410: return ENT_REMOTE_ERROR_NOT_FOUND;
    case 409:
    case 412: return ENT_REMOTE_ERROR_CONFLICT;
    case 413: return ENT_REMOTE_ERROR_TOO_LARGE;
    case 429:
    case 503: return ENT_REMOTE_ERROR_BUSY;
    case 511: return ENT_REMOTE_ERROR_CAPTIVE;
    default:
      if (status >= 500 && status < 600)
        return ENT_REMOTE_ERROR_SERVER;
      return status >= 400 && status < 500 ? ENT_REMOTE_ERROR_REJECTED : ENT_REMOTE_ERROR_PROTOCOL;
    }
}

static const char *
sentence_for_code (EntRemoteError code)
{
  switch (code)
    {
    case ENT_REMOTE_ERROR_UNAUTHORIZED:
      return _("“%s” does not accept the name, password or token (%s); sign in to it again.");
    case ENT_REMOTE_ERROR_FORBIDDEN:
      return _("“%s” does not allow you to do this (%s); ask its administrator for the right to.");
    case ENT_REMOTE_ERROR_NOT_FOUND:
      return _("“%s” does not have what was asked for (%s); check the address, and whether it was deleted there.");
    case ENT_REMOTE_ERROR_CONFLICT:
      return _("It was changed at “%s” in the meantime (%s); synchronize and try again.");
    case ENT_REMOTE_ERROR_TOO_LARGE:
      return _("What was sent is too large for “%s” (%s); make it smaller, or ask its administrator for a higher limit.");
    case ENT_REMOTE_ERROR_BUSY:
      return _("“%s” is busy (%s); try again later.");
    case ENT_REMOTE_ERROR_SERVER:
      return _("“%s” has a fault of its own (%s); try again later, and tell its administrator if it stays.");
    case ENT_REMOTE_ERROR_CAPTIVE:
      return _("This network wants you to sign in before “%s” can be reached (%s); open a web browser and sign in there.");
    case ENT_REMOTE_ERROR_REJECTED:
      return _("“%s” did not take what was sent (%s); correct it, or ask the server’s administrator.");
    default:
      return _("“%s” gave an answer that makes no sense (%s); check the address.");
    }
}

/* The beginning of what a server said, as valid text on one line. */
static char *
shorten (const char *said,
         guint       status)
{
  g_autofree char *text = said != NULL ? g_utf8_make_valid (said, -1) : NULL;

  if (text != NULL)
    g_strstrip (g_strdelimit (text, "\r\n\t", ' '));
  if (text == NULL || *text == '\0')
    /* Translators: %u is the number of an HTTP status, such as 503 */
    return g_strdup_printf (_("error %u"), status);
  if (g_utf8_strlen (text, -1) > MAX_SAID)
    {
      g_autofree char *start = g_utf8_substring (text, 0, MAX_SAID);

      return g_strconcat (start, "…", NULL);
    }
  return g_steal_pointer (&text);
}

GError *
ent_remote_error_new_for_status (const char *host,
                                 guint       status,
                                 const char *said,
                                 guint       retry_after)
{
  EntRemoteError code = code_for_status (status);
  g_autofree char *words = shorten (said, status);
  g_autofree char *message = g_strdup_printf (sentence_for_code (code), host, words);

  return ent_remote_error_new (code, message, status, retry_after);
}

static EntRemoteError
code_for_transport (const GError *cause,
                    gboolean      sent)
{
  if (!sent && cause->domain == G_TLS_ERROR && cause->code != G_TLS_ERROR_EOF)
    return ENT_REMOTE_ERROR_TLS;
  return sent ? ENT_REMOTE_ERROR_TIMEOUT : ENT_REMOTE_ERROR_OFFLINE;
}

GError *
ent_remote_error_new_for_transport (const char   *host,
                                    const GError *cause,
                                    gboolean      sent)
{
  EntRemoteError code = code_for_transport (cause, sent);
  g_autofree char *message = NULL;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);
  if (code == ENT_REMOTE_ERROR_TLS)
    message = g_strdup_printf (_("The connection to “%s” would not be secure (%s), so nothing was sent; check the address, "
                                 "and the date and time of this computer."), host, cause->message);
  else if (code == ENT_REMOTE_ERROR_TIMEOUT)
    message = g_strdup_printf (_("“%s” gave no whole answer (%s), so what was sent may have arrived or not; try again later."),
                               host, cause->message);
  else
    message = g_strdup_printf (_("“%s” cannot be reached (%s); check the network, or try again later."),
                               host, cause->message);
  return ent_remote_error_new (code, message, 0, 0);
}

guint
ent_remote_error_get_retry_after (const GError *error)
{
  return error->domain == ENT_REMOTE_ERROR ? ent_remote_error_get_private (error)->retry_after : 0;
}

guint
ent_remote_error_get_status (const GError *error)
{
  return error->domain == ENT_REMOTE_ERROR ? ent_remote_error_get_private (error)->status : 0;
}

gboolean
ent_remote_error_is_passing (const GError *error)
{
  if (error->domain != ENT_REMOTE_ERROR)
    return FALSE;
  switch ((EntRemoteError) error->code)
    {
    case ENT_REMOTE_ERROR_OFFLINE:
    case ENT_REMOTE_ERROR_TIMEOUT:
    case ENT_REMOTE_ERROR_CAPTIVE:
    case ENT_REMOTE_ERROR_BUSY:
    case ENT_REMOTE_ERROR_SERVER:
      return TRUE;
    case ENT_REMOTE_ERROR_TLS:
    case ENT_REMOTE_ERROR_UNAUTHORIZED:
    case ENT_REMOTE_ERROR_FORBIDDEN:
    case ENT_REMOTE_ERROR_NOT_FOUND:
    case ENT_REMOTE_ERROR_EXISTS:
    case ENT_REMOTE_ERROR_CONFLICT:
    case ENT_REMOTE_ERROR_TOO_LARGE:
    case ENT_REMOTE_ERROR_REJECTED:
    case ENT_REMOTE_ERROR_PROTOCOL:
    case ENT_REMOTE_ERROR_ADDRESS:
    default:
      return FALSE;
    }
}
