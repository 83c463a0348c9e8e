/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-page-registry.h"

#include "pages/funding/ent-funding-page.h"
#include "pages/map/ent-map-page.h"
#include "pages/onboarding/ent-onboarding-page.h"
#include "pages/partners/ent-profile-page.h"
#include "pages/partners/ent-records-page.h"
#include "pages/pipeline/ent-pipeline-page.h"
#include "pages/today/ent-today-page.h"
#include "pages/reviews/ent-review-page.h"
#include "pages/reviews/ent-reviews-page.h"
#include "rules/ent-review.h"

#include <glib/gi18n.h>

/* --- The table: one line a page, in the order of the sidebar ------------------------------------------ */

#define RECORDS ENT_SECTION_RECORDS, ent_records_page_get_type

static const EntPageInfo pages[] = {
  { "today", N_("Today"), "ent-today-symbolic", ENT_SECTION_MAIN, ent_today_page_get_type, NULL, NULL,
    N_("home due overdue reminders attention tasks week"), NULL, ent_today_count },
  { "map", N_("Ecosystem"), "ent-ecosystem-symbolic", ENT_SECTION_MAIN, ent_map_page_get_type, NULL, NULL,
    N_("map graph network links influence paths") },
  { "partners", N_("Partners"), "ent-partner-symbolic", ENT_SECTION_MAIN, ent_records_page_get_type,
    "organization", "roles has partner", N_("alliances resellers") },
  { "pipeline", N_("Pipeline"), "ent-pipeline-symbolic", ENT_SECTION_MAIN, ent_pipeline_page_get_type, NULL, NULL,
    N_("deals board forecast registrations stages quarter") },

  { "onboarding", N_("Onboarding"), "ent-plan-symbolic", ENT_SECTION_PROGRAM, ent_onboarding_page_get_type, NULL, NULL,
    N_("enablement checklist gates board plan new partners") },
  { "reviews", N_("Reviews"), "ent-review-symbolic", ENT_SECTION_PROGRAM, ent_reviews_page_get_type, "plan",
    "kind in (qbr, abr) and status in (draft, sent, held)", N_("qbr abr business review quarterly annual") },
  { "funds", N_("Funding"), "ent-funding-symbolic", ENT_SECTION_PROGRAM, ent_funding_page_get_type, NULL, NULL,
    N_("mdf funds claims campaigns calendar budget") },

  { "organizations", N_("Organizations"), "ent-organization-symbolic", RECORDS, "organization", NULL,
    N_("companies firms customers competitors accounts") },
  { "people", N_("People"), "avatar-default-symbolic", RECORDS, "person", NULL, N_("contacts persons") },
  { "deals", N_("Deals"), "ent-deal-symbolic", RECORDS, "deal", NULL, N_("opportunities pipeline"), "-expected_close" },
  { "activities", N_("Activities"), "ent-activity-symbolic", RECORDS, "activity", NULL,
    N_("meetings calls emails"), "-at" },
  { "tasks", N_("Tasks"), "ent-task-symbolic", RECORDS, "task", NULL, N_("to do"), "-due" },
  { "plans", N_("Plans"), "ent-plan-symbolic", RECORDS, "plan", NULL, NULL },
  { "agreements", N_("Agreements"), "ent-agreement-symbolic", RECORDS, "agreement", NULL,
    N_("contracts") },
  { "offerings", N_("Offerings"), "ent-offering-symbolic", RECORDS, "offering", NULL,
    N_("products solutions listings integrations") },
  { "campaigns", N_("Campaigns"), "ent-campaign-symbolic", RECORDS, "campaign", NULL, N_("marketing") },
  { "funding", N_("Funding Requests"), "ent-funding-symbolic", RECORDS, "funding", NULL,
    N_("mdf claims money") },
  { "ledger", N_("Ledger"), "ent-ledger-symbolic", RECORDS, "ledger", NULL,
    N_("commissions payments money"), "-date" },
  { "assessments", N_("Assessments"), "ent-assessment-symbolic", RECORDS, "assessment", NULL,
    N_("scorecards reviews"), "-at" },
  { "cases", N_("Cases"), "ent-case-symbolic", RECORDS, "case", NULL, N_("issues disputes risks"),
    "-opened" },
  { "documents", N_("Documents"), "text-x-generic-symbolic", RECORDS, "document", NULL, NULL },
  { "program", N_("Program Definitions"), "ent-program-symbolic", RECORDS, "program", NULL,
    N_("levels benefits requirements rates checklists") },
  { NULL },
};

/* The profile that shows records of any type: an EntPage with the construct property `key` (int64). */
static GType
get_record_page_type (void)
{
  return ent_profile_page_get_type ();
}

/* ------------------------------------------------------------------------------------------------------ */

static const EntPageInfo *replaced;
static guint n_replaced;
static GType replaced_record_page;

const EntPageInfo *
ent_page_registry_get (guint *n)
{
  if (replaced != NULL)
    {
      *n = n_replaced;
      return replaced;
    }
  *n = G_N_ELEMENTS (pages) - 1;
  return pages;
}

const EntPageInfo *
ent_page_registry_lookup (const char *id)
{
  guint n;
  const EntPageInfo *infos = ent_page_registry_get (&n);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (infos[i].id, id) == 0)
      return &infos[i];
  return NULL;
}

const EntPageInfo *
ent_page_registry_for_type (const char *record_type)
{
  guint n;
  const EntPageInfo *infos = ent_page_registry_get (&n);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (infos[i].record_type, record_type) == 0 && infos[i].base_filter == NULL)
      return &infos[i];
  return NULL;
}

static gboolean
has_property (GType       type,
              const char *name)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (type);

  return g_object_class_find_property (G_OBJECT_CLASS (klass), name) != NULL;
}

EntPage *
ent_page_registry_create (const EntPageInfo *info,
                          EntContext        *context)
{
  GType type = info->get_type ();

  g_return_val_if_fail (g_type_is_a (type, ENT_TYPE_PAGE), NULL);

  if (has_property (type, "record-type"))
    return g_object_new (type, "context", context, "page-id", info->id, "title", _(info->title),
                         "icon-name", info->icon_name, "tag", info->id,
                         "record-type", info->record_type, "base-filter", info->base_filter, "sort", info->sort,
                         NULL);
  return g_object_new (type, "context", context, "page-id", info->id, "title", _(info->title),
                       "icon-name", info->icon_name, "tag", info->id, NULL);
}

static GType
find_record_page_type (void)
{
  return replaced != NULL ? replaced_record_page : get_record_page_type ();
}

gboolean
ent_page_registry_has_record_page (void)
{
  return find_record_page_type () != G_TYPE_INVALID;
}

/* A business review has a page of its own; the other plans show as any record. One record by its key: a lookup of
 * microseconds. */
static GType
find_page_type_of (EntContext          *context,
                   const EntRecordType *type,
                   EntKey               key)
{
  g_autoptr (EntRecord) record = NULL;

  if (replaced == NULL && g_str_equal (type->info->name, "plan"))
    record = ent_store_get (ent_context_get_store (context), key, NULL);
  return record != NULL && ent_record_is_review (record) ? ent_review_page_get_type () : find_record_page_type ();
}

EntPage *
ent_page_registry_create_record (EntContext *context,
                                 EntKey      key)
{
  EntSchema *schema;
  const EntRecordType *type;
  EntPage *page = NULL;

  if (!ent_page_registry_has_record_page ())
    return NULL;
  schema = ent_store_dup_schema (ent_context_get_store (context));
  type = ent_schema_lookup_key (schema, key);
  /* Until the page has read the name of the record, it is titled by its type. */
  if (type != NULL)
    page = g_object_new (find_page_type_of (context, type, key), "context", context, "page-id", "profile", "key", key,
                         "icon-name", type->info->icon_name,
                         "title", ent_record_type_get_label (type, FALSE), NULL);
  ent_schema_unref (schema);
  return page;
}

void
ent_page_registry_replace (const EntPageInfo *infos,
                           guint              n,
                           GType              record_page)
{
  replaced = infos;
  n_replaced = n;
  replaced_record_page = record_page;
}
