/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/ent-context-private.h"

#include <glib/gi18n.h>

#include "rules/ent-rules.h"

/* A laptop sleeps through timeouts, so the date is looked at now and then instead of once at midnight. */
#define CLOCK_SECONDS (5 * 60)

/* More than that does not fit a toast in a narrow window. */
#define TOAST_CHARACTERS 110

typedef enum
{
  PROP_STORE = 1,
  PROP_SETTINGS,
  PROP_TODAY,
  PROP_ONLINE,
  PROP_CURRENCY,
} EntContextProperty;

typedef enum
{
  SIGNAL_CHANGED,
  SIGNAL_OPEN_RECORD,
  SIGNAL_NAVIGATE,
  SIGNAL_TOAST,
  SIGNAL_ALERT,
  SIGNAL_REFUSED,
  SIGNAL_JOB_STARTED,
  SIGNAL_VIEWS_CHANGED,
  N_SIGNALS,
} EntContextSignal;

static GParamSpec *properties[PROP_CURRENCY + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntContext, ent_context, G_TYPE_OBJECT)

static void
store_changed_cb (EntContext *self,
                  EntChanges *changes)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, changes);
}

static gboolean
clock_cb (gpointer user_data)
{
  EntContext *self = user_data;
  gint64 today = ent_date_today ();

  if (self->forced_today == 0 && today != self->last_today)
    {
      self->last_today = today;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TODAY]);
    }
  return G_SOURCE_CONTINUE;
}

static void
network_changed_cb (EntContext *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
}

/* The first request for the monitor may ask D-Bus and wait, so it is not made on the main thread. */
static void
find_network_thread (GTask        *task,
                     gpointer      source,
                     gpointer      data,
                     GCancellable *cancellable)
{
  g_task_return_pointer (task, g_object_ref (g_network_monitor_get_default ()), g_object_unref);
}

static void
find_network_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  EntContext *self = ENT_CONTEXT (source);
  GNetworkMonitor *network = g_task_propagate_pointer (G_TASK (result), NULL);

  if (network == NULL)
    return;
  self->network = network;
  g_signal_connect_object (network, "network-changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (!g_network_monitor_get_network_available (network))
    network_changed_cb (self);
}

static void
find_network (EntContext *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->asked_network)
    return;
  self->asked_network = TRUE;
  task = g_task_new (self, self->network_cancellable, find_network_cb, NULL);
  g_task_set_source_tag (task, find_network);
  g_task_run_in_thread (task, find_network_thread);
}

static gpointer
read_currency (EntStore      *store,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  char *currency = ent_store_dup_setting (store, ENT_SETTING_CURRENCY);

  return currency != NULL ? currency : g_strdup ("USD");
}

static void
read_currency_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (EntContext) self = user_data;
  g_autofree char *currency = ent_store_run_finish (ENT_STORE (source), result, NULL);

  if (currency != NULL && self->store == ENT_STORE (source))
    ent_context_set_currency (self, currency);
}

static void
ent_context_dispose (GObject *object)
{
  EntContext *self = ENT_CONTEXT (object);

  if (self->network_cancellable != NULL)
    g_cancellable_cancel (self->network_cancellable);
  g_clear_object (&self->network_cancellable);
  g_clear_handle_id (&self->clock_id, g_source_remove);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, store_changed_cb, self);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  g_clear_object (&self->network);
  g_clear_object (&self->jobs);

  G_OBJECT_CLASS (ent_context_parent_class)->dispose (object);
}

static void
ent_context_finalize (GObject *object)
{
  EntContext *self = ENT_CONTEXT (object);

  g_free (self->currency);

  G_OBJECT_CLASS (ent_context_parent_class)->finalize (object);
}

static void
ent_context_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  EntContext *self = ENT_CONTEXT (object);

  switch ((EntContextProperty) prop_id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    case PROP_TODAY:
      g_value_set_int64 (value, ent_context_get_today (self));
      break;
    case PROP_ONLINE:
      g_value_set_boolean (value, ent_context_is_online (self));
      break;
    case PROP_CURRENCY:
      g_value_set_string (value, self->currency);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_context_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  EntContext *self = ENT_CONTEXT (object);

  switch ((EntContextProperty) prop_id)
    {
    case PROP_STORE:
      ent_context_set_store (self, g_value_get_object (value));
      break;
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    case PROP_TODAY:
      ent_context_set_today (self, g_value_get_int64 (value));
      break;
    case PROP_CURRENCY:
      ent_context_set_currency (self, g_value_get_string (value));
      break;
    case PROP_ONLINE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_STORE] =
    g_param_spec_object ("store", NULL, NULL, ENT_TYPE_STORE, flags | G_PARAM_READWRITE);
  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                         flags | G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_TODAY] =
    g_param_spec_int64 ("today", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags | G_PARAM_READWRITE);
  properties[PROP_ONLINE] =
    g_param_spec_boolean ("online", NULL, NULL, TRUE, flags | G_PARAM_READABLE);
  properties[PROP_CURRENCY] =
    g_param_spec_string ("currency", NULL, NULL, "USD", flags | G_PARAM_READWRITE);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static guint
new_signal (const char *name,
            guint       n_params,
            GType       first,
            GType       second)
{
  return g_signal_new (name, ENT_TYPE_CONTEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_params, first, second);
}

static void
ent_context_class_init (EntContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ent_context_dispose;
  object_class->finalize = ent_context_finalize;
  object_class->get_property = ent_context_get_property;
  object_class->set_property = ent_context_set_property;

  install_properties (object_class);

  signals[SIGNAL_CHANGED] = new_signal ("changed", 1, ENT_TYPE_CHANGES, 0);
  signals[SIGNAL_OPEN_RECORD] = new_signal ("open-record", 1, G_TYPE_INT64, 0);
  signals[SIGNAL_NAVIGATE] = new_signal ("navigate", 2, G_TYPE_STRING, G_TYPE_VARIANT);
  signals[SIGNAL_TOAST] = new_signal ("toast", 1, ADW_TYPE_TOAST, 0);
  signals[SIGNAL_ALERT] = new_signal ("alert", 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_REFUSED] = new_signal ("refused", 2, G_TYPE_STRING, G_TYPE_ERROR);
  signals[SIGNAL_JOB_STARTED] = new_signal ("job-started", 1, ENT_TYPE_JOB, 0);
  signals[SIGNAL_VIEWS_CHANGED] = new_signal ("views-changed", 0, 0, 0);
}

static void
ent_context_init (EntContext *self)
{
  self->currency = g_strdup ("USD");
  self->jobs = g_list_store_new (ENT_TYPE_JOB);
  self->network_cancellable = g_cancellable_new ();
  self->last_today = ent_date_today ();
  self->clock_id = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
}

EntContext *
ent_context_new (GSettings *settings)
{
  return g_object_new (ENT_TYPE_CONTEXT, "settings", settings, NULL);
}

EntStore *
ent_context_get_store (EntContext *self)
{
  g_return_val_if_fail (ENT_IS_CONTEXT (self), NULL);
  return self->store;
}

void
ent_context_set_store (EntContext *self,
                       EntStore   *store)
{
  g_return_if_fail (ENT_IS_CONTEXT (self));
  g_return_if_fail (store == NULL || ENT_IS_STORE (store));

  if (self->store == store)
    return;
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, store_changed_cb, self);
  g_set_object (&self->store, store);
  if (store != NULL)
    {
      ent_rules_attach (store);
      g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                               G_CONNECT_SWAPPED);
      ent_store_run_async (store, read_currency, NULL, NULL, g_free, NULL, read_currency_cb,
                           g_object_ref (self));
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STORE]);
}

GSettings *
ent_context_get_settings (EntContext *self)
{
  g_return_val_if_fail (ENT_IS_CONTEXT (self), NULL);
  return self->settings;
}

gint64
ent_context_get_today (EntContext *self)
{
  g_return_val_if_fail (ENT_IS_CONTEXT (self), 0);
  return self->forced_today != 0 ? self->forced_today : ent_date_today ();
}

void
ent_context_set_today (EntContext *self,
                       gint64      today)
{
  g_return_if_fail (ENT_IS_CONTEXT (self));

  if (self->forced_today == today)
    return;
  self->forced_today = today;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TODAY]);
}

gboolean
ent_context_is_online (EntContext *self)
{
  g_return_val_if_fail (ENT_IS_CONTEXT (self), TRUE);

  find_network (self);
  return self->network == NULL || g_network_monitor_get_network_available (self->network);
}

const char *
ent_context_get_currency (EntContext *self)
{
  g_return_val_if_fail (ENT_IS_CONTEXT (self), NULL);
  return self->currency;
}

void
ent_context_set_currency (EntContext *self,
                          const char *currency)
{
  g_return_if_fail (ENT_IS_CONTEXT (self));
  g_return_if_fail (currency != NULL);

  if (g_set_str (&self->currency, currency))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENCY]);
}

void
ent_context_open_record (EntContext *self,
                         EntKey      key)
{
  g_return_if_fail (ENT_IS_CONTEXT (self));

  if (key != 0)
    g_signal_emit (self, signals[SIGNAL_OPEN_RECORD], 0, key);
}

void
ent_context_navigate (EntContext *self,
                      const char *page_id,
                      GVariant   *state)
{
  g_autoptr (GVariant) sunk = state != NULL ? g_variant_ref_sink (state) : NULL;

  g_return_if_fail (ENT_IS_CONTEXT (self));
  g_return_if_fail (page_id != NULL);

  g_signal_emit (self, signals[SIGNAL_NAVIGATE], 0, page_id, sunk);
}

void
ent_context_views_changed (EntContext *self)
{
  g_return_if_fail (ENT_IS_CONTEXT (self));
  g_signal_emit (self, signals[SIGNAL_VIEWS_CHANGED], 0);
}

void
ent_context_toast (EntContext *self,
                   const char *message)
{
  AdwToast *toast = adw_toast_new ("");

  /* Names of records come along, and they are no markup. */
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, message);
  ent_context_add_toast (self, toast);
}

void
ent_context_add_toast (EntContext *self,
                       AdwToast   *toast)
{
  g_autoptr (AdwToast) owned = toast;

  g_return_if_fail (ENT_IS_CONTEXT (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  g_signal_emit (self, signals[SIGNAL_TOAST], 0, toast);
}

void
ent_context_error (EntContext   *self,
                   const char   *what,
                   const GError *error)
{
  g_autofree char *message = NULL;

  g_return_if_fail (ENT_IS_CONTEXT (self));
  g_return_if_fail (error != NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error->domain == ENT_RULE_ERROR && g_signal_has_handler_pending (self, signals[SIGNAL_REFUSED], 0, FALSE))
    {
      g_signal_emit (self, signals[SIGNAL_REFUSED], 0, what != NULL ? what : _("That Did Not Work"), error);
      return;
    }

  message = what != NULL ? g_strdup_printf (_("%s: %s"), what, error->message)
                         : g_strdup (error->message);
  if (g_utf8_strlen (message, -1) <= TOAST_CHARACTERS)
    ent_context_toast (self, message);
  else
    g_signal_emit (self, signals[SIGNAL_ALERT], 0,
                   what != NULL ? what : _("That Did Not Work"), error->message);
}

GListModel *
ent_context_get_jobs (EntContext *self)
{
  g_return_val_if_fail (ENT_IS_CONTEXT (self), NULL);
  return G_LIST_MODEL (self->jobs);
}
