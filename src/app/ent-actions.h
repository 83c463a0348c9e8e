/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EntActionInfo:
 *
 * One action as people meet it: in the palette, in the list of shortcuts, as an accelerator. Where the action is
 * implemented follows from its prefix: `app.` EntApplication, `win.` EntWindow, `page.` and `record.` the visible
 * page, which may or may not have it. Menus and buttons refer to the same names.
 */
typedef struct
{
  const char *name;
  const char *label;    /* N_(), header capitalization */
  const char *shortcut; /* for gtk_accelerator_parse(), several separated by spaces; (nullable) */
  const char *section;  /* N_() of the list of shortcuts */
  const char *keywords; /* N_() other words to find it by; (nullable) */
  gboolean    hidden;   /* not offered by the palette: nobody looks for it there */
} EntActionInfo;

const EntActionInfo *ent_actions_get          (guint *n);
/** (nullable) */
const EntActionInfo *ent_actions_lookup       (const char *name);
/** "Ctrl+K", of the first shortcut. (transfer full) (nullable) */
char                *ent_action_info_dup_shortcut_label (const EntActionInfo *self);

/** How well @text, typed to find something, fits @candidate: 0 not at all. The letters have to come in order; those
 * at the starts of words, and in a row, count more. Both are compared without case and accents. */
int                  ent_fuzzy_score          (const char *text,
                                               const char *candidate);

G_END_DECLS
