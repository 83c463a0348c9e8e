/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/ent-job.h"

struct _EntJob
{
  GObject parent_instance;

  char         *title;
  GCancellable *cancellable;
  gboolean      done;

  /* Written by the worker under the lock, read on the main thread after the idle. */
  GMutex   lock;
  double   reported_fraction;
  char    *reported_detail;
  gboolean report_pending;

  double fraction;
  char  *detail;
};

typedef enum
{
  PROP_TITLE = 1,
  PROP_DETAIL,
  PROP_FRACTION,
  PROP_DONE,
} EntJobProperty;

static GParamSpec *properties[PROP_DONE + 1];

G_DEFINE_FINAL_TYPE (EntJob, ent_job, G_TYPE_OBJECT)

static gboolean
report_cb (gpointer user_data)
{
  EntJob *self = user_data;
  g_autofree char *detail = NULL;
  double fraction;

  g_mutex_lock (&self->lock);
  fraction = self->reported_fraction;
  detail = g_steal_pointer (&self->reported_detail);
  self->report_pending = FALSE;
  g_mutex_unlock (&self->lock);

  self->fraction = fraction;
  if (detail != NULL && g_set_str (&self->detail, detail))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
  return G_SOURCE_REMOVE;
}

static void
ent_job_finalize (GObject *object)
{
  EntJob *self = ENT_JOB (object);

  g_clear_object (&self->cancellable);
  g_free (self->title);
  g_free (self->detail);
  g_free (self->reported_detail);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (ent_job_parent_class)->finalize (object);
}

static void
ent_job_get_property (GObject    *object,
                      guint       prop_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  EntJob *self = ENT_JOB (object);

  switch ((EntJobProperty) prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_DONE:
      g_value_set_boolean (value, self->done);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_job_class_init (EntJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ent_job_finalize;
  object_class->get_property = ent_job_get_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_DONE] = g_param_spec_boolean ("done", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
ent_job_init (EntJob *self)
{
  self->fraction = -1;
  self->reported_fraction = -1;
  g_mutex_init (&self->lock);
}

EntJob *
ent_job_new (const char   *title,
             GCancellable *cancellable)
{
  EntJob *self = g_object_new (ENT_TYPE_JOB, NULL);

  self->title = g_strdup (title);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  return self;
}

const char *
ent_job_get_title (EntJob *self)
{
  g_return_val_if_fail (ENT_IS_JOB (self), NULL);
  return self->title;
}

const char *
ent_job_get_detail (EntJob *self)
{
  g_return_val_if_fail (ENT_IS_JOB (self), NULL);
  return self->detail;
}

double
ent_job_get_fraction (EntJob *self)
{
  g_return_val_if_fail (ENT_IS_JOB (self), -1);
  return self->fraction;
}

gboolean
ent_job_is_done (EntJob *self)
{
  g_return_val_if_fail (ENT_IS_JOB (self), TRUE);
  return self->done;
}

void
ent_job_set_done (EntJob *self)
{
  g_return_if_fail (ENT_IS_JOB (self));

  if (self->done)
    return;
  self->done = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DONE]);
}

void
ent_job_cancel (EntJob *self)
{
  g_return_if_fail (ENT_IS_JOB (self));
  g_cancellable_cancel (self->cancellable);
}

GCancellable *
ent_job_get_cancellable (EntJob *self)
{
  g_return_val_if_fail (ENT_IS_JOB (self), NULL);
  return self->cancellable;
}

void
ent_job_progress (double      fraction,
                  const char *what,
                  gpointer    job)
{
  EntJob *self = job;
  gboolean report;

  g_return_if_fail (ENT_IS_JOB (self));

  /* However often the work reports, the main loop hears of it once a turn. */
  g_mutex_lock (&self->lock);
  self->reported_fraction = fraction < 0 ? -1 : MIN (fraction, 1);
  if (what != NULL)
    g_set_str (&self->reported_detail, what);
  report = !self->report_pending;
  self->report_pending = TRUE;
  g_mutex_unlock (&self->lock);

  if (report)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, report_cb, g_object_ref (self), g_object_unref);
}
