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

G_END_DECLS
