/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE /* memmem */

#include "config.h"

#include <glib/gstdio.h>

#include "widgets/ent-drafts.h"

typedef struct
{
  char  *folder;
  EntId  workspace;
  guint8 key[32];
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = g_dir_make_tmp ("entente-drafts-XXXXXX", NULL);
  ent_id_init_new (&f->workspace);
  memset (f->key, 7, sizeof f->key);
}

static char *
dup_file (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;

  return name != NULL ? g_build_filename (f->folder, name, NULL) : NULL;
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_autofree char *file = dup_file (f);

  if (file != NULL)
    g_unlink (file);
  g_rmdir (f->folder);
  g_free (f->folder);
}

static void
test_survives (Fixture      *f,
               gconstpointer data)
{
  const guint8 *key = data != NULL ? f->key : NULL;
  EntDrafts *drafts = ent_drafts_new (f->folder);
  g_autofree char *text = NULL;
  g_autofree char *file = NULL;
  g_autofree char *contents = NULL;
  g_auto (GStrv) records = NULL;
  GStatBuf info;
  gsize length;

  ent_drafts_open (drafts, &f->workspace, key != NULL, key);
  ent_drafts_put (drafts, &f->workspace, "P-0001", "note", "half a thought");
  ent_drafts_put (drafts, &f->workspace, "P-0001", "title", "Contoso");
  ent_drafts_drop (drafts, &f->workspace, "P-0001", "title");
  g_assert_finalize_object (drafts);

  file = dup_file (f);
  g_assert_nonnull (file);
  g_assert_cmpint (g_stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (file, &contents, &length, NULL));
  g_assert_true ((memmem (contents, length, "thought", 7) == NULL) == (key != NULL));

  drafts = ent_drafts_new (f->folder);
  ent_drafts_open (drafts, &f->workspace, key != NULL, key);
  text = ent_drafts_get (drafts, &f->workspace, "P-0001", "note");
  g_assert_cmpstr (text, ==, "half a thought");
  g_assert_null (ent_drafts_get (drafts, &f->workspace, "P-0001", "title"));
  records = ent_drafts_list (drafts, &f->workspace);
  g_assert_cmpuint (g_strv_length (records), ==, 1);

  /* With the last draft the file goes. */
  ent_drafts_drop (drafts, &f->workspace, "P-0001", NULL);
  ent_drafts_flush (drafts);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_finalize_object (drafts);
}

static void
test_wrong_key (Fixture      *f,
                gconstpointer data)
{
  EntDrafts *drafts = ent_drafts_new (f->folder);

  ent_drafts_open (drafts, &f->workspace, TRUE, f->key);
  ent_drafts_put (drafts, &f->workspace, "P-0001", "note", "half a thought");
  g_assert_finalize_object (drafts);

  f->key[0] ^= 1;
  drafts = ent_drafts_new (f->folder);
  ent_drafts_open (drafts, &f->workspace, TRUE, f->key);
  g_assert_null (ent_drafts_get (drafts, &f->workspace, "P-0001", "note"));
  g_assert_finalize_object (drafts);
}

static void
test_in_memory (Fixture      *f,
                gconstpointer data)
{
  EntDrafts *drafts = ent_drafts_new (f->folder);
  g_autofree char *text = NULL;

  /* Of an encrypted workspace whose key is not at hand, and of one that nobody told of. */
  ent_drafts_put (drafts, &f->workspace, "P-0001", "note", "early");
  ent_drafts_open (drafts, &f->workspace, TRUE, NULL);
  text = ent_drafts_get (drafts, &f->workspace, "P-0001", "note");
  g_assert_cmpstr (text, ==, "early");
  ent_drafts_flush (drafts);
  g_assert_null (dup_file (f));
  g_assert_finalize_object (drafts);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)
  ADD ("/widgets/drafts/plain", NULL, test_survives);
  ADD ("/widgets/drafts/sealed", "key", test_survives);
  ADD ("/widgets/drafts/wrong-key", NULL, test_wrong_key);
  ADD ("/widgets/drafts/in-memory", NULL, test_in_memory);

  return g_test_run ();
}
