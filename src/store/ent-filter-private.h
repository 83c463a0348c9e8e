/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-connection.h"
#include "store/ent-query.h"

G_BEGIN_DECLS

/* Inside src/store/: the parsed filter and the three ways to evaluate it.
 *
 *   text --ent-filter-lex, -parse, -term--> EntFilter --ent-filter-sql-----> SQL with bound values
 *                                                     --ent-columns-filter-> bits of memory columns
 *                                                     --ent-filter-match---> one loaded record
 *
 * All three give the same answer because every term is a *positive* test that is false for an empty
 * value, and "!=", "!~", "not in", "is empty" are its complement. Tests of texts that SQL cannot say by
 * itself run the same C function in all three (see ent-sql-functions.c). */

#define ENT_FILTER_MAX_HOPS   3     /* references followed by a path */
#define ENT_FILTER_MAX_DEPTH  64    /* nested parentheses and "not": bounds the recursion */
#define ENT_FILTER_MAX_TERMS  1000
#define ENT_FILTER_MAX_VALUES 10000
#define ENT_FILTER_MAX_LENGTH (1024 * 1024)

typedef enum
{
  ENT_NODE_AND,
  ENT_NODE_OR,
  ENT_NODE_NOT,
  ENT_NODE_TERM,
} EntNodeKind;

typedef enum
{
  ENT_OP_EQUAL,
  ENT_OP_LESS,
  ENT_OP_LESS_EQUAL,
  ENT_OP_GREATER,
  ENT_OP_GREATER_EQUAL,
  ENT_OP_CONTAINS,
  ENT_OP_IN,
  ENT_OP_HAS,
  ENT_OP_FILLED, /* is not empty */
} EntOp;

/** What the last word of a path is. */
typedef enum
{
  ENT_SUBJECT_FIELD,
  ENT_SUBJECT_ID,
  ENT_SUBJECT_CODE,
} EntSubject;

typedef enum
{
  ENT_OPERAND_VALUE,  /* `value`, as ent_value_read() gave it */
  ENT_OPERAND_DAY,    /* a whole day, compared with an instant: `value` holds the date */
  ENT_OPERAND_TODAY,  /* today plus `offset` of `unit` */
  ENT_OPERAND_AMOUNT, /* money without a currency: `value` holds 1/10,000 units */
  ENT_OPERAND_TEXT,   /* `text` as written, `key` folded: what "~" looks for */
  ENT_OPERAND_RECORD, /* `text` names a record; `key` folded */
  ENT_OPERAND_ME,
} EntOperandKind;

typedef struct
{
  EntOperandKind kind;
  EntValue       value;
  char          *text;
  char          *key;
  int            offset;
  char           unit; /* d w m q y */
} EntOperand;

/** One comparison. The path's fields but the last are references. */
typedef struct
{
  EntSubject           subject;
  EntOp                op;
  gboolean             negated;
  guint                n_path;
  const EntField      *path[ENT_FILTER_MAX_HOPS + 1];
  const EntRecordType *type; /* that the subject belongs to */
  GArray              *operands; /* of EntOperand */
} EntTerm;

typedef struct _EntNode EntNode;
struct _EntNode
{
  EntNodeKind kind;
  GPtrArray  *children; /* of EntNode; NULL for a term */
  EntTerm    *term;
};

struct _EntFilter
{
  gatomicrefcount      ref_count;
  EntSchema           *schema;
  const EntRecordType *type;
  EntNode             *root; /* NULL: takes all */
};

/** Inclusive; from > to: empty. */
typedef struct
{
  gint64 from;
  gint64 to;
} EntRange;

/* --- ent-filter.c --- */

EntNode        *ent_node_new            (EntNodeKind kind);
void            ent_node_free           (EntNode *self);
void            ent_operand_clear       (EntOperand *self);
EntTerm        *ent_term_new            (void);
void            ent_term_free           (EntTerm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntNode, ent_node_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntTerm, ent_term_free)

/** The field that the term tests; NULL for `id` and `code`. */
const EntField *ent_term_get_field      (const EntTerm *self);
static inline const EntOperand *
ent_term_get_operand (const EntTerm *self,
                      guint          i)
{
  return &g_array_index (self->operands, EntOperand, i);
}

/* --- ent-filter-text.c --- */

/** Normal form of one term. */
void            ent_term_append_text    (const EntTerm *self,
                                         GString       *text);
/** Whether a bare word is read back as one word and not as a keyword. */
gboolean        ent_filter_is_plain     (const char *word);

/* --- ent-filter-lex.c --- */

typedef enum
{
  ENT_TOKEN_END,
  ENT_TOKEN_WORD,
  ENT_TOKEN_QUOTED,
  ENT_TOKEN_OPERATOR, /* `op` and `negated` */
  ENT_TOKEN_OPEN,
  ENT_TOKEN_CLOSE,
  ENT_TOKEN_COMMA,
  ENT_TOKEN_BAD,      /* `text` says what is wrong */
} EntTokenKind;

typedef struct
{
  EntTokenKind kind;
  char        *text; /* of a word: as written; of a quoted text: without quotes and escapes */
  EntOp        op;
  gboolean     negated;
  const char  *start;
} EntToken;

typedef struct
{
  const char *text;
  const char *next;
  EntToken    token; /* the one looked at */
} EntLexer;

void            ent_lexer_init          (EntLexer   *self,
                                         const char *text);
void            ent_lexer_clear         (EntLexer *self);
void            ent_lexer_advance       (EntLexer *self);
/** 1-based, in characters. */
int             ent_lexer_get_column    (const EntLexer *self,
                                         const char     *at);
/** Whether the token is the bare word @word, in any case. */
gboolean        ent_token_is            (const EntToken *self,
                                         const char     *word);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntLexer, ent_lexer_clear)

/* --- ent-filter-term.c --- */

/** Reads the words of a path against @type into @term. On failure @word is the index of the word at fault. */
gboolean        ent_term_read_path      (EntTerm             *self,
                                         const EntRecordType *type,
                                         char               **words,
                                         guint               *word,
                                         GError             **error);
/** Whether @op can be asked of the term's field. */
gboolean        ent_term_check_op       (EntTerm *self,
                                         GError **error);
/** Reads a value for the term's field and adds it to the operands. @quoted: keywords do not count. */
gboolean        ent_term_read_value     (EntTerm    *self,
                                         const char *text,
                                         gboolean    quoted,
                                         GError    **error);
void            ent_filter_fail         (GError    **error,
                                         const char *format,
                                         ...) G_GNUC_PRINTF (2, 3);

/* --- ent-filter-run.c --- */

/** What a filter needs to know from outside, found once per query. */
typedef struct
{
  EntStore      *store;      /* (nullable) */
  EntConnection *connection; /* (nullable) */
  gint64         today;
  gboolean       knows_me;
  EntKey         me;
  GHashTable    *keys;       /* EntTerm → GArray of EntKey, sorted: what its RECORD operands name */
} EntFilterRun;

void            ent_filter_run_init     (EntFilterRun  *self,
                                         EntStore      *store,
                                         EntConnection *connection);
void            ent_filter_run_clear    (EntFilterRun *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntFilterRun, ent_filter_run_clear)
/** The records that the term's operands name, sorted. (transfer none) */
const GArray   *ent_filter_run_get_keys (EntFilterRun  *self,
                                         const EntTerm *term);
gboolean        ent_filter_run_has_key  (EntFilterRun  *self,
                                         const EntTerm *term,
                                         EntKey         key);
/** The integers that pass, for a subject stored as one integer: at most one range per operand.
 * Element-type EntRange. (transfer full) */
GArray         *ent_filter_run_ranges   (EntFilterRun  *self,
                                         const EntTerm *term);
/** Amounts that pass, in minor units of @currency; FALSE when none does. */
gboolean        ent_filter_run_amounts  (const EntTerm    *term,
                                         const EntOperand *operand,
                                         const char       *currency,
                                         EntRange         *range);

/* --- ent-filter-match.c: the positive test of a term, path and negation aside --- */

typedef enum
{
  ENT_TEST_FILLED,  /* is not empty, of any field */
  ENT_TEST_INTEGER, /* one of ent_filter_run_ranges() */
  ENT_TEST_KEYS,    /* one of ent_filter_run_get_keys() */
  ENT_TEST_TITLE,   /* a record whose title contains… */
  ENT_TEST_MONEY,
  ENT_TEST_TEXT,    /* ent_term_matches_text(), of one text */
  ENT_TEST_ITEMS,   /* the same of any item of a list */
} EntTest;

EntTest         ent_term_get_test       (const EntTerm *self);
/** Whether the field's texts are compared folded (accents and case do not matter) or exactly. */
gboolean        ent_field_is_folded     (const EntField *self);
/** Whether a non-empty text passes. @scratch: a buffer that is reused, or NULL. */
gboolean        ent_term_matches_text   (const EntTerm *self,
                                         const char    *text,
                                         gsize          length,
                                         GString       *scratch);
/** The same of a list in its stored form, a JSON array. */
gboolean        ent_term_matches_stored (EntFilterRun  *run,
                                         const EntTerm *self,
                                         const char    *json,
                                         gsize          length,
                                         GString       *scratch);
gboolean        ent_term_matches_money  (const EntTerm *self,
                                         gint64         minor,
                                         const char    *currency);

/* --- ent-filter-sql.c --- */

typedef enum
{
  ENT_BIND_INT,
  ENT_BIND_TEXT,
  ENT_BIND_POINTER, /* that only our own SQL functions can read */
} EntBindKind;

typedef struct
{
  EntBindKind kind;
  gint64      integer;
  char       *text;
  gpointer    pointer;
  const char *tag;
} EntBind;

/** What ent_matches() gets: the term with what it needs to know. */
#define ENT_SQL_TERM "ent-term"
typedef struct
{
  EntFilterRun  *run;
  const EntTerm *term;
} EntBoundTerm;

/** What ent_order() and ent_words() get: an EntField; a `const EntWords`. */
#define ENT_SQL_FIELD "ent-field"
#define ENT_SQL_WORDS "ent-words"

/** An SQL text under construction with the values for its question marks, in order. */
typedef struct
{
  GString      *sql;
  GArray       *binds;    /* of EntBind */
  GPtrArray    *pointers; /* owned objects that binds point to */
  EntFilterRun *run;
} EntSql;

void            ent_sql_init            (EntSql       *self,
                                         EntFilterRun *run);
void            ent_sql_clear           (EntSql *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntSql, ent_sql_clear)
/** Each appends "?" and its value. */
void            ent_sql_append_int      (EntSql *self,
                                         gint64  integer);
void            ent_sql_append_text     (EntSql     *self,
                                         const char *text);
void            ent_sql_append_pointer  (EntSql     *self,
                                         gpointer    pointer,
                                         const char *tag);
/** Appends a condition that is TRUE for rows that pass; @node NULL: "1". */
void            ent_sql_append_node     (EntSql        *self,
                                         const EntNode *node);
/** The condition of one term on the record type at @hop of its path, negation included. */
void            ent_sql_append_term     (EntSql        *self,
                                         const EntTerm *term,
                                         guint          hop);
/** The positive test of what is left of a term's path from the record type at @hop on; past the last field
 * it is the test of the title of the record that the field names. */
void            ent_sql_append_hop      (EntSql        *self,
                                         const EntTerm *term,
                                         guint          hop);
/** Prepares and binds; the values are borrowed until @self is cleared. (transfer none) */
sqlite3_stmt   *ent_sql_prepare         (EntSql        *self,
                                         EntConnection *connection,
                                         GError       **error);

/* --- ent-sql-functions.c --- */

/** Adds our functions to a connection; does nothing the second time.
 *
 *   ent_matches (term, value)              ent_term_matches_text() or _stored()
 *   ent_matches (term, minor, currency)    ent_term_matches_money()
 *   ent_amount (minor, currency)           ent_amount_key(), to sort by
 *   ent_order (field, text)                ent_field_order(), to sort by
 *   ent_words (words, text)                ent_words_match() */
gboolean        ent_sql_add_functions   (EntConnection *connection,
                                         GError       **error);
/** 1/10,000 units, saturated: an order of amounts whatever their currency. */
gint64          ent_amount_key          (gint64      minor,
                                         const char *currency);
/** What a text of a field is sorted by: the place of a choice, or TRUE and a key in @buffer: folded text,
 * the name of a country, the items of a list in turn. */
gboolean        ent_field_order         (const EntField *field,
                                         const char     *text,
                                         GString        *buffer,
                                         gint64         *place);
/** Items of a stored list, as texts. (transfer full) */
char          **ent_stored_list_read    (const char *json,
                                         gsize       length);

G_END_DECLS
