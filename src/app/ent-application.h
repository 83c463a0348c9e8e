/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ent-opening.h"
#include "app/ent-window.h"

G_BEGIN_DECLS

/** EntApplication: the one process; opens windows on workspaces, owns the app. actions and the settings. */
#define ENT_TYPE_APPLICATION (ent_application_get_type ())
G_DECLARE_FINAL_TYPE (EntApplication, ent_application, ENT, APPLICATION, AdwApplication)

/** @early: the opening of the last workspace, started before anything else (nullable). */
EntApplication *ent_application_new           (EntOpening *early);
/** A new window, not shown yet, without workspace. */
EntWindow      *ent_application_create_window (EntApplication *self);
/** What main() is to return after a run that went well for GApplication. */
int             ent_application_get_status    (EntApplication *self);

G_END_DECLS
