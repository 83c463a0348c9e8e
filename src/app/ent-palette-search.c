/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-palette-search.h"

#include "app/ent-palette-item.h"
#include "store/ent-query.h"

#include <glib/gi18n.h>

#define N_RECORDS 12

/* What is called exactly as was typed is meant, whatever else fits. */
#define SCORE_NAMED 1000000

/* More than fits is as bad as none while something is typed. */
#define N_ACTIONS 8

/* --- Actions ---------------------------------------------------------------------------------------------- */

typedef struct
{
  EntPaletteItem *item;
  int             score;
  guint           order;
} Found;

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const Found *x = a, *y = b;

  return x->score != y->score ? y->score - x->score : (int) x->order - (int) y->order;
}

static int
score_words (const char *text,
             const char *label,
             const char *keywords)
{
  g_autofree char *typed = ent_text_key (text), *name = ent_text_key (label);
  int score = ent_fuzzy_score (text, label);

  /* What is asked for in a dialog has an ellipsis that nobody types. */
  if (g_str_has_suffix (name, "…"))
    name[strlen (name) - strlen ("…")] = '\0';
  if (g_str_equal (typed, name))
    return SCORE_NAMED;
  /* Another word for it counts, but less than its name. */
  if (score == 0 && keywords != NULL)
    score = ent_fuzzy_score (text, _(keywords)) / 4;
  return score;
}

static void
add_found (GArray         *found,
           EntPaletteItem *item,
           int             score)
{
  Found entry = { item, score, found->len };

  g_array_append_val (found, entry);
}

static void
add_pages (EntWindow  *window,
           const char *text,
           GArray     *found)
{
  guint n;
  const EntPageInfo *pages = ent_page_registry_get (&n);

  if (!ent_window_can_activate (window, "win.page"))
    return;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *title = g_strdup_printf (_("Go to %s"), _(pages[i].title));
      int score = MAX (score_words (text, title, pages[i].keywords),
                       score_words (text, _(pages[i].title), NULL));

      if (score > 0)
        add_found (found, ent_palette_item_new_page (&pages[i]), score);
    }
}

static void
add_actions (EntWindow  *window,
             const char *text,
             GArray     *found)
{
  guint n;
  const EntActionInfo *actions = ent_actions_get (&n);

  for (guint i = 0; i < n; i++)
    {
      int score = actions[i].hidden ? 0 : score_words (text, _(actions[i].label), actions[i].keywords);

      if (score > 0 && ent_window_can_activate (window, actions[i].name))
        add_found (found, ent_palette_item_new_action (&actions[i]), score);
    }
}

GPtrArray *
ent_palette_find_actions (EntWindow  *window,
                          const char *text,
                          gboolean   *is_named)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  add_pages (window, text, found);
  add_actions (window, text, found);
  g_array_sort (found, compare_found);
  *is_named = found->len > 0 && g_array_index (found, Found, 0).score >= SCORE_NAMED;
  for (guint i = 0; i < found->len; i++)
    {
      Found *entry = &g_array_index (found, Found, i);

      if (*text == '\0' || i < N_ACTIONS)
        g_ptr_array_add (items, entry->item);
      else
        g_object_unref (entry->item);
    }
  return items;
}

/* --- Records ---------------------------------------------------------------------------------------------- */

typedef struct
{
  char   *text;
  GArray *recent;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->text);
  g_array_unref (search->recent);
  g_free (search);
}

/* What a record is about: the first other record that lists show with it. It tells tasks of one name apart. */
static char *
dup_context (EntStore            *store,
             const EntRecordType *type,
             EntKey               key)
{
  const EntField *field = NULL;
  guint32 row = (guint32) ent_key_row (key);
  g_autoptr (GPtrArray) records = NULL;
  EntKey other = 0;

  for (guint i = ENT_N_COMMON; i < ent_record_type_get_n_fields (type) && field == NULL; i++)
    {
      const EntField *candidate = ent_record_type_get_nth (type, i);

      if (candidate->info.type == ENT_FIELD_REF && (candidate->info.flags & ENT_FIELD_COLUMN) &&
          g_strcmp0 (candidate->info.target, "person") != 0 && g_strcmp0 (candidate->info.target, "program") != 0)
        field = candidate;
    }
  if (field == NULL)
    return NULL;
  records = ent_store_load (store, type, &row, 1, &field->index, 1, NULL, NULL);
  if (records != NULL && g_ptr_array_index (records, 0) != NULL)
    {
      const EntValue *value = ent_record_get (g_ptr_array_index (records, 0), field->index);

      if (value->kind == ENT_VALUE_INT)
        other = value->integer;
      else if (value->kind == ENT_VALUE_KEYS && value->integer > 0)
        other = value->keys[0];
    }
  return other != 0 ? ent_store_dup_title (store, other) : NULL;
}

static void
add_record (GPtrArray  *items,
            EntStore   *store,
            EntSchema  *schema,
            EntKey      key,
            const char *title,
            const char *snippet)
{
  const EntRecordType *type = ent_schema_lookup_key (schema, key);
  const EntPageInfo *page;
  g_autofree char *code = NULL;
  g_autofree char *context = NULL;
  g_autofree char *subtitle = NULL;

  if (type == NULL || title == NULL)
    return;
  page = ent_page_registry_for_type (type->info->name);
  code = ent_store_dup_code (store, key);
  context = dup_context (store, type, key);
  subtitle = g_strjoin (" · ", ent_record_type_get_label (type, FALSE), context != NULL ? context : code,
                        snippet != NULL ? snippet : context != NULL ? code : NULL, NULL);
  g_ptr_array_add (items, ent_palette_item_new_record (key, title, subtitle,
                                                       page != NULL ? page->icon_name
                                                                    : type->info->icon_name));
}

static void
add_recent (GPtrArray *items,
            EntStore  *store,
            EntSchema *schema,
            GArray    *recent)
{
  for (guint i = 0; i < recent->len; i++)
    {
      EntKey key = g_array_index (recent, EntKey, i);
      g_autofree char *title = ent_store_dup_title (store, key);

      add_record (items, store, schema, key, title, NULL);
    }
}

static gboolean
add_hits (GPtrArray    *items,
          EntStore     *store,
          EntSchema    *schema,
          const char   *text,
          GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (GPtrArray) hits = NULL;
  EntKey coded = ent_schema_read_code (schema, text);

  if (coded != 0)
    {
      g_autofree char *title = ent_store_dup_title (store, coded);

      add_record (items, store, schema, coded, title, NULL);
    }
  hits = ent_store_search (store, text, NULL, N_RECORDS, cancellable, error);
  if (hits == NULL)
    return FALSE;
  for (guint i = 0; i < hits->len; i++)
    {
      const EntHit *hit = g_ptr_array_index (hits, i);

      if (hit->key != coded)
        add_record (items, store, schema, hit->key, hit->title, hit->snippet);
    }
  return TRUE;
}

static gpointer
search_job (EntStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Search *search = data;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  EntSchema *schema = ent_store_dup_schema (store);
  gboolean good = TRUE;

  if (*search->text == '\0')
    add_recent (items, store, schema, search->recent);
  else
    good = add_hits (items, store, schema, search->text, cancellable, error);
  ent_schema_unref (schema);
  return good ? g_steal_pointer (&items) : NULL;
}

void
ent_palette_find_records_async (EntStore            *store,
                                const char          *text,
                                GArray              *recent,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  Search *search = g_new0 (Search, 1);

  search->text = g_strstrip (g_strdup (text));
  search->recent = g_array_copy (recent);
  ent_store_run_async (store, search_job, search, search_free, (GDestroyNotify) g_ptr_array_unref,
                       cancellable, callback, user_data);
}

GPtrArray *
ent_palette_find_records_finish (EntStore      *store,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return ent_store_run_finish (store, result, error);
}
