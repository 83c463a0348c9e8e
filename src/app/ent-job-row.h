/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "widgets/ent-job.h"

G_BEGIN_DECLS

/** A running job at the foot of the sidebar: title, what it does now, progress, Cancel. (transfer floating) */
GtkWidget *ent_job_row_new (EntJob *job);

G_END_DECLS
