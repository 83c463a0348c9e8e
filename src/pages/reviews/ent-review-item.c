/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/reviews/ent-review-item.h"

#include <glib/gi18n.h>

struct _EntReviewItem
{
  GObject parent_instance;

  EntRecord *plan;
  char      *partner;
};

G_DEFINE_FINAL_TYPE (EntReviewItem, ent_review_item, G_TYPE_OBJECT)

static void
ent_review_item_finalize (GObject *object)
{
  EntReviewItem *self = ENT_REVIEW_ITEM (object);

  g_object_unref (self->plan);
  g_free (self->partner);
  G_OBJECT_CLASS (ent_review_item_parent_class)->finalize (object);
}

static void
ent_review_item_class_init (EntReviewItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ent_review_item_finalize;
}

static void
ent_review_item_init (EntReviewItem *self)
{
}

EntReviewItem *
ent_review_item_new (EntRecord  *plan,
                     const char *partner)
{
  EntReviewItem *self = g_object_new (ENT_TYPE_REVIEW_ITEM, NULL);

  self->plan = g_object_ref (plan);
  self->partner = g_strdup (partner != NULL ? partner : "");
  return self;
}

EntRecord *
ent_review_item_get_plan (EntReviewItem *self)
{
  return self->plan;
}

const char *
ent_review_item_get_partner (EntReviewItem *self)
{
  return self->partner;
}

char *
ent_review_item_dup_group (EntReviewItem *self)
{
  const EntValue *meeting = ent_record_get_named (self->plan, "meeting_at");
  int year, month, day;

  if (ent_value_is_null (meeting))
    return g_strdup (_("No meeting yet"));
  ent_date_to_ymd (meeting->integer / G_TIME_SPAN_DAY, &year, &month, &day);
  /* Translators: a quarter in which meetings are held. */
  return g_strdup_printf (_("Meetings in Q%1$d %2$d"), (month + 2) / 3, year);
}
