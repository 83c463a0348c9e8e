/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-index.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/ent-query.h"

#define PAGE_ROWS 4096
#define SHOWN_CANDIDATES 4
/* Reading a record into a table costs about what four lookups in the store do. */
#define LOOKUPS_PER_ROW 4
#define ALWAYS_LOADED 20000

#define SEED_REF 1
#define SEED_TITLE 2

typedef struct
{
  const EntRecordType *type;   /* NULL: not readied */
  EntIndex            *refs;   /* NULL: ask the store */
  EntIndex            *titles;
} Table;

struct _EntResolver
{
  EntTransaction *transaction;
  EntSchema      *schema;
  guint64         expected;
  Table           tables[ENT_KEY_MAX_TYPES];
  GHashTable     *asked;       /* text → EntKey, what the store answered */
  GString        *title_key;
};

EntResolver *
ent_resolver_new (EntTransaction *transaction,
                  guint64         expected)
{
  EntResolver *self = g_new0 (EntResolver, 1);

  self->transaction = transaction;
  self->schema = ent_schema_ref (ent_transaction_get_schema (transaction));
  self->expected = expected;
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->title_key = g_string_new (NULL);
  return self;
}

void
ent_resolver_free (EntResolver *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < ENT_KEY_MAX_TYPES; i++)
    {
      ent_index_free (self->tables[i].refs);
      ent_index_free (self->tables[i].titles);
    }
  g_hash_table_unref (self->asked);
  g_string_free (self->title_key, TRUE);
  ent_schema_unref (self->schema);
  g_free (self);
}

/* --- Loading ---------------------------------------------------------------------------------- */

static void
add_texts (EntResolver *self,
           Table       *table,
           gint64       row,
           const char  *ref,
           const char  *title)
{
  if (ref != NULL)
    ent_index_add (table->refs, ent_index_hash (ref, strlen (ref), SEED_REF), (guint32) row, 0);
  if (title == NULL)
    return;
  ent_text_key_into (self->title_key, title, -1);
  if (self->title_key->len > 0)
    ent_index_add (table->titles,
                   ent_index_hash (self->title_key->str, self->title_key->len, SEED_TITLE),
                   (guint32) row, 0);
}

static gboolean
load_rows (EntResolver    *self,
           Table          *table,
           const guint32  *rows,
           gsize           n_rows,
           GError        **error)
{
  static const guint fields[] = { ENT_COMMON_TITLE, ENT_COMMON_REF };
  EntStore *store = ent_transaction_get_store (self->transaction);
  GCancellable *cancellable = ent_transaction_get_cancellable (self->transaction);

  for (gsize done = 0; done < n_rows; done += PAGE_ROWS)
    {
      g_autoptr (GPtrArray) records = NULL;

      records = ent_store_load (store, table->type, rows + done, MIN (PAGE_ROWS, n_rows - done),
                                fields,
                                G_N_ELEMENTS (fields), cancellable, error);
      if (records == NULL)
        return FALSE;
      for (guint i = 0; i < records->len; i++)
        {
          EntRecord *record = records->pdata[i];

          if (record != NULL)
            add_texts (self, table, rows[done + i], ent_record_get_text (record, "ref"),
                       ent_record_get_text (record, "title"));
        }
    }
  return TRUE;
}

gboolean
ent_resolver_load (EntResolver         *self,
                   const EntRecordType *type,
                   GError             **error)
{
  Table *table = &self->tables[type->info->number];
  EntStore *store = ent_transaction_get_store (self->transaction);
  EntQuery query = { .type = type };
  g_autoptr (EntResult) result = NULL;
  gint64 n_rows;

  if (table->type != NULL)
    return TRUE;
  n_rows = ent_store_count (store, &query, NULL, error);
  if (n_rows < 0)
    return FALSE;
  table->type = type;
  if (n_rows > ALWAYS_LOADED && (guint64) n_rows > LOOKUPS_PER_ROW * self->expected)
    return TRUE;

  table->refs = ent_index_new ((guint64) n_rows);
  table->titles = ent_index_new ((guint64) n_rows);
  if (n_rows == 0)
    return TRUE;
  result = ent_store_query (store, &query, NULL, error);
  return result != NULL && load_rows (self, table, ent_result_get_rows (result),
                                      ent_result_get_n (result), error);
}

gboolean
ent_resolver_load_all (EntResolver *self,
                       GError     **error)
{
  for (guint i = 0; i < ent_schema_get_n_types (self->schema); i++)
    {
      const EntRecordType *type = ent_schema_get_nth (self->schema, i);

      if (!ent_record_type_is_child (type) && !(type->info->flags & ENT_RECORD_TYPE_LINK) &&
          !ent_resolver_load (self, type, error))
        return FALSE;
    }
  return TRUE;
}

void
ent_resolver_add (EntResolver *self,
                  EntKey       key,
                  const char  *ref,
                  const char  *title)
{
  Table *table = &self->tables[ent_key_type_number (key)];

  if (table->refs != NULL)
    add_texts (self, table, ent_key_row (key), ref, title);
}

/* --- Finding ---------------------------------------------------------------------------------- */

/* "P-0004, P-0017, …" */
static void
append_candidates (GString     *text,
                   const Table *table,
                   gboolean     by_ref,
                   guint64      hash)
{
  const EntIndex *index = by_ref ? table->refs : table->titles;
  const EntIndexSlot *slot = index != NULL ? ent_index_lookup (index, hash) : NULL;
  GArray *several = slot != NULL ? ent_index_get_rows (index, hash) : NULL;
  guint n = slot == NULL ? 0 : several != NULL ? several->len : 1;

  for (guint i = 0; i < n && i <= SHOWN_CANDIDATES; i++)
    {
      guint32 row = several != NULL ? g_array_index (several, guint32, i) : slot->row;
      g_autofree char *code = ent_record_type_make_code (table->type, row);

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              i < SHOWN_CANDIDATES ? code : "…");
    }
}

static char *
explain_several (const char *text,
                 const char *candidates)
{
  return g_strdup_printf (_("“%s” is the name of several records: %s; write the short code or the "
                            "reference of one of them"), text, candidates);
}

/* Looks in one kind of table of all wanted types. */
static EntKey
find_hash (EntResolver *self,
           guint        number,
           gboolean     by_ref,
           guint64      hash,
           const char  *text,
           char       **reason)
{
  guint last = number > 0 ? number : ENT_KEY_MAX_TYPES - 1;
  EntKey found = 0;
  guint n_found = 0;
  g_autoptr (GString) candidates = NULL;

  for (guint i = MAX (number, 1); i <= last; i++)
    {
      const Table *table = &self->tables[i];
      const EntIndexSlot *slot = NULL;

      if (table->refs != NULL)
        slot = ent_index_lookup (by_ref ? table->refs : table->titles, hash);
      if (slot == NULL)
        continue;
      found = ent_key_make (i, slot->row);
      n_found += slot->row != ENT_INDEX_SEVERAL ? 1 : 2;
    }
  if (n_found < 2)
    return found;

  candidates = g_string_new (NULL);
  for (guint i = MAX (number, 1); i <= last; i++)
    append_candidates (candidates, &self->tables[i], by_ref, hash);
  *reason = explain_several (text, candidates->str);
  return 0;
}

static EntKey
ask_store (EntResolver         *self,
           const EntRecordType *type,
           const char          *text,
           char               **reason)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%u %s", type->info->number, text);
  EntKey *known = g_hash_table_lookup (self->asked, name);
  EntKey key;

  if (known != NULL)
    return *known;
  key = ent_transaction_resolve (self->transaction, type, text, &error);
  if (g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_AMBIGUOUS))
    *reason = g_strdup (error->message);
  if (g_hash_table_size (self->asked) > 20000)
    g_hash_table_remove_all (self->asked);
  if (key != 0)
    g_hash_table_insert (self->asked, g_steal_pointer (&name), g_memdup2 (&key, sizeof key));
  return key;
}

/* In the types whose records were not loaded. */
static EntKey
find_unloaded (EntResolver *self,
               guint        number,
               const char  *text,
               char       **reason)
{
  EntKey found = 0;

  for (guint i = number > 0 ? number : 1; i < (number > 0 ? number + 1 : ENT_KEY_MAX_TYPES); i++)
    if (self->tables[i].type != NULL && self->tables[i].refs == NULL)
      {
        EntKey key = ask_store (self, self->tables[i].type, text, reason);

        if (key != 0 && found != 0)
          {
            EntStore *store = ent_transaction_get_store (self->transaction);
            g_autofree char *first = ent_store_dup_code (store, found);
            g_autofree char *second = ent_store_dup_code (store, key);
            g_autofree char *both = g_strconcat (first, ", ", second, NULL);

            *reason = explain_several (text, both);
            return 0;
          }
        found = found != 0 ? found : key;
      }
  return found;
}

/* A short code, an id or a key: what names a record in this workspace by itself. */
static EntKey
find_spelled_out (EntResolver    *self,
                  const EntField *field,
                  const char     *text)
{
  gboolean is_any = g_strcmp0 (field->info.target, "*") == 0;
  const EntRecordType *type = is_any ? NULL : ent_schema_lookup (self->schema, field->info.target);
  EntKey key = ent_schema_read_code (self->schema, text);
  EntId id;

  if (key != 0 && (is_any || (type != NULL && ent_key_type_number (key) == type->info->number)) &&
      ent_transaction_exists (self->transaction, key))
    return key;
  if (text[0] == '#' || ent_id_parse (&id, text))
    return ent_transaction_resolve (self->transaction, type, text, NULL);
  return 0;
}

EntKey
ent_resolver_find (EntResolver    *self,
                   const EntField *field,
                   const char     *text,
                   char          **reason)
{
  const EntRecordType *type = NULL;
  gboolean only_ref = g_ascii_strncasecmp (text, "ref:", 4) == 0;
  const char *bare = only_ref ? text + 4 : text;
  EntKey key;
  guint number;

  *reason = NULL;
  if (g_strcmp0 (field->info.target, "*") != 0)
    type = ent_schema_lookup (self->schema, field->info.target);
  number = type != NULL ? type->info->number : 0;

  key = only_ref ? 0 : find_spelled_out (self, field, text);
  if (key == 0)
    key = find_hash (self, number, TRUE, ent_index_hash (bare, strlen (bare), SEED_REF), text,
                     reason);
  if (key == 0 && *reason == NULL && !only_ref)
    {
      ent_text_key_into (self->title_key, text, -1);
      key = find_hash (self, number, FALSE,
                       ent_index_hash (self->title_key->str, self->title_key->len, SEED_TITLE),
                       text,
                       reason);
    }
  if (key == 0 && *reason == NULL)
    key = find_unloaded (self, number, text, reason);
  return key;
}
