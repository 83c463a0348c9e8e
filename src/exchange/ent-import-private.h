/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-csv-sniff.h"
#include "exchange/ent-import.h"

G_BEGIN_DECLS

/* Shared by the files of the import; nobody else includes it. */

/* --- Plan ------------------------------------------------------------------------------------- */

#define ENT_N_LOOKS (ENT_LOOK_TEXT + 1)

/** What the first rows tell about a column. */
typedef struct
{
  guint      n_filled;
  guint      looks[ENT_N_LOOKS];
  guint      n_day_first;
  guint      n_month_first;
  guint      n_comma;
  guint      n_point;
  guint      n_uuid7;
  guint      n_codes;
  guint      n_countries;
  GPtrArray *cells; /* the first different texts */
} EntColumnStats;

/** What the name of a column says about its numbers. */
typedef struct
{
  char currency[4]; /* "" : nothing */
  char scale;       /* 'K', 'M', 'B', or 0 */
} EntColumnRemark;

/** The name without such remarks; NULL when it has none. (transfer full) (nullable) */
char           *ent_column_split_remark (const char      *name,
                                         EntColumnRemark *remark);

/** What new records get. */
typedef struct
{
  const EntField *field;
  EntValue        value;
} EntImportValue;

struct _EntImportPlan
{
  const EntRecordType *type;
  EntSchema           *schema;
  EntTableSource      *source;
  EntImportColumn     *columns;
  guint                n_columns;
  char               **keys; /* NULL: the default ones */
  EntImportOptions     options;
  GArray              *values;    /* of EntImportValue */
  double               row_bytes; /* mean size of a row in the file */
};

/** The columns of given and family name, of which the name of a person is made when no column holds
 * it; FALSE when there are none or there is one that does. */
gboolean        ent_import_plan_makes_title (const EntImportPlan *plan,
                                             int                 *given,
                                             int                 *family);
/** Reads the first rows for what the columns look like. (transfer full) */
EntColumnStats *ent_column_stats_new  (EntImportPlan *plan);
void            ent_column_stats_free (EntColumnStats *stats,
                                       guint           n_columns);
/** Gives columns to fields by name and by what they look like. */
void            ent_import_match      (EntImportPlan        *plan,
                                       const EntColumnStats *stats);

/* --- Cells ------------------------------------------------------------------------------------ */

/** Memory that is given back all at once. */
typedef struct _EntArena EntArena;

EntArena *ent_arena_new   (void);
void      ent_arena_free  (EntArena *self);
void      ent_arena_reset (EntArena *self);
/** A copy of @text that ends with a NUL. */
char     *ent_arena_copy  (EntArena   *self,
                           const char *text,
                           gsize       length);
/** A list of one such copy. */
char    **ent_arena_make_list (EntArena   *self,
                               const char *text,
                               gsize       length);
/** A copy of a NULL-terminated @list (transfer full), which is freed. */
char    **ent_arena_take_list (EntArena *self,
                               char    **list);

/** How the cells of one column are read. Used by one thread. */
typedef struct _EntCellReader EntCellReader;

typedef enum
{
  ENT_CELL_NULL,   /* empty */
  ENT_CELL_VALUE,  /* borrowed from the arena or the reader: not to be cleared */
  ENT_CELL_OWNED,  /* to be cleared */
  ENT_CELL_WRONG,  /* cannot be read; ent_cell_reader_explain() says why */
  ENT_CELL_CHOICE, /* has an unknown choice of an open field; what is known of a list was read */
} EntCellResult;

/** Called for each choice that is to be added. */
typedef void (*EntNewChoiceFunc) (const EntField *field,
                                  const char     *value,
                                  const char     *label,
                                  gpointer        user_data);

/** @currency: of amounts without one. */
EntCellReader *ent_cell_reader_new     (const EntImportPlan *plan,
                                        guint                column,
                                        const char          *currency);
void           ent_cell_reader_free    (EntCellReader *self);
const EntField *ent_cell_reader_get_field (const EntCellReader *self);
/** References stay text: ENT_VALUE_TEXT as written. @currency (nullable): of this row. */
EntCellResult  ent_cell_reader_read    (EntCellReader *self,
                                        EntArena      *arena,
                                        const char    *text,
                                        gsize          length,
                                        const char    *currency,
                                        EntValue      *value);
/** Unknown choices become new ones from now on. */
void           ent_cell_reader_add_choices (EntCellReader    *self,
                                            EntNewChoiceFunc  func,
                                            gpointer          user_data);
/** Why @text was WRONG or CHOICE: a sentence. (transfer full) */
char          *ent_cell_reader_explain (EntCellReader *self,
                                        const char    *text);

G_END_DECLS
