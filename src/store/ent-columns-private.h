/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-bits.h"
#include "store/ent-query-private.h"

G_BEGIN_DECLS

/* Inside src/store/: a compact mirror in memory of the listed fields of a type, which answers filters,
 * sorts, counts, sums and groups over a million records in about a millisecond.
 *
 *     row        1   2   3   4 …             by_title   rows of live records in the order of titles
 *     live       1   1   0   1               live       deleted_at IS NULL
 *     level      2   1   -   1   (dictionary codes, a byte or two)
 *     arr        …   …   -   …   (integers of 1, 2, 4 or 8 bytes, as wide as the values need)
 *
 * Arrays are indexed by row number: rows start at 1 and are never used again, so they are dense. A field
 * whose texts are too many for a dictionary is not mirrored; its terms are answered by SQL and combined.
 * One mutex guards all tables of a store; it is not held while SQL runs over many rows. */

/* --- ent-dictionary.c --- */

#define ENT_DICTIONARY_MAX 65535

/** Texts ↔ codes from 1; 0 is "empty". */
typedef struct
{
  GPtrArray *texts;   /* of char *; the first is NULL */
  guint16   *slots;   /* open addressing; 0: free */
  guint32   *hashes;  /* by code */
  gsize      n_slots; /* a power of two */
} EntDictionary;

EntDictionary *ent_dictionary_new  (void);
void           ent_dictionary_free (EntDictionary *self);
/** The code, a new one if need be; 0 when the dictionary is full. */
guint          ent_dictionary_add  (EntDictionary *self,
                                    const char    *text,
                                    gsize          length);
static inline const char *
ent_dictionary_get (const EntDictionary *self,
                    guint                code)
{
  return self->texts->pdata[code];
}

/* --- ent-columns-load.c --- */

typedef enum
{
  ENT_COLUMN_NONE,       /* not mirrored */
  ENT_COLUMN_INTEGER,    /* the smallest integer of the width: empty */
  ENT_COLUMN_DICTIONARY, /* codes of one or two bytes */
  ENT_COLUMN_MONEY,      /* an integer column and a byte of currency */
} EntColumnKind;

typedef struct
{
  EntColumnKind  kind;
  guint          width;      /* of an item of `data`, in bytes */
  void          *data;       /* NULL: empty in all rows */
  guint8        *currencies; /* codes; 0: empty */
  EntDictionary *dictionary; /* of texts or currencies */
} EntColumn;

/** All live rows sorted by something else than titles. */
typedef struct
{
  GArray  *sort; /* of EntSort; NULL: none */
  guint32 *rows;
} EntTableOrder;

#define ENT_TABLE_ORDERS 2 /* that are kept: a list goes to and fro between two, and back when a filter is taken off */

typedef struct
{
  const EntRecordType *type;
  EntSchema           *schema;
  EntColumn           *columns;  /* by index of the field */
  guint                n_columns;
  gsize                n_rows;   /* one more than the last row */
  gsize                capacity; /* of the arrays: a multiple of 64 */
  EntBits              live;
  guint32             *by_title;
  gsize                n_titles;
  EntTableOrder        orders[ENT_TABLE_ORDERS]; /* newest first */
} EntTable;

EntTable      *ent_table_new       (const EntRecordType *type);
void           ent_table_free      (EntTable *self);
/** Reads all rows, in one snapshot. */
gboolean       ent_table_load      (EntTable      *self,
                                    EntConnection *connection,
                                    GError       **error);
/** Reads the given rows again. @n_rows is small. */
gboolean       ent_table_refresh   (EntTable      *self,
                                    EntConnection *connection,
                                    const GArray  *rows, /* of gint64, sorted, each once */
                                    GError       **error);
gsize          ent_table_get_size  (const EntTable *self); /* bytes */
static inline const EntColumn *
ent_table_get_column (const EntTable *self,
                      const EntField *field)
{
  return field->index < self->n_columns && self->columns[field->index].kind != ENT_COLUMN_NONE
         ? &self->columns[field->index] : NULL;
}
/** FALSE when empty. */
gboolean       ent_column_get_int  (const EntColumn *self,
                                    gsize            row,
                                    gint64          *value);
static inline guint
ent_column_get_code (const EntColumn *self,
                     gsize            row)
{
  return self->data == NULL ? 0
         : self->width == 1 ? ((const guint8 *) self->data)[row] : ((const guint16 *) self->data)[row];
}

/* --- ent-columns-order.c --- */

/** Rows of live records in the order of titles: element-type guint32. (transfer full) */
GArray        *ent_table_read_titles  (EntConnection       *connection,
                                       const EntRecordType *type,
                                       GError             **error);
/** Reads the order of titles anew. */
gboolean       ent_table_load_titles  (EntTable      *self,
                                       EntConnection *connection,
                                       GError       **error);
/** Puts the given rows into their places of the order of titles. */
gboolean       ent_table_place_titles (EntTable      *self,
                                       EntConnection *connection,
                                       const GArray  *rows,
                                       GError       **error);

/* --- ent-columns.c --- */

typedef struct
{
  EntTable *table;    /* NULL: not loaded */
  gboolean  watched;  /* loaded, or being so */
  gboolean  is_stale; /* to be read anew as a whole */
  GArray   *dirty;    /* of gint64: rows changed since */
} EntColumnsSlot;

typedef struct
{
  GMutex         lock;       /* of the tables */
  GMutex         dirty_lock; /* of what has changed: held briefly, so that the writer never waits */
  EntColumnsSlot slots[ENT_KEY_MAX_TYPES];
} EntColumns;

/** (nullable) unless @create is set */
EntColumns    *ent_columns_get        (EntStore *store,
                                       gboolean  create);
/** Brings the tables of the types whose bits are set in @types up to date. */
gboolean       ent_columns_refresh    (EntColumns *self,
                                       EntAsk     *ask,
                                       guint64     types,
                                       GError    **error);
/** The loaded table of a type, or NULL. The lock must be held. */
EntTable      *ent_columns_get_table  (EntColumns          *self,
                                       const EntRecordType *type);
/** Bytes that the columns of all types take. */
gsize          ent_columns_get_size   (EntStore *store);

/* --- ent-columns-select.c --- */

/** The rows that a query finds; the columns stay locked until it is freed. */
typedef struct
{
  EntAsk     *ask;
  EntColumns *columns;
  EntTable   *table;
  EntBits     bits;
  GHashTable *prepared;  /* what SQL answered: see ent_selection_key() → EntBits */
  GPtrArray  *orders;    /* by sort: rows of a reference's target by title, as GArray of guint32;
                          * NULL when the target is loaded */
} EntSelection;

/** NULL without @error when memory columns cannot answer @ask. @ordered: rows will be asked for. */
EntSelection  *ent_columns_select     (EntAsk   *ask,
                                       gboolean  ordered,
                                       GError  **error);
void           ent_selection_free     (EntSelection *self);

/** Under which `prepared` keeps the rows of the type at @hop of a term's path. */
static inline gpointer
ent_selection_key (const EntTerm *term,
                   guint          hop)
{
  return (char *) term + hop;
}

/* --- ent-columns-filter.c --- */

/** Whether columns of @table can answer the term from @hop on (references are followed by the caller). */
gboolean       ent_table_can_test     (const EntTable *self,
                                       const EntTerm  *term,
                                       guint           hop);
/** Sets the bits of rows that pass; FALSE when it cannot be told. */
gboolean       ent_selection_filter   (EntSelection  *self,
                                       const EntNode *node,
                                       EntBits       *bits);

/* --- ent-columns-sort.c --- */

gboolean       ent_table_can_sort     (const EntTable *self,
                                       const EntField *field);
/** To be called when anything changes. */
void           ent_table_forget_orders (EntTable *self);
/** The first @limit rows in order. (transfer full) */
EntResult     *ent_selection_get_rows (EntSelection *self,
                                       gsize         limit);

/* --- ent-columns-aggregate.c --- */

/** (transfer full) (nullable) */
GArray        *ent_selection_sum      (EntSelection   *self,
                                       const EntField *field,
                                       GError        **error);
/** (transfer full) */
GArray        *ent_selection_group    (EntSelection   *self,
                                       const EntField *field);

G_END_DECLS
