/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "pages/partners/ent-profile-data.h"
#include "pages/partners/ent-profile-row.h"

G_BEGIN_DECLS

/* Rows and groups that the tabs of a profile are made of. */

/** A list with its count and an Add button; @record is what the new record will name. */
GtkWidget *ent_profile_section_new (EntContext              *context,
                                    EntRecord               *record,
                                    const EntProfileSection *section);
/** The lines of one child type, to add, edit, order and remove. */
GtkWidget *ent_profile_lines_new   (EntContext            *context,
                                    EntRecord             *record,
                                    const EntProfileLines *lines);
/** The links, a group for each kind. */
GtkWidget *ent_profile_links_new   (EntContext           *context,
                                    const EntProfileData *data);
/** "Add" as the header suffix of a group. */
GtkWidget *ent_profile_add_button  (const char *tooltip);
/** A row that says that there is nothing and what to do. */
GtkWidget *ent_profile_empty_row   (const char *title,
                                    const char *subtitle);

/** A dialog with the form of a line of the record. */
void       ent_profile_line_dialog_present (GtkWidget  *parent,
                                            EntContext *context,
                                            EntKey      key);
/** A dialog that links the record to another one. */
void       ent_link_dialog_present         (GtkWidget  *parent,
                                            EntContext *context,
                                            EntKey      from,
                                            const char *title);

G_END_DECLS
