/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search as you type. Candidates come from sorted indexes and are capped; only they are ranked, so that
 * a search costs the same in a workspace of a hundred records and of a million. */
#include "config.h"

#include "store/ent-bits.h"
#include "store/ent-search-private.h"
#include "store/ent-store-private.h"

#include <string.h>

#define MAX_BY_TITLE 120  /* titles that start with what was typed, per type */
#define MAX_BY_WORD  240  /* rows with the words, from the index of words */
#define MAX_SKIPPED  20000 /* index entries of other types looked past */

/* Where the words were found outweighs everything else. */
#define SCORE_CODE   100000
#define SCORE_EXACT   40000
#define SCORE_START   20000
#define SCORE_WORDS   10000

typedef struct
{
  EntKey  key;
  char   *title;
  int     score;
  gboolean in_title; /* all words are in the title */
} Candidate;

typedef struct
{
  EntStore            *store;
  EntConnection       *connection;
  EntSchema           *schema;
  const EntRecordType *type; /* NULL: any */
  EntWords             words;
  char                *key;  /* ent_text_key() of all that was typed */
  GArray              *candidates;
  GHashTable          *seen;
  GArray              *pending[ENT_KEY_MAX_TYPES];
  GString             *scratch;
  gint64               now;
} Search;

void
ent_hit_free (EntHit *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->snippet);
  g_free (self);
}

static void
candidate_clear (Candidate *self)
{
  g_free (self->title);
}

static gboolean
wants_type (const Search        *self,
            const EntRecordType *type)
{
  if (type == NULL)
    return FALSE;
  if (self->type != NULL)
    return type->info->number == self->type->info->number;
  return (type->info->flags & (ENT_RECORD_TYPE_CHILD | ENT_RECORD_TYPE_LINK)) == 0;
}

/* --- Ranks ---------------------------------------------------------------------------------------- */

static int
weigh_type (const EntRecordType *type)
{
  static const struct
  {
    const char *type;
    int         weight;
  } weights[] = { { "organization", 600 }, { "person", 500 }, { "deal", 300 }, { "agreement", 200 } };

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    if (strcmp (weights[i].type, type->info->name) == 0)
      return weights[i].weight;
  return 0;
}

static int
weigh_age (const Search *self,
           gint64        updated_at)
{
  gint64 days = (self->now - updated_at) / (G_USEC_PER_SEC * G_GINT64_CONSTANT (86400));

  return days < 7 ? 200 : days < 30 ? 100 : days < 180 ? 40 : 0;
}

/* Whole words first: "Cloud Nine" before "Cloudera" for "cloud". */
static gboolean
starts_with_word (const char *folded,
                  const char *text)
{
  gsize length = strlen (text);

  return strncmp (folded, text, length) == 0 && (folded[length] == '\0' || folded[length] == ' ');
}

static int
score_title (Search     *self,
             const char *title,
             gboolean   *in_title)
{
  const char *typed = self->words.text;
  int score;

  *in_title = title != NULL && ent_words_match (&self->words, title, -1, self->scratch);
  if (!*in_title)
    score = 0;
  else if (strcmp (self->scratch->str, typed) == 0)
    score = SCORE_EXACT;
  else if (starts_with_word (self->scratch->str, typed))
    score = SCORE_START + 1000;
  else if (g_str_has_prefix (self->scratch->str, typed))
    score = SCORE_START;
  else
    score = SCORE_WORDS;
  /* The shorter of two titles is nearer to what was typed. */
  return score - (title != NULL ? 10 * (int) MIN (g_utf8_strlen (title, -1), 80) : 0);
}

/* --- Candidates ----------------------------------------------------------------------------------- */

static void
add_candidate (Search              *self,
               const EntRecordType *type,
               gint64               row,
               int                  bonus)
{
  EntKey key = ent_key_make (type->info->number, row);
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  Candidate candidate = { .key = key };

  if (!g_hash_table_add (self->seen, GSIZE_TO_POINTER ((gsize) key)))
    return;
  sql = g_strdup_printf ("SELECT title, updated_at FROM %s WHERE \"row\" = ? AND deleted_at IS NULL",
                         ent_sql_table (type));
  statement = ent_connection_prepare (self->connection, sql, NULL);
  if (statement == NULL)
    return;
  sqlite3_bind_int64 (statement, 1, row);
  if (ent_connection_step (self->connection, statement, NULL) == SQLITE_ROW)
    {
      candidate.title = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      candidate.score = score_title (self, candidate.title, &candidate.in_title) + weigh_type (type) +
                        weigh_age (self, sqlite3_column_int64 (statement, 1)) + bonus;
      g_array_append_val (self->candidates, candidate);
    }
  sqlite3_reset (statement);
}

static void
find_code (Search     *self,
           const char *text)
{
  g_autofree char *word = g_strstrip (g_strdup (text));
  EntKey key = ent_schema_read_code (self->schema, word);
  const EntRecordType *type = key != 0 ? ent_schema_lookup_key (self->schema, key) : NULL;

  if (wants_type (self, type))
    add_candidate (self, type, ent_key_row (key), SCORE_CODE);
}

/* The index of titles is always current, and the exact title is its first hit. */
static gboolean
find_by_title (Search              *self,
               const EntRecordType *type,
               GError             **error)
{
  g_autofree char *sql = NULL;
  g_autofree char *end = g_strconcat (self->key, "\xf4\x8f\xbf\xbf", NULL);
  sqlite3_stmt *statement;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  int code;

  if (*self->key == '\0')
    return TRUE;
  sql = g_strdup_printf ("SELECT \"row\" FROM %s WHERE deleted_at IS NULL AND title_key >= ? AND"
                         " title_key < ? ORDER BY title_key LIMIT ?", ent_sql_table (type));
  statement = ent_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, self->key, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, end, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 3, MAX_BY_TITLE);
  while ((code = ent_connection_step (self->connection, statement, error)) == SQLITE_ROW)
    {
      gint64 row = sqlite3_column_int64 (statement, 0);

      g_array_append_val (rows, row);
    }
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  for (guint i = 0; i < rows->len; i++)
    add_candidate (self, type, g_array_index (rows, gint64, i), 0);
  return code == SQLITE_DONE;
}

static gboolean
is_pending (const Search *self,
            EntKey        key)
{
  const GArray *ranges = self->pending[ent_key_type_number (key)];
  gint64 row = ent_key_row (key);

  for (guint i = 0; ranges != NULL && i < ranges->len; i++)
    if (row >= g_array_index (ranges, EntRange, i).from && row <= g_array_index (ranges, EntRange, i).to)
      return TRUE;
  return FALSE;
}

static gboolean
find_by_word (Search     *self,
              const char *column,
              GError    **error)
{
  g_autofree char *query = ent_words_to_fts (&self->words, column);
  sqlite3_stmt *statement;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  int code = SQLITE_ROW;

  statement = ent_connection_prepare (self->connection, "SELECT rowid FROM search WHERE search MATCH ?", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, query, -1, SQLITE_STATIC);
  for (guint i = 0; i < MAX_SKIPPED && keys->len < MAX_BY_WORD && code == SQLITE_ROW; i++)
    {
      EntKey key;

      code = ent_connection_step (self->connection, statement, error);
      if (code != SQLITE_ROW)
        break;
      key = sqlite3_column_int64 (statement, 0);
      if (wants_type (self, ent_schema_lookup_key (self->schema, key)) && !is_pending (self, key))
        g_array_append_val (keys, key);
    }
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  for (guint i = 0; i < keys->len; i++)
    {
      EntKey key = g_array_index (keys, EntKey, i);

      add_candidate (self, ent_schema_lookup_key (self->schema, key), ent_key_row (key), 0);
    }
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
find_pending (Search              *self,
              const EntRecordType *type,
              GError             **error)
{
  const GArray *pending = self->pending[type->info->number];
  g_auto (EntBits) rows = { 0 };
  guint n = 0;

  if (pending == NULL || pending->len == 0)
    return TRUE;
  if (!ent_search_find_pending (self->connection, type, &self->words, pending, &rows, error))
    return FALSE;
  for (gsize i = 0; i < rows.n_words && n < MAX_BY_WORD; i++)
    for (guint64 left = rows.words[i]; left != 0 && n < MAX_BY_WORD; left &= left - 1, n++)
      add_candidate (self, type, (gint64) (i * 64) + __builtin_ctzll (left), 0);
  return TRUE;
}

static gboolean
find_in_types (Search  *self,
               GError **error)
{
  for (guint i = 0; i < ent_schema_get_n_types (self->schema); i++)
    {
      const EntRecordType *type = ent_schema_get_nth (self->schema, i);

      if (!wants_type (self, type))
        continue;
      self->pending[type->info->number] = ent_search_get_pending (self->connection, type, error);
      if (self->pending[type->info->number] == NULL || !find_by_title (self, type, error) ||
          !find_pending (self, type, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_all (Search     *self,
          const char *text,
          guint       limit,
          GError    **error)
{
  find_code (self, text);
  if (ent_words_is_empty (&self->words))
    return TRUE;
  return find_in_types (self, error) && find_by_word (self, "title", error) &&
         (self->candidates->len >= limit || find_by_word (self, NULL, error));
}

/* --- Answer --------------------------------------------------------------------------------------- */

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  if (g_strcmp0 (x->title, y->title) != 0)
    return g_strcmp0 (x->title, y->title);
  return (x->key > y->key) - (x->key < y->key);
}

static EntHit *
make_hit (Search    *self,
          Candidate *candidate)
{
  EntHit *hit = g_new0 (EntHit, 1);

  hit->key = candidate->key;
  hit->score = candidate->score;
  hit->title = candidate->title != NULL ? g_strdup (candidate->title)
                                        : ent_read_title (self->connection, self->schema, candidate->key);
  if (!candidate->in_title && candidate->score < SCORE_CODE)
    hit->snippet = ent_search_make_snippet (self->connection, self->schema, candidate->key, &self->words);
  return hit;
}

static GPtrArray *
make_hits (Search *self,
           guint   limit)
{
  GPtrArray *hits = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_hit_free);

  g_array_sort (self->candidates, compare_candidates);
  for (guint i = 0; i < MIN (limit, self->candidates->len); i++)
    g_ptr_array_add (hits, make_hit (self, &g_array_index (self->candidates, Candidate, i)));
  return hits;
}

static void
search_init (Search              *self,
             EntStore            *store,
             const char          *text,
             const EntRecordType *type)
{
  self->store = store;
  self->type = type;
  self->schema = ent_store_dup_schema (store);
  ent_words_init (&self->words, text);
  self->key = ent_text_key (text);
  self->candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_array_set_clear_func (self->candidates, (GDestroyNotify) candidate_clear);
  self->seen = g_hash_table_new (NULL, NULL);
  self->scratch = g_string_new (NULL);
  self->now = g_get_real_time ();
}

static void
search_clear (Search *self)
{
  ent_schema_unref (self->schema);
  ent_words_clear (&self->words);
  g_free (self->key);
  g_array_unref (self->candidates);
  g_hash_table_unref (self->seen);
  g_string_free (self->scratch, TRUE);
  for (guint i = 0; i < ENT_KEY_MAX_TYPES; i++)
    g_clear_pointer (&self->pending[i], g_array_unref);
}

GPtrArray *
ent_store_search (EntStore            *store,
                  const char          *text,
                  const EntRecordType *type,
                  guint                limit,
                  GCancellable        *cancellable,
                  GError             **error)
{
  Search search = { 0 };
  GPtrArray *hits = NULL;

  g_return_val_if_fail (ENT_IS_STORE (store) && text != NULL, NULL);

  search.connection = ent_store_acquire_reader (store, error);
  if (search.connection == NULL)
    return NULL;
  ent_connection_set_cancellable (search.connection, cancellable);
  search_init (&search, store, text, type);
  if (ent_sql_add_functions (search.connection, error) && find_all (&search, text, limit, error))
    hits = make_hits (&search, limit);
  search_clear (&search);
  ent_connection_set_cancellable (search.connection, NULL);
  ent_store_release_reader (store, search.connection);
  return hits;
}
