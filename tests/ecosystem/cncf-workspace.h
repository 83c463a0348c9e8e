/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ecosystem/graph-files.h"
#include "store/ent-transaction.h"

/* The public ecosystem of ../shared/data as records: partners are organizations (tiers their levels), products are
 * offerings, categories are programs, relations are links. */

typedef struct
{
  GPtrArray  *relations, *partners, *products;
  GHashTable *keys; /* id → EntKey * */
} Cncf;

static inline EntKey
cncf_insert (EntTransaction *transaction,
             const char     *type_name,
             const char     *first, /* FIELD, TEXT, …, NULL */
             ...)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), type_name);
  g_autoptr(EntRecord) record = ent_record_new (type);
  g_autoptr(GError) error = NULL;
  va_list args;

  va_start (args, first);
  for (const char *field = first; field != NULL; field = va_arg (args, const char *))
    {
      const char *text = va_arg (args, const char *);

      if (*text != '\0')
        ent_record_set_text (record, field, text, &error);
      g_assert_no_error (error);
    }
  va_end (args);
  ent_transaction_insert (transaction, record, &error);
  g_assert_no_error (error);
  return ent_record_get_key (record);
}

static inline void
cncf_remember (Cncf       *self,
               const char *id,
               EntKey      key)
{
  g_hash_table_insert (self->keys, g_strdup (id), g_memdup2 (&key, sizeof key));
}

static inline char *
cncf_key (Cncf           *self,
          EntTransaction *transaction,
          const char     *id)
{
  const EntKey *key = g_hash_table_lookup (self->keys, id);
  const char *slash = strrchr (id, '/');
  EntKey made;

  if (key != NULL)
    return g_strdup_printf ("#%" G_GINT64_FORMAT, *key);
  made = cncf_insert (transaction, "program", "title", slash != NULL ? slash + 1 : strchr (id, ':') + 1, "ref", id,
                      "kind", "partner_type", NULL);
  cncf_remember (self, id, made);
  return g_strdup_printf ("#%" G_GINT64_FORMAT, made);
}

static inline gboolean
cncf_fill (EntTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  static const char * const tiers[] = { "Platinum", "Gold", "Silver", "End User Supporter and Contributor",
                                        "Academic", "Nonprofit" };
  Cncf *self = data;
  g_autoptr(GHashTable) levels = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (gsize i = 0; i < G_N_ELEMENTS (tiers); i++)
    {
      g_autofree char *rank = g_strdup_printf ("%zu", i + 1);
      EntKey key = cncf_insert (transaction, "program", "title", tiers[i], "kind", "level", "rank", rank, NULL);

      g_hash_table_insert (levels, (gpointer) tiers[i], g_strdup_printf ("#%" G_GINT64_FORMAT, key));
    }
  for (guint i = 0; i < self->partners->len; i++)
    {
      const char *level = g_hash_table_lookup (levels, cell (self->partners, i, 4));
      gboolean sells = strstr (cell (self->partners, i, 7), "KCSP") != NULL;

      cncf_remember (self, cell (self->partners, i, 0),
                     cncf_insert (transaction, "organization", "title", cell (self->partners, i, 1), "ref",
                                  cell (self->partners, i, 0), "roles", "partner", "level", level != NULL ? level : "",
                                  "partner_type", sells ? "solution" : "technology", NULL));
    }
  for (guint i = 0; i < self->products->len; i++)
    if (!g_hash_table_contains (self->keys, cell (self->products, i, 0)))
      cncf_remember (self, cell (self->products, i, 0),
                     cncf_insert (transaction, "offering", "title", cell (self->products, i, 1), "ref",
                                  cell (self->products, i, 0), NULL));
  for (guint i = 0; i < self->relations->len; i++)
    {
      g_autofree char *from = cncf_key (self, transaction, cell (self->relations, i, 0));
      g_autofree char *to = cncf_key (self, transaction, cell (self->relations, i, 1));
      const char *kind = cell (self->relations, i, 2);

      cncf_insert (transaction, "link", "from", from, "to", to, "type",
                   g_str_equal (kind, "controls_item") ? "owns_account"
                   : g_str_equal (kind, "member_of") ? "partner_of" : "works_with", NULL);
    }
  return TRUE;
}

/** FALSE when the files are not there. */
static inline gboolean
cncf_load (EntStore *store)
{
  Cncf self = { read_csv ("ecosystem/relations.csv"), read_csv ("ecosystem/partners.csv"),
                read_csv ("ecosystem/products.csv"),
                g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  g_autoptr(GError) error = NULL;
  gboolean found = self.relations != NULL;

  if (found)
    ent_store_write (store, "Import the ecosystem", ENT_ORIGIN_IMPORT, cncf_fill, &self, NULL, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&self.relations, g_ptr_array_unref);
  g_clear_pointer (&self.partners, g_ptr_array_unref);
  g_clear_pointer (&self.products, g_ptr_array_unref);
  g_hash_table_unref (self.keys);
  return found;
}
