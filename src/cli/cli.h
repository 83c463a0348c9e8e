/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store/ent-query.h"
#include "store/ent-transaction.h"

G_BEGIN_DECLS

/** What every command gets. */
typedef struct
{
  char     *workspace; /* --workspace; NULL: not given */
  char     *key_file;
  gboolean  json;
  EntStore *store;     /* opened by cli_open() */
} Cli;

/** A command of the program. @run returns FALSE with @error set: domain G_OPTION_ERROR is wrong usage
 * (exit 2), any other a failure (exit 1). @argv holds the words after the command's name. */
typedef struct
{
  const char  *name;
  const char  *arguments; /* for the usage line */
  const char  *summary;   /* N_() */
  gboolean   (*run) (Cli     *cli,
                     int      argc,
                     char   **argv,
                     GError **error);
} CliCommand;

/* Each family in its file; tables end with a NULL name. */
extern const CliCommand cli_workspace_commands[];
extern const CliCommand cli_record_commands[];
extern const CliCommand cli_edit_commands[];
extern const CliCommand cli_history_commands[];
extern const CliCommand cli_exchange_commands[];
extern const CliCommand cli_graph_commands[];

/* --- Helpers ---------------------------------------------------------------------------------------- */

/** Parses the command's own options out of @argv (permuting; "--" ends them). @entries may be NULL. Leaves the
 * positional words; checks that there are @min..@max of them (-1: any). (transfer full) words */
char      **cli_parse      (const CliCommand   *command,
                            int                 argc,
                            char              **argv,
                            const GOptionEntry *entries,
                            int                 min,
                            int                 max,
                            GError            **error);
const CliCommand *cli_find (const CliCommand *table,
                            const char       *name);
gboolean    cli_usage      (GError    **error,
                            const char *format,
                            ...) G_GNUC_PRINTF (2, 3);
/** Opens the workspace named by --workspace (or $ENTENTE_WORKSPACE). */
gboolean    cli_open       (Cli     *cli,
                            GError **error);
gboolean    cli_read_key_file (const char   *path,
                               EntStoreKey  *key,
                               GError      **error);
const EntRecordType *cli_type (Cli        *cli,
                               const char *name,
                               GError    **error);
/** The record that a REF word names. */
EntKey      cli_resolve    (Cli        *cli,
                            const char *ref,
                            GError    **error);

/** Prints one line of text to standard output. */
void        cli_print      (const char *format,
                            ...) G_GNUC_PRINTF (1, 2);
/** Prints the one JSON value of --json and frees it. */
void        cli_print_json (JsonNode *node);
/** Prints the JSON made by @builder. */
void        cli_print_builder (JsonBuilder *builder);

/** Interchange text of a field, references as ref:KEY or short code; NULL when empty. (transfer full) */
char       *cli_write_field (Cli            *cli,
                             EntRecord      *record,
                             const EntField *field);
/** Adds members "id", "code", "record_type" and each non-empty field to the object that is open in @builder. */
void        cli_build_record (Cli          *cli,
                              JsonBuilder  *builder,
                              EntRecord    *record,
                              const guint  *fields,
                              gsize         n_fields);
/** Reads "a,b,c" as field indexes of @type. */
GArray     *cli_read_fields (const EntRecordType *type,
                             const char          *text,
                             GError             **error);
/** A day (its end) or an instant as microseconds UTC. */
gboolean    cli_read_moment (const char  *text,
                             gint64      *micros,
                             GError     **error);
/** A context that resolves references in the open store. */
EntReadContext cli_read_context (Cli *cli);
/** Reads FIELD=VALUE words into @record. */
gboolean    cli_read_assignments (Cli       *cli,
                                  EntRecord *record,
                                  char     **words,
                                  GError   **error);

G_END_DECLS
