/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-query.h"
#include "store/ent-transaction.h"

G_BEGIN_DECLS

#define CLI_ERROR (cli_error_quark ())
GQuark cli_error_quark (void);

typedef enum
{
  CLI_ERROR_FAILED,    /* exit 1 */
  CLI_ERROR_USAGE,     /* exit 2 */
  CLI_ERROR_SHOWN_HELP, /* exit 0: there is nothing more to do */
} CliErrorCode;

typedef struct _CliCommand CliCommand;

/** What every command gets. */
typedef struct
{
  const CliCommand *command;
  char             *workspace;   /* --workspace or $ENTENTE_WORKSPACE; NULL: not given */
  char             *key_file;
  gboolean          json;
  EntStore         *store;       /* opened by cli_open() */
  GCancellable     *cancellable; /* cancelled by Ctrl+C in commands that end cleanly; else never */
} Cli;

typedef enum
{
  CLI_COMMAND_INTERRUPTIBLE = 1 << 0, /* Ctrl+C cancels and rolls back; the others are simply ended by it */
} CliCommandFlags;

/** A command of the program. @run returns FALSE with @error set: CLI_ERROR_USAGE, G_OPTION_ERROR and errors of
 * filters are wrong usage (exit 2), any other a failure (exit 1). @argv holds the words after the command's name. */
struct _CliCommand
{
  const char      *name;
  const char      *arguments; /* for the usage line */
  const char      *summary;   /* N_() */
  gboolean       (*run) (Cli     *cli,
                         int      argc,
                         char   **argv,
                         GError **error);
  CliCommandFlags  flags;
};

/* Each family in its file; tables end with a NULL name. */
extern const CliCommand cli_workspace_commands[];
extern const CliCommand cli_record_commands[];
extern const CliCommand cli_edit_commands[];
extern const CliCommand cli_history_commands[];
extern const CliCommand cli_exchange_commands[];
extern const CliCommand cli_graph_commands[];
extern const CliCommand cli_fund_commands[];
extern const CliCommand cli_campaign_commands[];
extern const CliCommand cli_level_commands[];
extern const CliCommand cli_deal_commands[];
extern const CliCommand cli_task_commands[];
extern const CliCommand cli_review_commands[];
extern const CliCommand cli_onboard_commands[];
extern const CliCommand cli_remote_commands[];
extern const CliCommand cli_sync_commands[];

/* Commands whose run function is in a file of its own. */
gboolean    cli_run_schema   (Cli     *cli,
                              int      argc,
                              char   **argv,
                              GError **error);
gboolean    cli_run_import   (Cli     *cli,
                              int      argc,
                              char   **argv,
                              GError **error);
gboolean    cli_run_show     (Cli     *cli,
                              int      argc,
                              char   **argv,
                              GError **error);
gboolean    cli_run_search   (Cli     *cli,
                              int      argc,
                              char   **argv,
                              GError **error);
gboolean    cli_run_graph    (Cli     *cli,
                              int      argc,
                              char   **argv,
                              GError **error);

/* --- cli.c: words, workspace, references -------------------------------------------------------------- */

/** An option with a text; not converted from the locale, so that texts are UTF-8 in every locale. */
#define CLI_TEXT(name, variable, metavar, help) \
  { name, 0, 0, G_OPTION_ARG_FILENAME, variable, help, metavar }
#define CLI_FLAG(name, variable, help) \
  { name, 0, 0, G_OPTION_ARG_NONE, variable, help, NULL }
#define CLI_INT(name, variable, metavar, help) \
  { name, 0, 0, G_OPTION_ARG_INT, variable, help, metavar }
#define CLI_TEXTS(name, variable, metavar, help) \
  { name, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, variable, help, metavar }

/** Parses the command's own options and those of the program out of @argv (permuting; "--" ends them). @entries may
 * be NULL. Leaves the positional words; checks that there are @min..@max of them (-1: any). "--help" prints the help of
 * the command and fails with CLI_ERROR_SHOWN_HELP. (transfer full) words */
char      **cli_parse        (Cli                 *cli,
                              int                  argc,
                              char               **argv,
                              const GOptionEntry  *entries,
                              int                  min,
                              int                  max,
                              GError             **error);
const CliCommand *cli_find   (const CliCommand *table,
                              const char       *name);
/** Fails with CLI_ERROR_USAGE; returns FALSE. */
gboolean    cli_usage        (GError    **error,
                              const char *format,
                              ...) G_GNUC_PRINTF (2, 3);
/** Opens the workspace for a command that writes. */
gboolean    cli_open         (Cli     *cli,
                              GError **error);
/** Opens the workspace for a command that reads: one that cannot be written will do. */
gboolean    cli_open_to_read (Cli     *cli,
                              GError **error);
gboolean    cli_read_key_file (const char   *path,
                               EntStoreKey  *key,
                               GError      **error);
/** The type of that name; wrong usage when there is none. (nullable) */
const EntRecordType *cli_type (Cli        *cli,
                               const char *name,
                               GError    **error);
/** The live record that a REF word names; 0 with @error set. */
EntKey      cli_resolve      (Cli        *cli,
                              const char *ref,
                              GError    **error);
/** The same; when no live record has that name, one in the bin. */
EntKey      cli_resolve_binned (Cli        *cli,
                                const char *ref,
                                GError    **error);
/** Whether @limit, of --@name, is at least @min. */
gboolean    cli_check_int    (const char *name,
                              int         value,
                              int         min,
                              GError    **error);

/* --- cli-output.c: text ------------------------------------------------------------------------------- */

gboolean    cli_is_terminal  (void);
/** Prints one line to standard output. Control characters, which could steer a terminal, become spaces. */
void        cli_print        (const char *format,
                              ...) G_GNUC_PRINTF (1, 2);
/** The same to standard error. */
void        cli_note         (const char *format,
                              ...) G_GNUC_PRINTF (1, 2);
/** Makes sure that all that was printed has arrived; not if the reader went away, which is its right. */
gboolean    cli_flush        (GError **error);

/** A table for people: aligned columns on a terminal, tabs elsewhere. */
typedef struct _CliTable CliTable;

CliTable   *cli_table_new    (void);
/** A cell of the present row. @text NULL: empty. */
void        cli_table_add    (CliTable   *self,
                              const char *text);
/** A cell that is aligned to the right: a number. */
void        cli_table_add_number (CliTable   *self,
                                  const char *text);
void        cli_table_end_row (CliTable *self);
/** Prints what is left and frees the table. */
void        cli_table_free   (CliTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliTable, cli_table_free)

/* --- cli-json.c: the one JSON value of --json --------------------------------------------------------- */

typedef struct _CliJson CliJson;

/** Nothing is printed before cli_json_print(), so that a failure in between leaves standard output empty. */
CliJson    *cli_json_new     (void);
void        cli_json_free    (CliJson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliJson, cli_json_free)
void        cli_json_print   (CliJson *self);
/* @name: of the member; NULL in an array. */
void        cli_json_begin_object (CliJson    *self,
                                   const char *name);
void        cli_json_begin_array  (CliJson    *self,
                                   const char *name);
/** Ends the innermost array or object. */
void        cli_json_end     (CliJson *self);
/** @text NULL: null. */
void        cli_json_text    (CliJson    *self,
                              const char *name,
                              const char *text);
void        cli_json_int     (CliJson    *self,
                              const char *name,
                              gint64      value);
void        cli_json_double  (CliJson    *self,
                              const char *name,
                              double      value);
void        cli_json_bool    (CliJson    *self,
                              const char *name,
                              gboolean    value);
/** A number that is written already: exact decimals. */
void        cli_json_number  (CliJson    *self,
                              const char *name,
                              const char *digits);

/* --- cli-fields.c: records ---------------------------------------------------------------------------- */

/** Interchange text of a value, references as ref:KEY or short code; NULL when empty. (transfer full) */
char       *cli_write_value  (Cli            *cli,
                              const EntField *field,
                              const EntValue *value);
/** Adds "id", "code", "record_type" and each non-empty field (of @fields, or all when it is NULL) to the object that is
 * open in @json. */
void        cli_json_record  (CliJson   *json,
                              Cli       *cli,
                              EntRecord *record,
                              GArray    *fields);
/** What a command that wrote one record says: its short code, or all of it as JSON. */
gboolean    cli_print_record (Cli       *cli,
                              EntKey     key,
                              GError   **error);

/** Columns of a list: indexes of fields, and these two. */
#define CLI_COLUMN_ID   (G_MAXUINT - 1)
#define CLI_COLUMN_CODE G_MAXUINT

/** Reads "a,b,c" as columns of @type. (transfer full) */
GArray     *cli_read_columns (const EntRecordType *type,
                              const char          *text,
                              GError             **error);
/** The code and the list columns of @type. (transfer full) */
GArray     *cli_default_columns (const EntRecordType *type);
void        cli_table_add_header (CliTable            *table,
                                  const EntRecordType *type,
                                  GArray              *columns);
void        cli_table_add_record (CliTable  *table,
                                  Cli       *cli,
                                  EntRecord *record,
                                  GArray    *columns);
/** A day (its end, in the local zone) or an instant as microseconds UTC. */
gboolean    cli_read_moment  (const char  *text,
                              gint64      *micros,
                              GError     **error);
/** Reads FIELD=VALUE words into @record. */
gboolean    cli_read_assignments (Cli       *cli,
                                  EntRecord *record,
                                  char     **words,
                                  GError   **error);

/* --- cli-interrupt.c: Ctrl+C -------------------------------------------------------------------------- */

/** From now on Ctrl+C (and SIGTERM, SIGHUP) cancels @cancellable; a second one ends the program at once. To be called
 * before any thread is started. */
void        cli_interrupt_catch (GCancellable *cancellable);
/** The signal that came; 0: none. */
int         cli_interrupt_get   (void);

G_END_DECLS
