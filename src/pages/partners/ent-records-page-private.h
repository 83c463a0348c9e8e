/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/partners/ent-records-page.h"
#include "widgets/ent-filter-bar.h"
#include "widgets/ent-record-table.h"

G_BEGIN_DECLS

struct _EntRecordsPage
{
  EntPage              parent;
  char                *type_name;
  char                *base_filter;
  const EntRecordType *type;
  EntRecordTable      *table;
  EntFilterBar        *filters;
  GCancellable        *cancellable;
  char                *sum_text;
  char                *searched; /* what was searched for when the list was asked last */
  guint                sum_generation;
  char                *sort;    /* unless another is chosen (nullable) */
  gboolean             loaded;  /* the first answer is there */
  gboolean             compact; /* narrow */

  GtkStack       *stack;
  GtkSearchBar   *search_bar;
  GtkSearchEntry *search_entry;
  GtkWidget      *new_button;
  AdwBin         *filter_bin;
  AdwBin         *table_bin;
  GtkBox         *footer;
  GtkLabel       *footer_label;
  GtkMenuButton  *menu_button;
  GtkMenuButton  *columns_button;
  GMenuModel     *page_menu;
  GMenuModel     *row_menu;

  /* NULL until they are needed. */
  GtkEditable    *column_search;
  GtkListBox     *column_list;
  AdwStatusPage  *empty_page;
  GtkButton      *empty_new_button;
  GPtrArray      *selection_buttons; /* of GtkWidget, in the footer */
};

/** Installs the actions on the class (ent-records-page-actions.c). */
void ent_records_page_install_actions (GtkWidgetClass *widget_class);
/** Enables those that make sense for the selection and the filters. */
void ent_records_page_update_actions  (EntRecordsPage *self);
/** What one or several of the records are called here: partners, not organizations. */
const char *ent_records_page_get_noun (EntRecordsPage *self,
                                       guint64         n);
/** What a new record of this list must have to be in it: `roles has partner` is "roles=partner". (transfer full) */
char **ent_records_page_dup_assignments (EntRecordsPage *self);
/** Query from search entry and chips. */
void ent_records_page_query           (EntRecordsPage *self);
/* ent-records-page-save.c */
void  ent_records_page_export_action    (GtkWidget  *widget,
                                         const char *name,
                                         GVariant   *parameter);
void  ent_records_page_save_view_action (GtkWidget  *widget,
                                         const char *name,
                                         GVariant   *parameter);
/** @one with the noun, or @many with the number and the plural noun. (transfer full) */
char *ent_records_page_count            (EntRecordsPage *self,
                                         guint           n,
                                         const char     *one,
                                         const char     *many);

/* ent-records-page-words.c */
/** Names the records in what is seen around them. */
void  ent_records_page_set_texts        (EntRecordsPage *self);
/** Makes what is seen in the stack when there is no record, or none was found. */
void  ent_records_page_ensure_status_pages (EntRecordsPage *self);

/* ent-records-page-footer.c */
void  ent_records_page_update_footer    (EntRecordsPage *self);
/** Sums the first money column over what is listed, in the background. */
void  ent_records_page_update_sum       (EntRecordsPage *self);

/** Makes what acts on selected records, at the first selection. */
void  ent_records_page_ensure_selection_buttons (EntRecordsPage *self);
/** Leaves their words out where it is narrow. */
void  ent_records_page_label_selection_buttons  (EntRecordsPage *self);

/* ent-records-page-columns.c */
/** Makes the popover that chooses columns; a GtkMenuButtonCreatePopupFunc. */
void  ent_records_page_create_columns   (GtkMenuButton *button,
                                         gpointer       page);

G_END_DECLS
