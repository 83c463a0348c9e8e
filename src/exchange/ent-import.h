/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-table-source.h"
#include "store/ent-transaction.h"

G_BEGIN_DECLS

/* Import: EntTableSource → EntImportPlan (how columns become fields) → preview → run → report.
 *
 *   g_autoptr (EntTableSource) source = ent_table_source_open (path, NULL, NULL, &error);
 *   g_autoptr (EntImportPlan) plan = ent_import_plan_new (type, source);
 *   ent_import_plan_map (plan, "org_id=ref", &error);
 *   g_autoptr (EntImportReport) report = ent_import_run (store, plan, 0, NULL, NULL, NULL, &error);
 */

/* --- The plan --------------------------------------------------------------------------------- */

/** How a column came to its field. */
typedef enum
{
  ENT_MATCH_NONE,       /* no field: the column is left out */
  ENT_MATCH_NAME,       /* by name or label */
  ENT_MATCH_ALIAS,      /* by a known other name */
  ENT_MATCH_CONTENT,    /* by what its cells look like: worth a second look */
  ENT_MATCH_REMEMBERED, /* as the last time a file had this header */
  ENT_MATCH_USER,
} EntMatch;

typedef enum
{
  ENT_IMPORT_IGNORE,
  ENT_IMPORT_FIELD,    /* the value of `field` */
  ENT_IMPORT_CURRENCY, /* the currency of the money field `field` */
  ENT_IMPORT_ID,       /* the record's id (UUID) */
  ENT_IMPORT_CODE,     /* its short code: names an existing record, never sets anything */
} EntImportRole;

/** One column of the file. Read-only; change it by the functions of the plan. */
typedef struct
{
  char           *name;          /* in the file */
  EntImportRole   role;
  const EntField *field;         /* of FIELD and CURRENCY */
  EntMatch        match;
  char           *sample;        /* its first non-empty cell (nullable) */
  EntDateOrder    date_order;    /* read off its cells, UNKNOWN when all of them fit both orders */
  char            decimal_point; /* '.', ',' or 0: told from each number */
  /* of its amounts, when its name says it: "Amount (EUR)"; else "" */
  char            currency[4];
  char            scale;         /* 'K', 'M' or 'B' when its name says it: "Revenue ($M)"; else 0 */
} EntImportColumn;

/**
 * EntImportPlan:
 *
 * What to do with a file: the record type, the meaning of each column, the options. Used by one
 * thread at a time; ent_import_run() may run on any.
 */
typedef struct _EntImportPlan EntImportPlan;

/** Matches each column to a field of @type by name, known alias, or content. Takes a reference on
 * @source and on the schema of @type. (transfer full) */
EntImportPlan         *ent_import_plan_new          (const EntRecordType *type,
                                                     EntTableSource      *source);
void                   ent_import_plan_free         (EntImportPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntImportPlan, ent_import_plan_free)

const EntRecordType   *ent_import_plan_get_record_type (const EntImportPlan *self);
EntTableSource        *ent_import_plan_get_source   (const EntImportPlan *self);
guint                  ent_import_plan_get_n_columns (const EntImportPlan *self);
const EntImportColumn *ent_import_plan_get_column   (const EntImportPlan *self,
                                                     guint                i);
/** Gives column @i to @target: a field's name, `FIELD.currency`, `id`, `code`, or NULL or "" to
 * leave the column out. A column that had the field before loses it. */
gboolean               ent_import_plan_set_target   (EntImportPlan *self,
                                                     guint          i,
                                                     const char    *target,
                                                     GError       **error);
/** The same as one text: "COLUMN=FIELD"; the column by name (any case) or number (from 1);
 * "COLUMN=" leaves it out. */
gboolean               ent_import_plan_map          (EntImportPlan *self,
                                                     const char    *assignment,
                                                     GError       **error);
/** What set_target() takes to get the present state: "title", "arr.currency", "id", or "".
 * (transfer full) */
char                  *ent_import_plan_dup_target   (const EntImportPlan *self,
                                                     guint                i);
void                   ent_import_plan_set_date_order    (EntImportPlan *self,
                                                          guint          i,
                                                          EntDateOrder   order);
void                   ent_import_plan_set_decimal_point (EntImportPlan *self,
                                                          guint          i,
                                                          char           point);
/** The fields that together tell that a row is a record already there: names of mapped fields,
 * `id` or `code`. By default `id`, else `code`, else `ref`, else the type's first unique field,
 * whichever is mapped; when none is, every row makes a new record. @keys NULL: the default
 * again; empty: always make new records. */
gboolean               ent_import_plan_set_keys     (EntImportPlan      *self,
                                                     const char * const *keys,
                                                     GError            **error);
/** (transfer full) */
char                 **ent_import_plan_dup_keys     (const EntImportPlan *self);

typedef struct
{
  /* record type of which a reference to nothing makes a new record; NULL: none */
  const char *create_missing;
  gboolean    skip_missing;     /* a reference to nothing leaves the field empty, with a warning */
  gboolean    add_choices;      /* new values of open choice fields become choices */
  gboolean    clear_empty;      /* an empty cell empties the field of a record that is there */
  const char *default_currency; /* of amounts without one; NULL: the workspace's */
} EntImportOptions;

/** Copied. Error: no such record type or currency. */
gboolean               ent_import_plan_set_options  (EntImportPlan          *self,
                                                     const EntImportOptions *options,
                                                     GError                **error);
const EntImportOptions *ent_import_plan_get_options (const EntImportPlan *self);

/** What new records get in @field where the file says nothing, such as the role of partners that are
 * imported; a list of the file gets the items of @value besides. Copied; a reference is the key of its
 * record. NULL: nothing anymore. Not part of what remember() and to_json() keep. */
void                   ent_import_plan_set_value    (EntImportPlan  *self,
                                                     const EntField *field,
                                                     const EntValue *value);
/** (nullable) */
const EntValue        *ent_import_plan_get_value    (const EntImportPlan *self,
                                                     const EntField      *field);
/** Required fields that no column fills and that have no default: rows that make new records
 * would be refused. Element-type EntField (unowned). (transfer container) */
GPtrArray             *ent_import_plan_get_missing  (const EntImportPlan *self);

/** The mapping and options as JSON, and back; columns are found by name. (transfer full) */
char                  *ent_import_plan_to_json      (const EntImportPlan *self);
gboolean               ent_import_plan_apply_json   (EntImportPlan *self,
                                                     const char    *json,
                                                     GError       **error);
/** Keeps the plan in the workspace for the next file of this type with the same header; recall()
 * applies what was kept, FALSE when there is nothing. */
gboolean               ent_import_plan_remember     (const EntImportPlan *self,
                                                     EntStore            *store,
                                                     GError             **error);
gboolean               ent_import_plan_recall       (EntImportPlan *self,
                                                     EntStore      *store);

/* --- Problems --------------------------------------------------------------------------------- */

typedef enum
{
  ENT_PROBLEM_WARNING, /* the row was imported */
  ENT_PROBLEM_REFUSED, /* the row was not */
} EntProblemLevel;

/** Something the user should know about one row. */
typedef struct
{
  guint64         line;
  EntProblemLevel level;
  const char     *column; /* name, or NULL: the row as a whole */
  char           *value;  /* as it stands in the file, shortened when it is very long (nullable) */
  char           *reason; /* one translated sentence: what is wrong and what to do */
} EntImportProblem;

void ent_import_problem_clear (EntImportProblem *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntImportProblem, ent_import_problem_clear)

/* --- Preview ---------------------------------------------------------------------------------- */

/** A cell of the preview. */
typedef struct
{
  char           *text;    /* as in the file */
  /* as it was understood, in the user's locale; references as written (nullable) */
  char           *display;
  char           *reason;  /* why it was not understood (nullable) */
} EntPreviewCell;

typedef struct
{
  guint64         line;
  EntPreviewCell *cells;   /* one per column of the plan */
  char           *reason;  /* what is wrong with the row as a whole (nullable) */
} EntPreviewRow;

typedef struct
{
  GPtrArray *rows;       /* of EntPreviewRow */
  guint      n_columns;
  guint      n_problems; /* cells and rows with a reason */
} EntImportPreview;

#define ENT_IMPORT_PREVIEW_ROWS 100

/** Reads and types the first @n_rows rows (0: ENT_IMPORT_PREVIEW_ROWS). Touches no store; a few
 * milliseconds whatever the size of the file, so it may run on the main thread. (transfer full) */
EntImportPreview *ent_import_preview      (EntImportPlan *plan,
                                           guint          n_rows,
                                           GError       **error);
void              ent_import_preview_free (EntImportPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntImportPreview, ent_import_preview_free)

/* --- Run -------------------------------------------------------------------------------------- */

typedef enum
{
  ENT_IMPORT_DRY_RUN = 1 << 0, /* do all of it, say what came of it, keep nothing */
} EntImportFlags;

/**
 * EntImportReport:
 *
 * What an import did (or a dry run would do). Every problem is kept, however many. Reference
 * counted, immutable, any thread.
 */
typedef struct _EntImportReport EntImportReport;

/**
 * ent_import_run:
 *
 * Imports in one transaction, labelled "Import 1,165 organizations from partners.csv" and taken
 * back by undo. Rows that are wrong are refused and reported; the others are imported. A row that
 * has the key of a live record updates it: mapped, non-empty cells only. Cancelling rolls back
 * everything. Blocks: call it by ent_store_run_async() or from a worker. (transfer full)
 */
EntImportReport *ent_import_run                  (EntStore         *store,
                                                  EntImportPlan    *plan,
                                                  EntImportFlags    flags,
                                                  EntProgressFunc   progress,
                                                  gpointer          user_data,
                                                  GCancellable     *cancellable,
                                                  GError          **error);

EntImportReport *ent_import_report_ref           (EntImportReport *self);
void             ent_import_report_unref         (EntImportReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntImportReport, ent_import_report_unref)

guint64          ent_import_report_get_n_read      (const EntImportReport *self);
guint64          ent_import_report_get_n_created   (const EntImportReport *self);
guint64          ent_import_report_get_n_updated   (const EntImportReport *self);
guint64          ent_import_report_get_n_unchanged (const EntImportReport *self);
/** Rows, not problems: a row may have several. */
guint64          ent_import_report_get_n_refused   (const EntImportReport *self);
/** Records made for references to nothing (create_missing). */
guint64          ent_import_report_get_n_created_ends (const EntImportReport *self);
/** Choices added to open fields (add_choices). */
guint            ent_import_report_get_n_choices   (const EntImportReport *self);
gboolean         ent_import_report_is_dry_run      (const EntImportReport *self);
/** Of the transaction, for undo; 0 when nothing was changed. */
gint64           ent_import_report_get_seq         (const EntImportReport *self);
guint64          ent_import_report_get_n_problems  (const EntImportReport *self);
/** The @i-th problem, in the order of the lines; made when asked for, so that a list may page
 * through any number. */
void             ent_import_report_get_problem     (const EntImportReport *self,
                                                    guint64                i,
                                                    EntImportProblem      *problem);
/** "1,165 read: 1,160 created, 3 updated, 2 refused." (transfer full) */
char            *ent_import_report_dup_summary     (const EntImportReport *self);
/** Writes all problems as CSV: line, column, value, level, reason. */
gboolean         ent_import_report_save            (const EntImportReport *self,
                                                    const char            *path,
                                                    GError               **error);

G_END_DECLS
