/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Signature Version 4, by which Amazon Web Services know who sends a request. Nothing here asks a clock or a network.
 *
 * Source: AWS Identity and Access Management User Guide, "AWS Signature Version 4 for API requests", sections "Create a
 * signed AWS API request" and "Authentication methods" (header and query). Any thread. */

#define ENT_SIGV4_ERROR (ent_sigv4_error_quark ())
GQuark ent_sigv4_error_quark (void);

typedef enum
{
  ENT_SIGV4_ERROR_KEY,     /* access key, secret, region or service is missing or cannot be right */
  ENT_SIGV4_ERROR_REQUEST, /* address, method, header, hash, time or life span cannot be signed */
} EntSigv4Error;

/**
 * EntSigv4Flags:
 * @ENT_SIGV4_QUERY: sign for the query of the URL ("presigned"), which then needs no header
 * @ENT_SIGV4_CONTENT_HASH: send the hash of the body as X-Amz-Content-Sha256 and sign it (headers only)
 * @ENT_SIGV4_S3_PATH: the path as S3 wants it: `.`, `..` and `//` stay, and it is encoded once instead of twice
 * @ENT_SIGV4_TOKEN_AFTER: the session token is sent and not signed, which a few services want
 */
typedef enum
{
  ENT_SIGV4_DEFAULT      = 0,
  ENT_SIGV4_QUERY        = 1 << 0,
  ENT_SIGV4_CONTENT_HASH = 1 << 1,
  ENT_SIGV4_S3_PATH      = 1 << 2,
  ENT_SIGV4_TOKEN_AFTER  = 1 << 3,
} EntSigv4Flags;

/** Who signs, and for what. */
typedef struct
{
  const char *access_key;
  const char *secret;
  const char *session_token; /* of temporary keys; else NULL */
  const char *region;        /* "us-east-1" */
  const char *service;       /* the signing name: "partnercentral-selling" */
} EntSigv4Key;

typedef struct
{
  const char *name;
  const char *value;
} EntSigv4Header;

/**
 * EntSigv4Request:
 * @url: absolute, written as it goes over the wire, without user and password
 * @headers: (array length=n_headers): in the order they are sent; a name may come twice. Authorization, X-Amz-Date,
 *   X-Amz-Security-Token and X-Amz-Content-Sha256 are left out, as signing sets them; so are headers that a proxy may
 *   change (Connection, Expect, Transfer-Encoding, User-Agent, X-Amzn-Trace-Id). Without Host, that of @url is signed
 * @body: (nullable): NULL is an empty one
 * @body_hash: (nullable): instead of @body: its SHA-256 as 64 lower-case hexadecimal digits, or "UNSIGNED-PAYLOAD"
 * @time: microseconds since 1970 UTC, by the server's clock (see ent_clock_skew_now())
 * @expires: seconds that a presigned URL is good for, 1 to 604,800 (7 days); unused without %ENT_SIGV4_QUERY
 */
typedef struct
{
  const char           *method;
  const char           *url;
  const EntSigv4Header *headers;
  gsize                 n_headers;
  GBytes               *body;
  const char           *body_hash;
  gint64                time;
  guint                 expires;
  EntSigv4Flags         flags;
} EntSigv4Request;

/**
 * EntSigv4Signature:
 * @canonical_request: what was hashed; with @string_to_sign, it is what to compare with a server's refusal
 * @signature: 64 hexadecimal digits
 * @authorization: the header Authorization; NULL for a presigned URL
 * @date: the header X-Amz-Date; NULL for a presigned URL
 * @content_hash: the header X-Amz-Content-Sha256, when asked for; else NULL
 * @url: the presigned URL; NULL when headers were signed
 *
 * A session token goes into the header X-Amz-Security-Token as it is.
 */
typedef struct
{
  char *canonical_request;
  char *string_to_sign;
  char *signature;
  char *authorization;
  char *date;
  char *content_hash;
  char *url;
} EntSigv4Signature;

/** Signs @request. Returns NULL with an %ENT_SIGV4_ERROR when it cannot be signed. Neither the secret nor the session token
 * is in the message. (transfer full) */
EntSigv4Signature *ent_sigv4_sign           (const EntSigv4Key     *key,
                                             const EntSigv4Request *request,
                                             GError               **error);
void               ent_sigv4_signature_free (EntSigv4Signature     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSigv4Signature, ent_sigv4_signature_free)

/** Signs @message as it is, with the headers it has by now, and sets the headers of the signature, replacing those of an
 * earlier one: sign again before each repetition, as a signature is good for five minutes.
 * @body is what will be sent (NULL: nothing), @time as in EntSigv4Request. %ENT_SIGV4_QUERY is not for messages.
 * FALSE with an %ENT_SIGV4_ERROR. On the thread that owns @message. */
gboolean           ent_sigv4_sign_message   (SoupMessage           *message,
                                             GBytes                *body,
                                             const EntSigv4Key     *key,
                                             gint64                 time,
                                             EntSigv4Flags          flags,
                                             GError               **error);

G_END_DECLS
