/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-sigv4.h"

G_BEGIN_DECLS

/* The canonical form of the parts of a request, for ent-sigv4.c. */

/** A parameter of a query, both parts encoded; or a header, its name in lower case. */
typedef struct
{
  char *name;
  char *value;
} Sigv4Pair;

/** An array of Sigv4Pair. (transfer full) */
GPtrArray *sigv4_pairs_new         (void);
/** Takes @name and @value. */
void       sigv4_pairs_take        (GPtrArray              *pairs,
                                    char                   *name,
                                    char                   *value);
/** Adds a parameter, encoding both parts. */
void       sigv4_pairs_add         (GPtrArray              *pairs,
                                    const char             *name,
                                    const char             *value);
/** By name, then by value: for queries. */
void       sigv4_pairs_sort        (GPtrArray              *pairs);

/** The parts of @url as they are written; @query is NULL when there is none. */
gboolean   sigv4_split_url         (const char             *url,
                                    char                  **host,
                                    char                  **path,
                                    char                  **query,
                                    GError                **error);
char      *sigv4_canonical_path    (const char             *path,
                                    gboolean                for_s3,
                                    GError                **error);
/** The parameters of @query (nullable), in their order. */
GPtrArray *sigv4_parse_query       (const char             *query,
                                    GError                **error);
/** "a=1&b=2" */
char      *sigv4_join_query        (GPtrArray              *pairs);
/** The headers to sign, those of one name joined, sorted by name. @host is that of the URL. */
GPtrArray *sigv4_canonical_headers (const EntSigv4Header   *headers,
                                    gsize                   n_headers,
                                    const char             *host,
                                    GError                **error);
void       sigv4_sort_headers      (GPtrArray              *pairs);

G_END_DECLS
