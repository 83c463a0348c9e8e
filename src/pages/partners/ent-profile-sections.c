/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lists of a profile, found in the schema: every field of any type that may name the record. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pages/partners/ent-profile-data.h"
#include "store/ent-query.h"

#define MAX_ITEMS 50

/* Where records of a type go; types that are not named go to the relations. */
static const struct
{
  const char   *type;
  EntProfileTab tab;
} tabs[] = {
  { "person", ENT_PROFILE_TAB_PEOPLE },
  { "deal", ENT_PROFILE_TAB_DEALS },
  { "deal_party", ENT_PROFILE_TAB_DEALS },
  { "deal_stakeholder", ENT_PROFILE_TAB_DEALS },
  { "ledger", ENT_PROFILE_TAB_DEALS },
  { "offering", ENT_PROFILE_TAB_DEALS },
  { "agreement", ENT_PROFILE_TAB_PROGRAM },
  { "agreement_term", ENT_PROFILE_TAB_PROGRAM },
  { "agreement_clause", ENT_PROFILE_TAB_PROGRAM },
  { "obligation", ENT_PROFILE_TAB_PROGRAM },
  { "funding", ENT_PROFILE_TAB_PROGRAM },
  { "campaign", ENT_PROFILE_TAB_PROGRAM },
  { "assessment", ENT_PROFILE_TAB_PROGRAM },
  { "program", ENT_PROFILE_TAB_PROGRAM },
  { "program_rule", ENT_PROFILE_TAB_PROGRAM },
  { "case", ENT_PROFILE_TAB_PROGRAM },
  { "plan", ENT_PROFILE_TAB_PLANS },
  { "plan_item", ENT_PROFILE_TAB_PLANS },
  { "task", ENT_PROFILE_TAB_PLANS },
  { "document", ENT_PROFILE_TAB_DOCUMENTS },
};

/* Lists that invite to add to them even while they are empty. */
static const struct
{
  const char *target;
  const char *type;
  const char *field;
} primaries[] = {
  { "organization", "person", "org" },
  { "organization", "deal", "account" },
  { "organization", "agreement", "counterparty" },
  { "organization", "funding", "partner" },
  { "deal", "funding", "deal" },
  { "*", "task", "about" },
  { "*", "plan", "for" },
  { "*", "document", "about" },
};

EntProfileTab
ent_profile_tab_of (const EntRecordType *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    if (strcmp (tabs[i].type, type->info->name) == 0)
      return tabs[i].tab;
  return ENT_PROFILE_TAB_RELATIONS;
}

static gboolean
is_primary (const EntRecordType *target,
            const EntField      *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (primaries); i++)
    if (strcmp (primaries[i].type, field->type->info->name) == 0 && strcmp (primaries[i].field, field->info.name) == 0 &&
        (strcmp (primaries[i].target, "*") == 0 || strcmp (primaries[i].target, target->info->name) == 0))
      return TRUE;
  return FALSE;
}

/* "Deals", or "Deals · Registered by" where another field of the type is the plain one. */
static char *
section_title (const EntRecordType *target,
               const EntField      *field)
{
  const char *label = ent_record_type_get_label (field->type, TRUE);

  if (is_primary (target, field))
    return g_strdup (label);
  /* Translators: a kind of record and the field in which it names this one: "Deals · Registered by". */
  return g_strdup_printf (_("%1$s · %2$s"), label, ent_field_get_label (field));
}

static void
section_free (gpointer data)
{
  EntProfileSection *self = data;

  g_free (self->title);
  g_ptr_array_unref (self->items);
  g_free (self);
}

static gint64
count_all (EntStore       *store,
           EntKey          key,
           const EntField *field,
           GCancellable   *cancellable)
{
  g_autofree char *code = ent_store_dup_code (store, key);
  g_autofree char *text = g_strdup_printf ("%s = %s", field->info.name, code);
  g_autoptr (EntFilter) filter = ent_filter_parse (field->type, text, NULL, NULL);
  EntQuery query = { .type = field->type, .filter = filter };

  return filter != NULL ? ent_store_count (store, &query, cancellable, NULL) : -1;
}

static EntProfileSection *
load_section (EntStore            *store,
              EntKey               key,
              const EntRecordType *target,
              const EntField      *field,
              GCancellable        *cancellable)
{
  g_autoptr (GPtrArray) records = ent_store_get_referrers (store, key, field, MAX_ITEMS + 1, NULL);
  gboolean primary = is_primary (target, field);
  EntProfileSection *section;

  if (records == NULL || (records->len == 0 && !primary))
    return NULL;
  section = g_new0 (EntProfileSection, 1);
  section->type = field->type;
  section->field = field;
  section->tab = ent_profile_tab_of (field->type);
  section->primary = primary;
  section->title = section_title (target, field);
  section->count = records->len;
  section->items = g_ptr_array_new_with_free_func (ent_profile_item_free);
  if (records->len > MAX_ITEMS)
    section->count = MAX (count_all (store, key, field, cancellable), (gint64) records->len);
  for (guint i = 0; i < records->len && i < MAX_ITEMS; i++)
    g_ptr_array_add (section->items, ent_profile_item_new (store, g_ptr_array_index (records, i), field));
  return section;
}

static gboolean
is_section (const EntRecordType *target,
            const EntField      *field)
{
  const EntRecordType *type = field->type;

  if (field->info.type != ENT_FIELD_REF || type->info->flags & ENT_RECORD_TYPE_LINK ||
      strcmp (type->info->name, "activity") == 0)
    return FALSE;
  /* Lines of this very record have a place of their own. */
  if (ent_record_type_is_child (type) && strcmp (field->info.name, "parent") == 0)
    return FALSE;
  return strcmp (field->info.target, target->info->name) == 0 || strcmp (field->info.target, "*") == 0;
}

/* An empty list says nothing beside one of the same type that is not; one that is alone needs no field to be told by. */
static void
tidy_sections (GPtrArray *sections)
{
  for (guint i = sections->len; i-- > 0;)
    {
      EntProfileSection *section = g_ptr_array_index (sections, i);
      guint n_others = 0;

      for (guint j = 0; j < sections->len; j++)
        n_others += j != i && ((EntProfileSection *) g_ptr_array_index (sections, j))->type == section->type;
      if (section->count == 0 && n_others > 0)
        g_ptr_array_remove_index (sections, i);
      else if (n_others == 0)
        g_set_str (&section->title, ent_record_type_get_label (section->type, TRUE));
    }
}

/* Primary sections first, so that a tab begins with what it is for. */
static int
compare_sections (gconstpointer a,
                  gconstpointer b)
{
  const EntProfileSection *first = a, *second = b;

  if (first->tab != second->tab)
    return first->tab < second->tab ? -1 : 1;
  return (int) second->primary - (int) first->primary;
}

void
_ent_profile_load_sections (EntStore       *store,
                            EntProfileData *data,
                            EntKey          key,
                            GCancellable   *cancellable)
{
  const EntRecordType *target = ent_record_get_record_type (data->record);
  EntSchema *schema = target->schema;

  data->sections = g_ptr_array_new_with_free_func (section_free);
  for (guint i = 0; i < ent_schema_get_n_types (schema) && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const EntRecordType *type = ent_schema_get_nth (schema, i);

      for (guint j = 0; j < ent_record_type_get_n_fields (type); j++)
        {
          const EntField *field = ent_record_type_get_nth (type, j);
          EntProfileSection *section = is_section (target, field) ? load_section (store, key, target, field, cancellable)
                                                                  : NULL;

          if (section != NULL)
            g_ptr_array_add (data->sections, section);
          if (is_section (target, field))
            data->types |= G_GUINT64_CONSTANT (1) << type->info->number;
        }
    }
  tidy_sections (data->sections);
  g_ptr_array_sort_values (data->sections, compare_sections);
}
