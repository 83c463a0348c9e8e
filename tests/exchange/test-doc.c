/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents on pages: what begins where, what stays together. */
#include "config.h"

#include <cairo.h>

#include "exchange/ent-doc.h"

/* Page @nth, one pixel a point, black on white. */
static cairo_surface_t *
draw (EntDoc *doc,
      guint   nth,
      guint  *n_pages)
{
  double width, height;
  g_autoptr (GPtrArray) pages = ent_doc_paginate (doc, &width, &height);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cairo_t *cr = cairo_create (image);

  *n_pages = pages->len;
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  if (nth < pages->len)
    {
      cairo_set_source_surface (cr, g_ptr_array_index (pages, nth), 0, 0);
      cairo_paint (cr);
    }
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}

/* Pixels with ink between two rows of @image, in the left or the right half. */
static guint
count_ink (cairo_surface_t *image,
           double           from,
           double           to,
           gboolean         is_right)
{
  int width = cairo_image_surface_get_width (image), height = cairo_image_surface_get_height (image);
  guint n = 0;

  for (int y = (int) (from * height); y < (int) (to * height); y++)
    {
      const guchar *row = cairo_image_surface_get_data (image) + y * cairo_image_surface_get_stride (image);

      for (int x = is_right ? width / 2 : 0; x < (is_right ? width : width / 2); x++)
        n += row[4 * x + 1] < 160;
    }
  return n;
}

static EntDoc *
make (gboolean rtl)
{
  static const char * const row[] = { "First column, long enough to be seen", "", "" };
  EntDoc *doc = ent_doc_new ("Review");

  ent_doc_set_rtl (doc, rtl);
  ent_doc_add_heading (doc, 1, "Section");
  ent_doc_add_item (doc, ENT_DOC_MARK_BULLET, "An item", NULL);
  ent_doc_add_figure (doc, "Won", "12", "", NULL, 0);
  ent_doc_add_table (doc);
  ent_doc_add_column (doc, "Deal", FALSE, 20);
  ent_doc_add_column (doc, "", FALSE, 20);
  ent_doc_add_column (doc, "", TRUE, 20);
  ent_doc_add_row (doc, row);
  return doc;
}

static void
test_right_to_left_is_mirrored (void)
{
  for (int rtl = 0; rtl < 2; rtl++)
    {
      g_autoptr (EntDoc) doc = make (rtl);
      guint n_pages;
      cairo_surface_t *image = draw (doc, 1, &n_pages);
      guint begins = count_ink (image, 0, 0.085, rtl), ends = count_ink (image, 0, 0.085, !rtl);

      g_assert_cmpuint (n_pages, ==, 2);
      g_assert_cmpuint (begins, >, 50);
      g_assert_cmpuint (ends, ==, 0);
      /* The number of the page is at the end of the foot, the title at its beginning. */
      g_assert_cmpuint (count_ink (image, 0.9, 1, rtl), >, 10);
      g_assert_cmpuint (count_ink (image, 0.9, 1, !rtl), >, 10);
      g_assert_cmpuint (count_ink (image, 0.1, 0.9, rtl), >, 2 * count_ink (image, 0.1, 0.9, !rtl));
      cairo_surface_destroy (image);
    }
}

/* Typed text goes where its letters go, whatever the words of the program do. */
static void
test_typed_text_has_its_own_direction (void)
{
  static const char * const texts[] = { "Typed", "النيل للأنظمة" };

  for (int rtl = 0; rtl < 2; rtl++)
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
      {
        g_autoptr (EntDoc) doc = ent_doc_new ("Review");
        cairo_surface_t *image;
        guint n_pages;

        ent_doc_set_rtl (doc, rtl);
        ent_doc_add_text (doc, texts[i]);
        image = draw (doc, 1, &n_pages);
        g_assert_cmpuint (count_ink (image, 0, 0.9, i == 1), >, 10);
        g_assert_cmpuint (count_ink (image, 0, 0.9, i == 0), ==, 0);
        cairo_surface_destroy (image);
      }
}

/* However far down the page numbers come, the note about them is on the same one: nothing but the note, and its page had
 * hardly any ink. */
static void
test_a_note_stays_with_its_figures (void)
{
  for (guint n_lines = 30; n_lines < 60; n_lines++)
    {
      g_autoptr (EntDoc) doc = ent_doc_new ("Review");
      cairo_surface_t *image;
      guint n_pages;

      for (guint i = 0; i < n_lines; i++)
        ent_doc_add_item (doc, ENT_DOC_MARK_BULLET, "A line", NULL);
      ent_doc_add_figure (doc, "Won", "$12,000,000", "", NULL, 0);
      ent_doc_add_note (doc, "Source");
      image = draw (doc, 2, &n_pages);
      if (n_pages == 3)
        g_assert_cmpuint (count_ink (image, 0, 0.9, FALSE), >, 150);
      cairo_surface_destroy (image);
    }
}

static void
test_html_says_its_direction (void)
{
  g_autoptr (EntDoc) doc = make (TRUE);
  g_autoptr (GBytes) html = ent_doc_write (doc, ENT_DOC_HTML, NULL, NULL);

  g_assert_nonnull (g_strstr_len (g_bytes_get_data (html, NULL), (gssize) g_bytes_get_size (html), "<html dir=\"rtl\">"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doc/right-to-left-is-mirrored", test_right_to_left_is_mirrored);
  g_test_add_func ("/doc/typed-text-has-its-own-direction", test_typed_text_has_its_own_direction);
  g_test_add_func ("/doc/a-note-stays-with-its-figures", test_a_note_stays_with_its_figures);
  g_test_add_func ("/doc/html-says-its-direction", test_html_says_its_direction);
  return g_test_run ();
}
