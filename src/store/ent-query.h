/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-store.h"

G_BEGIN_DECLS

/* --- Filters ----------------------------------------------------------------------------------------
 *
 *   filter  = term { ("and" | "or") term } ; "and" binds tighter, parentheses group, "not" negates
 *   term    = path op value | path "in" "(" value { "," value } ")" | path "is" ["not"] "empty"
 *           | path "has" value | path                      (a boolean field alone)
 *   path    = field { "." field }                           (through references: owner.region)
 *   op      = "=" "!=" "<" "<=" ">" ">=" "~" (contains, accent and case blind) "!~"
 *   value   = bare word | number | "quoted text" | date | today-30d | amount with currency | me
 *
 * `level = "Strategic" and arr > 100000 and country in (DE, FR) and name ~ "cloud"`. A reference is
 * compared by title, short code or ref:KEY; `name` is a synonym of `title`, `id` and `code` work; created_at … too.
 * On a list field "=" and "has" mean "contains the item". Money compares in its own currency; without a
 * currency in the value, by amount. Empty values match no comparison but "!=", "!~", "is empty". */

typedef struct _EntFilter EntFilter; /* parsed, immutable, reference counted */

#define ENT_FILTER_ERROR (ent_filter_error_quark ())
GQuark     ent_filter_error_quark (void);

/** Parses @text against @type. The error says what is wrong "at column N" (1-based, characters), and @column
 * (may be NULL) gets it. "" is the filter that takes all. (transfer full) */
EntFilter *ent_filter_parse       (const EntRecordType *type,
                                   const char          *text,
                                   int                 *column,
                                   GError             **error);
EntFilter *ent_filter_ref         (EntFilter *self);
void       ent_filter_unref       (EntFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntFilter, ent_filter_unref)
/** Normal form of the text; parses back to the same filter. (transfer full) */
char      *ent_filter_to_text     (const EntFilter *self);
/** Splits a top-level conjunction into its terms, as texts: what filter chips show. (transfer full) */
char     **ent_filter_dup_terms   (const EntFilter *self);
gboolean   ent_filter_is_all      (const EntFilter *self);
/** Whether a loaded record passes (fields through references need @store). */
gboolean   ent_filter_matches     (const EntFilter *self,
                                   EntStore        *store,
                                   EntRecord       *record);

/* --- Queries ---------------------------------------------------------------------------------------- */

typedef struct
{
  const EntField *field;
  gboolean        descending;
} EntSort;

typedef enum
{
  ENT_SCOPE_LIVE,
  ENT_SCOPE_BIN,
} EntScope;

/** What to find. Plain data; the caller keeps what it points to alive during the call. */
typedef struct
{
  const EntRecordType *type;
  const EntFilter     *filter;   /* (nullable) */
  const EntSort       *sort;     /* then by title, then by row; n_sort 0: by title */
  gsize                n_sort;
  const char          *search;   /* (nullable) words to find in the type's searched fields, prefix-wise */
  EntScope             scope;
} EntQuery;

/** Reads "-arr,title" into an array of EntSort. (transfer full) */
GArray    *ent_sort_parse         (const EntRecordType *type,
                                   const char          *text,
                                   GError             **error);

/**
 * EntResult:
 *
 * The answer to a query: the row numbers in order, four bytes each, so that any page of a million
 * records is reached by rank. Immutable, reference counted.
 */
typedef struct _EntResult EntResult;

EntResult     *ent_result_ref     (EntResult *self);
void           ent_result_unref   (EntResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntResult, ent_result_unref)
gsize          ent_result_get_n   (const EntResult *self);
const guint32 *ent_result_get_rows (const EntResult *self);
const EntRecordType *ent_result_get_record_type (const EntResult *self);
/** Rank of a row, or -1. */
gssize         ent_result_find    (const EntResult *self,
                                   guint32          row);

/** Answers a query, from memory columns when they are loaded, else by SQL; same answer. Blocks. (transfer full) */
EntResult     *ent_store_query    (EntStore       *store,
                                   const EntQuery *query,
                                   GCancellable   *cancellable,
                                   GError        **error);
/** The first @limit rows only: cheap even before anything is loaded. (transfer full) */
EntResult     *ent_store_query_first (EntStore       *store,
                                      const EntQuery *query,
                                      gsize           limit,
                                      GCancellable   *cancellable,
                                      GError        **error);
gint64         ent_store_count    (EntStore       *store,
                                   const EntQuery *query,
                                   GCancellable   *cancellable,
                                   GError        **error); /* -1 on error */

/** Sums of a numeric field over a query's rows, per currency for money: element-type EntValue. (transfer full) */
GArray        *ent_store_sum      (EntStore       *store,
                                   const EntQuery *query,
                                   const EntField *field,
                                   GCancellable   *cancellable,
                                   GError        **error);

typedef struct
{
  EntValue value; /* of the group; NULL for records without one */
  gint64   count;
} EntGroup;

/** Counts per value of a field over a query's rows (list fields count once per item), most frequent first.
 * Element-type EntGroup. (transfer full) */
GArray        *ent_store_group    (EntStore       *store,
                                   const EntQuery *query,
                                   const EntField *field,
                                   GCancellable   *cancellable,
                                   GError        **error);

/** Loads the memory columns of a type (a scan on the calling thread); later queries of it are answered from
 * memory and the columns follow every commit. Idempotent. */
gboolean       ent_store_load_columns (EntStore            *store,
                                       const EntRecordType *type,
                                       GCancellable        *cancellable,
                                       GError             **error);

/** One row of a scan. @record is the same object for all rows: copy what stays. */
typedef void   (*EntScanFunc)     (EntRecord *record,
                                   gpointer   user_data);

/** Calls @func for each record that @query finds, in the order of rows (its sort and search do not count), with only
 * @fields loaded: for rules that look at whole tables. About a microsecond a row. Blocks. */
gboolean       ent_store_scan     (EntStore       *store,
                                   const EntQuery *query,
                                   const guint    *fields,
                                   gsize           n_fields,
                                   EntScanFunc     func,
                                   gpointer        user_data,
                                   GCancellable   *cancellable,
                                   GError        **error);
/** The same for the live records whose single, indexed reference @field names one of @keys, key by key. */
gboolean       ent_store_scan_referrers (EntStore       *store,
                                         const EntField *field,
                                         const EntKey   *keys,
                                         gsize           n_keys,
                                         const guint    *fields,
                                         gsize           n_fields,
                                         EntScanFunc     func,
                                         gpointer        user_data,
                                         GCancellable   *cancellable,
                                         GError        **error);

/* --- Search everywhere ------------------------------------------------------------------------------- */

typedef struct
{
  EntKey key;
  char  *title;
  char  *snippet; /* where else it was found: "Note: … renewal …"; (nullable) */
  int    score;
} EntHit;
void           ent_hit_free       (EntHit *self);

/** Best @limit records for what was typed so far, titles first; each word matches by prefix, accents and case do
 * not matter. @type NULL: every type with a page. Element-type EntHit. (transfer full) */
GPtrArray     *ent_store_search   (EntStore            *store,
                                   const char          *text,
                                   const EntRecordType *type,
                                   guint                limit,
                                   GCancellable        *cancellable,
                                   GError             **error);
/** Brings the full-text index up to date after large imports; TRUE when nothing is left. The store also does it
 * in the background. */
gboolean       ent_store_index    (EntStore      *store,
                                   GCancellable  *cancellable,
                                   GError       **error);

/* --- Saved views ------------------------------------------------------------------------------------- */

/** A saved list: which records, in which order, with which columns. Kept in the workspace. */
typedef struct
{
  gint64 id;       /* 0: new */
  char  *name;
  char  *type;
  char  *filter;   /* filter text */
  char  *search;
  char  *sort;     /* "-arr,title" */
  char  *columns;  /* "title,level,arr" or NULL for the default ones */
} EntView;
void           ent_view_free      (EntView *self);
/** Element-type EntView, by name; @type NULL: all. (transfer full) */
GPtrArray     *ent_store_get_views (EntStore   *store,
                                    const char *type,
                                    GError    **error);
gboolean       ent_store_save_view (EntStore *store,
                                    EntView  *view,
                                    GError  **error);
gboolean       ent_store_delete_view (EntStore *store,
                                      gint64    id,
                                      GError  **error);

G_END_DECLS
