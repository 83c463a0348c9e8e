/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/ent-page.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_SECTION_MAIN,
  ENT_SECTION_RECORDS,
  ENT_SECTION_PROGRAM,
  ENT_SECTION_INSIGHT,
} EntSection;

typedef struct _EntPageInfo EntPageInfo;

/**
 * EntPageInfo:
 *
 * One line of the sidebar. To add a page, write it in src/pages/ and add its line to the table in
 * ent-page-registry.c; sidebar, palette, shortcuts, pictures and restoring at start follow from it.
 */
struct _EntPageInfo
{
  const char *id;           /* "partners": settings, pictures, ent_context_navigate() */
  const char *title;        /* N_() */
  const char *icon_name;
  EntSection  section;
  GType     (*get_type)     (void); /* of a subclass of EntPage */
  const char *record_type;  /* whose count the sidebar shows, and the property `record-type` of the generic
                               records page; NULL: neither */
  const char *base_filter;  /* filter text that always holds: for the count, and the property `base-filter` */
  const char *keywords;     /* N_() other words to find it by in the palette */
  const char *sort;         /* of the generic records page, until another is chosen; NULL: by name */
  gint64    (*count)        (EntStore     *store,
                             GCancellable *cancellable); /* what the sidebar counts instead of records; blocks */
};

/** @n gets the number of lines. (transfer none) */
const EntPageInfo *ent_page_registry_get        (guint *n);
/** (nullable) */
const EntPageInfo *ent_page_registry_lookup     (const char *id);
/** The page that lists all records of a type. (nullable) */
const EntPageInfo *ent_page_registry_for_type   (const char *record_type);
/** Makes the page of a line. (transfer floating) */
EntPage           *ent_page_registry_create     (const EntPageInfo *info,
                                                 EntContext        *context);
/** Makes the profile of a record, by its type; NULL when there is none for it. (transfer floating) */
EntPage           *ent_page_registry_create_record (EntContext *context,
                                                    EntKey      key);
gboolean           ent_page_registry_has_record_page (void);
/** Tests put their own pages there; NULL gives the table back. */
void               ent_page_registry_replace    (const EntPageInfo *infos,
                                                 guint              n,
                                                 GType              record_page);

G_END_DECLS
