/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/ent-announce.h"

static char *last;

void
ent_announce (GtkWidget  *widget,
              const char *text,
              gboolean    urgent)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  g_set_str (&last, text);
  if (g_strcmp0 (g_getenv ("GTK_A11Y"), "test") == 0)
    return;
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), text,
                           urgent ? GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH
                                  : GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

const char *
ent_announce_get_last (void)
{
  return last;
}
