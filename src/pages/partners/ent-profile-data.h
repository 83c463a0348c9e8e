/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-store.h"
#include "widgets/ent-why-label.h"

G_BEGIN_DECLS

/* What a profile shows, gathered off the main thread and then only read. No widgets. */

typedef enum
{
  ENT_PROFILE_TAB_OVERVIEW,
  ENT_PROFILE_TAB_PEOPLE,
  ENT_PROFILE_TAB_DEALS,
  ENT_PROFILE_TAB_PROGRAM,
  ENT_PROFILE_TAB_PLANS,
  ENT_PROFILE_TAB_DOCUMENTS,
  ENT_PROFILE_TAB_RELATIONS,
  ENT_PROFILE_TAB_HISTORY,
  ENT_PROFILE_N_TABS,
} EntProfileTab;

/** A record in one line. */
typedef struct
{
  EntKey               key;     /* what opens: of a line, the record it belongs to */
  EntKey               source;  /* the record itself */
  const EntRecordType *type;    /* of `key` */
  char                *title;
  char                *detail;  /* "Qualified · closes 3 May"; may be "" */
  char                *aside;   /* a date or an amount; may be "" */
  char                *state;   /* (nullable) */
  EntTone              tone;
  gint64               order;   /* due day, instant: by the list it is in */
  gboolean             is_late;
} EntProfileItem;

/** Records of one type that name this one in one field. */
typedef struct
{
  const EntRecordType *type;
  const EntField      *field;
  EntProfileTab        tab;
  gboolean             primary; /* shown when it is empty, too */
  char                *title;
  gint64               count;
  GPtrArray           *items;   /* of EntProfileItem, the first ones */
} EntProfileSection;

/** Lines of a child type, in their order. */
typedef struct
{
  const EntRecordType *type;
  GPtrArray           *items;
} EntProfileLines;

typedef struct
{
  char   *label;
  char   *value;
  EntWhy *why; /* (nullable) */
} EntProfileFigure;

/** A typed link, seen from this record. */
typedef struct
{
  EntKey   link;
  char    *kind;    /* "Resells", or "Resells · from the other side" */
  gboolean outgoing;
  EntProfileItem *other;
} EntProfileLink;

typedef struct
{
  EntRecord *record;
  gboolean   is_binned;
  char      *level;      /* (nullable): name of the program level */
  int        level_rank; /* 0: unknown */
  char      *line;       /* below the name: "Technology · EMEA · Owner Ana Díaz · partner since 2021" */
  GPtrArray *figures;    /* of EntProfileFigure */
  GPtrArray *due;        /* of EntProfileItem, the most urgent first */
  GPtrArray *timeline;   /* of EntProfileItem, the newest first */
  GPtrArray *sections;   /* of EntProfileSection */
  GPtrArray *lines;      /* of EntProfileLines */
  GPtrArray *links;      /* of EntProfileLink, by kind */
  guint64    types;      /* bits of the types that any of this came from */
} EntProfileData;

typedef struct
{
  EntKey key;
  gint64 today;
  char   currency[4];
} EntProfileWish;

/** An EntStoreJob over an EntProfileWish. NOT_FOUND when there is no such record. (transfer full) */
gpointer        ent_profile_load_job  (EntStore      *store,
                                       gpointer       wish,
                                       GCancellable  *cancellable,
                                       GError       **error);
void            ent_profile_data_free (EntProfileData *self);

/** The tab that holds records of a type which name others. */
EntProfileTab   ent_profile_tab_of    (const EntRecordType *type);
/** @skip (nullable): a field that says nothing here. (transfer full) */
EntProfileItem *ent_profile_item_new  (EntStore       *store,
                                       EntRecord      *record,
                                       const EntField *skip);
void            ent_profile_item_free (gpointer item);
/** Records that name @key in @field, newest keys last; never NULL. (transfer full) */
GPtrArray      *ent_profile_referrers (EntStore   *store,
                                       EntKey      key,
                                       const char *type,
                                       const char *field,
                                       guint       limit);

/** All that a tab shows as one text: the same text, the same tab. (transfer full) */
char           *ent_profile_digest    (const EntProfileData *self,
                                       EntProfileTab         tab);

/* ent-profile-sections.c */
void            _ent_profile_load_sections (EntStore       *store,
                                            EntProfileData *data,
                                            EntKey          key,
                                            GCancellable   *cancellable);
/* ent-profile-figures.c */
GPtrArray      *ent_profile_figures_new (EntStore             *store,
                                         EntRecord            *record,
                                         const EntProfileWish *wish);
/* ent-profile-due.c */
GPtrArray      *ent_profile_due_new      (EntStore             *store,
                                          const EntProfileWish *wish);
GPtrArray      *ent_profile_timeline_new (EntStore             *store,
                                          const EntProfileWish *wish);

G_END_DECLS
