/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ent-pictures.h"

G_BEGIN_DECLS

typedef struct _EntPictures EntPictures;

/**
 * EntScene:
 *
 * Something to picture besides the pages: where it is, what to do there, and how to see that it happened.
 */
typedef struct
{
  const char *name;
  const char *page;                        /* of the registry, or "profile"; NULL: whatever is shown */
  const char *filter;                      /* of that page (nullable) */
  void      (*act)      (EntPictures *self); /* once, when the page is ready (nullable) */
  gboolean  (*is_there) (EntPictures *self); /* asked until it is TRUE; NULL: at once */
} EntScene;

struct _EntPictures
{
  EntWindow      *window;
  char           *folder;
  char           *workspace;
  char           *scratch; /* a folder of files that scenes need */
  gboolean        begun;
  GPtrArray      *names;
  guint           current;
  const EntScene *scene;   /* NULL: a page of the registry */
  gboolean        acted;
  gint64          deadline;
  int             settle;
  guint           n_written;
};

/* ent-pictures-scenes.c */
const EntScene *_ent_pictures_get_scenes  (guint *n);
const EntScene *_ent_pictures_find_scene  (const char *name);
/** Begins: closes what is open and goes to the scene's page. */
void            _ent_pictures_begin_scene (EntPictures *self);
/** Goes on; TRUE when there is something to picture. */
gboolean        _ent_pictures_step_scene  (EntPictures *self);

/* ent-pictures-find.c */
typedef gboolean (*EntPicturesMatch) (GtkWidget  *widget,
                                      const char *what);

/** The first that is on the screen and @matches. (nullable) */
GtkWidget *_ent_pictures_find          (GtkWidget        *root,
                                        EntPicturesMatch  matches,
                                        const char       *what);
/** An EntPicturesMatch: by the name it has in its template. */
gboolean   _ent_pictures_has_id        (GtkWidget  *widget,
                                        const char *id);
/** An EntPicturesMatch: by the name of a type. */
gboolean   _ent_pictures_has_type      (GtkWidget  *widget,
                                        const char *type);
/** (nullable) */
AdwDialog *_ent_pictures_get_dialog    (EntPictures *self);
gboolean   _ent_pictures_is_dialog_there  (EntPictures *self);
gboolean   _ent_pictures_is_popover_there (EntPictures *self);
/** An action of the window. */
void       _ent_pictures_activate      (EntPictures *self,
                                        const char  *action);
EntPage   *_ent_pictures_get_page      (EntPictures *self);
/** The picture has an alert dialog: libadwaita 1.7 tries whether its large heading fits before it takes the small one, and
 * where text is large, GTK warns of the trial. */
void       _ent_pictures_expect_trial  (void);
/** A file that is gone when the pictures are made; its path. (transfer full) (nullable) */
char      *_ent_pictures_write_scratch (EntPictures *self,
                                        const char  *name,
                                        const char  *text);

/* ent-pictures-shell.c */
gboolean   _ent_pictures_is_level_review_there      (EntPictures *self);
gboolean   _ent_pictures_is_palette_settled         (EntPictures *self);
void       _ent_pictures_show_about                 (EntPictures *self);
void       _ent_pictures_show_error                 (EntPictures *self);
void       _ent_pictures_show_level_review          (EntPictures *self);
void       _ent_pictures_show_main_menu             (EntPictures *self);
void       _ent_pictures_show_new_workspace         (EntPictures *self);
void       _ent_pictures_show_palette               (EntPictures *self);
void       _ent_pictures_show_preferences           (EntPictures *self);
void       _ent_pictures_show_recovery_key          (EntPictures *self);
void       _ent_pictures_show_shortcuts             (EntPictures *self);
void       _ent_pictures_show_sidebar               (EntPictures *self);
void       _ent_pictures_show_unlock                (EntPictures *self);
void       _ent_pictures_show_welcome               (EntPictures *self);
void       _ent_pictures_show_workspace_settings    (EntPictures *self);

/* ent-pictures-records.c */
/** Opens the record whose EntKey a job found, 0: none. @user_data: the EntWindow (transfer full). */
void       _ent_pictures_record_found_cb         (GObject      *source,
                                                  GAsyncResult *result,
                                                  gpointer      user_data);
void       _ent_pictures_open_profile               (EntPictures *self);
void       _ent_pictures_show_tab                   (EntPictures *self);
gboolean   _ent_pictures_is_tab_there               (EntPictures *self);
void       _ent_pictures_show_overview              (EntPictures *self);
gboolean   _ent_pictures_is_why_there               (EntPictures *self);
void       _ent_pictures_open_plan               (EntPictures *self);
gboolean   _ent_pictures_is_plan_there           (EntPictures *self);
void       _ent_pictures_open_review             (EntPictures *self);
gboolean   _ent_pictures_is_review_there         (EntPictures *self);
void       _ent_pictures_show_funding            (EntPictures *self);
void       _ent_pictures_open_campaign           (EntPictures *self);
gboolean   _ent_pictures_is_campaign_there       (EntPictures *self);
gboolean   _ent_pictures_is_campaign_scrolled    (EntPictures *self);
gboolean   _ent_pictures_is_rows_there           (EntPictures *self);
gboolean   _ent_pictures_is_notifications_there  (EntPictures *self);

/* ent-pictures-import.c */
void       _ent_pictures_import_nothing       (EntPictures *self);
void       _ent_pictures_import_file          (EntPictures *self);
void       _ent_pictures_try_import           (EntPictures *self);
gboolean   _ent_pictures_is_import_at_columns (EntPictures *self);
gboolean   _ent_pictures_is_import_scrolled   (EntPictures *self);
gboolean   _ent_pictures_is_import_at_result  (EntPictures *self);

G_END_DECLS
