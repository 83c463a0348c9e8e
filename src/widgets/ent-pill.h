/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/ent-schema.h"

G_BEGIN_DECLS

/**
 * EntPill:
 *
 * A state in a word with the color and the symbol of its tone, never by color alone. Properties `label`,
 * `tone`, `icon-name` (NULL: that of the tone; "": none). Hidden while the label is empty.
 */
#define ENT_TYPE_PILL (ent_pill_get_type ())
G_DECLARE_FINAL_TYPE (EntPill, ent_pill, ENT, PILL, GtkWidget)

GtkWidget  *ent_pill_new           (const char *label,
                                    EntTone     tone);
void        ent_pill_set_label     (EntPill    *self,
                                    const char *label);
const char *ent_pill_get_label     (EntPill *self);
void        ent_pill_set_tone      (EntPill *self,
                                    EntTone  tone);
void        ent_pill_set_icon_name (EntPill    *self,
                                    const char *icon_name);
/** Label and tone of a field's choice; NULL empties the pill. */
void        ent_pill_set_choice    (EntPill         *self,
                                    const EntChoice *choice);
/** "good", "warning", … : the CSS class of a tone, for widgets that style themselves. */
const char *ent_tone_get_css_class (EntTone tone);

/** Whether it may be cut when there is no room: TRUE unless set. */
void        ent_pill_set_can_shrink (EntPill *self,
                                     gboolean can_shrink);

G_END_DECLS
