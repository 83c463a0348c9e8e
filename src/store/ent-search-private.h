/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-bits.h"
#include "store/ent-filter-private.h"

G_BEGIN_DECLS

/* Inside src/store/: words to search for, the full-text index, ranks.
 *
 * The index holds folded words (ent_search_fold()), not the text as written, so that it, the titles of
 * rows that are not indexed yet, and what was typed are all compared in one form. */

/* --- ent-search-words.c --- */

/** Appends the words of @text in the form of the index: ent_text_key(), every run of letters and digits
 * one word, every ideograph (which is written without spaces) a word of its own; joined by one space. */
void      ent_search_fold     (GString    *buffer,
                               const char *text,
                               gssize      length);

/** What was typed, by words; a word as "p-0042" is a phrase of several index words. */
typedef struct
{
  GPtrArray *phrases; /* of char *, folded; each is to be found by prefix */
  char      *text;    /* all of it folded, for exact titles */
} EntWords;

void      ent_words_init      (EntWords   *self,
                               const char *text);
void      ent_words_clear     (EntWords *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntWords, ent_words_clear)
/** Nothing but spaces and signs. */
gboolean  ent_words_is_empty  (const EntWords *self);
/** The full-text query: all phrases by prefix; @column: "title", "body", or NULL for both. (transfer full) */
char     *ent_words_to_fts    (const EntWords *self,
                               const char     *column);
/** Whether each phrase begins a word of @text, which is folded by ent_search_fold() into @scratch. */
gboolean  ent_words_match     (const EntWords *self,
                               const char     *text,
                               gssize          length,
                               GString        *scratch);

/* --- ent-search-lookup.c --- */

/** Rows of @type that are not indexed yet: element-type EntRange. (transfer full) */
GArray   *ent_search_get_pending (EntConnection       *connection,
                                  const EntRecordType *type,
                                  GError             **error);
/** Appends a condition on t0 that is TRUE for rows with all words in their searched fields. */
gboolean  ent_search_append_sql  (EntSql              *sql,
                                  EntConnection       *connection,
                                  const EntRecordType *type,
                                  EntWords            *words,
                                  GError             **error);
/** Sets the bits of such rows, binned ones perhaps among them. */
gboolean  ent_search_find_rows   (EntConnection       *connection,
                                  const EntRecordType *type,
                                  EntWords            *words,
                                  EntBits             *rows,
                                  GError             **error);
/** The same of rows in @pending alone, which are read themselves. */
gboolean  ent_search_find_pending (EntConnection       *connection,
                                   const EntRecordType *type,
                                   EntWords            *words,
                                   const GArray        *pending,
                                   EntBits             *rows,
                                   GError             **error);

/* --- ent-search-index.c --- */

/** Whether words of the field are in the index. */
gboolean  ent_search_has_field   (const EntField *field);
/** The title and the other such fields, by index: element-type guint. (transfer full) */
GArray   *ent_search_list_fields (const EntRecordType *type);

/* --- ent-search-snippet.c --- */

/** "Note: … renewal …"; NULL when no field but the title has the words. (transfer full) (nullable) */
char     *ent_search_make_snippet (EntConnection *connection,
                                   EntSchema     *schema,
                                   EntKey         key,
                                   EntWords      *words);

/* --- ent-search-catch-up.c --- */

/** Begins to catch up in the background, now and after each large run. */
void      ent_search_start       (EntStore *store);
/** Lets rows wait until ent_store_index() is called: for tests. */
void      ent_search_hold        (EntStore *store);

G_END_DECLS
