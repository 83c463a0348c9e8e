/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

struct _EntContext
{
  GObject parent_instance;

  EntStore        *store;
  GSettings       *settings;
  GListStore      *jobs;
  GNetworkMonitor *network;
  GCancellable    *network_cancellable;

  char    *currency;
  gint64   forced_today;
  gint64   last_today;
  guint    clock_id;
  gboolean asked_network;
};

G_END_DECLS
