/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/ent-why.h"
#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntWhyLabel:
 *
 * A derived number that explains itself: hovering underlines it, activating opens "Why this number" in a
 * popover (a bottom sheet in narrow windows). The explanation is asked for when it is opened. Properties
 * `context`, `label`; `xalign` of the text as in GtkLabel.
 */
#define ENT_TYPE_WHY_LABEL (ent_why_label_get_type ())
G_DECLARE_FINAL_TYPE (EntWhyLabel, ent_why_label, ENT, WHY_LABEL, GtkWidget)

/** (transfer full) (nullable): nothing to explain. */
typedef EntWhy *(*EntWhyFunc) (EntWhyLabel *label,
                               gpointer     user_data);

GtkWidget  *ent_why_label_new       (EntContext *context);
void        ent_why_label_set_label (EntWhyLabel *self,
                                     const char  *label);
const char *ent_why_label_get_label (EntWhyLabel *self);
/** NULL makes it plain text that cannot be activated. */
void        ent_why_label_set_func  (EntWhyLabel   *self,
                                     EntWhyFunc     func,
                                     gpointer       user_data,
                                     GDestroyNotify destroy);
/** The fixed form of the above. */
void        ent_why_label_set_why   (EntWhyLabel *self,
                                     EntWhy      *why);
/** Fills the popover with @why when it comes later than the click: call it at once with NULL inside the
 * function to show a spinner, then again when the answer is there. */
void        ent_why_label_open      (EntWhyLabel *self,
                                     EntWhy      *why);

G_END_DECLS
