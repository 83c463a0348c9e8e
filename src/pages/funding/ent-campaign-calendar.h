/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rules/ent-campaign.h"

G_BEGIN_DECLS

/**
 * EntCampaignCalendar:
 *
 * A month or a quarter as a strip of days: campaigns are bars from their first to their last day, milestones and
 * deadlines are dots with their text, in as many lanes as it takes; each is a button. Signal `activated` (gint64 key).
 */
#define ENT_TYPE_CAMPAIGN_CALENDAR (ent_campaign_calendar_get_type ())
G_DECLARE_FINAL_TYPE (EntCampaignCalendar, ent_campaign_calendar, ENT, CAMPAIGN_CALENDAR, GtkWidget)

/** @dates: of EntCampaignDate; those that touch the days @from..@to are shown. */
GtkWidget *ent_campaign_calendar_new (GPtrArray *dates,
                                      gint64     from,
                                      gint64     to,
                                      gint64     today);

G_END_DECLS
