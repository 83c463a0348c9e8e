/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-board-private.h"

#include "widgets/ent-table-paint.h"

/* What a card looks like. Text is shaped when painted, in the board's font: a Pango context for each card would cost more
 * than the card. */

#define LINE_GAP     3
#define CHIP_GAP     4
#define CHIP_PADDING 7
#define BAR_HEIGHT   4

/* --- Text --------------------------------------------------------------------------------------------------- */

static PangoLayout *
make_text (EntBoardTile *self,
           const char   *text,
           double        scale,
           PangoWeight   weight)
{
  g_autofree char *line = g_strdelimit (g_strdup (text), "\n\r\t", ' ');
  PangoLayout *layout = pango_layout_new (gtk_widget_get_pango_context (GTK_WIDGET (self->board)));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_attr_list_insert (attributes, pango_attr_weight_new (weight));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_text (layout, line, -1);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

static PangoLayout *
ensure_text (EntBoardTile  *self,
             PangoLayout  **layout,
             const char    *text,
             double         scale,
             PangoWeight    weight)
{
  if (*layout == NULL && text != NULL && *text != '\0')
    *layout = make_text (self, text, scale, weight);
  return *layout;
}

void
ent_board_tile_forget_texts (EntBoardTile *self)
{
  g_clear_object (&self->title);
  g_clear_object (&self->subtitle);
  g_clear_object (&self->detail);
  g_clear_object (&self->figure);
  g_clear_object (&self->warning);
  g_clear_pointer (&self->chips, g_ptr_array_unref);
}

static int
width_of (PangoLayout *layout)
{
  int width;

  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* --- Lines -------------------------------------------------------------------------------------------------- */

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
has_chips (EntBoardTile *self)
{
  return self->card.chips != NULL && self->card.chips->len > 0;
}

static int
chip_height (int line)
{
  return line + 2;
}

int
ent_board_tile_get_content_height (EntBoardTile *self)
{
  int line = ent_board_get_line (self->board), height = line;

  if (has_text (self->card.subtitle))
    height += LINE_GAP + line;
  if (has_text (self->card.detail))
    height += LINE_GAP + line;
  if (has_chips (self))
    height += 2 * LINE_GAP + chip_height (line);
  if (self->card.progress >= 0)
    height += 2 * LINE_GAP + BAR_HEIGHT;
  if (has_text (self->card.warning))
    height += LINE_GAP + line;
  return height;
}

/* --- Painting ----------------------------------------------------------------------------------------------- */

typedef struct
{
  EntBoardTile *self;
  GtkSnapshot  *snapshot;
  int           width;
  int           line; /* height of a line of text */
  int           y;
  gboolean      rtl;
  GdkRGBA       color, dim;
} Painting;

/* From the leading edge to where things really are. */
static double
place (const Painting *p,
       double          x,
       double          width)
{
  return p->rtl ? p->width - x - width : x;
}

static void
paint_text (const Painting *p,
            PangoLayout    *layout,
            int             x,
            int             width,
            const GdkRGBA  *color)
{
  pango_layout_set_width (layout, MAX (width, 1) * PANGO_SCALE);
  gtk_snapshot_save (p->snapshot);
  gtk_snapshot_translate (p->snapshot, &GRAPHENE_POINT_INIT (0, (float) p->y));
  ent_paint_layout (p->snapshot, layout, place (p, x, width), p->line, color);
  gtk_snapshot_restore (p->snapshot);
}

static void
paint_head (Painting *p)
{
  EntBoardTile *self = p->self;
  PangoLayout *title = ensure_text (self, &self->title, self->card.title, 1, PANGO_WEIGHT_SEMIBOLD);
  g_autofree char *kept = p->rtl ? ent_text_keep_number (self->card.figure) : NULL;
  PangoLayout *figure = ensure_text (self, &self->figure, p->rtl ? kept : self->card.figure, 1, PANGO_WEIGHT_MEDIUM);
  int room = p->width;

  if (figure != NULL)
    {
      int width = MIN (width_of (figure), p->width / 2);

      paint_text (p, figure, p->width - width, width, &p->color);
      room -= width + 8;
    }
  if (title != NULL)
    paint_text (p, title, 0, room, &p->color);
  p->y += p->line;
}

/* One of the dim lines below the title. */
static void
paint_line (Painting     *p,
            PangoLayout **layout,
            const char   *text)
{
  PangoLayout *line = ensure_text (p->self, layout, text, 0.9, PANGO_WEIGHT_NORMAL);

  if (line == NULL)
    return;
  p->y += LINE_GAP;
  paint_text (p, line, 0, p->width, &p->dim);
  p->y += p->line;
}

static void
chip_color (const Painting *p,
            EntTone         tone,
            GdkRGBA        *color)
{
  *color = tone == ENT_TONE_MUTED ? p->dim : p->color;
  ent_tone_get_color (tone, adw_style_manager_get_dark (adw_style_manager_get_default ()), color);
}

static void
paint_chip (const Painting *p,
            PangoLayout    *layout,
            EntTone         tone,
            int             x,
            int             width,
            int             lead)
{
  int height = chip_height (p->line);
  GskRoundedRect rect;
  GdkRGBA color, fill;
  double at = place (p, x, width);

  chip_color (p, tone, &color);
  fill = color;
  fill.alpha *= 0.1f;
  gsk_rounded_rect_init_from_rect (&rect, &GRAPHENE_RECT_INIT ((float) at, (float) p->y, (float) width, (float) height),
                                   (float) height / 2);
  gtk_snapshot_push_rounded_clip (p->snapshot, &rect);
  gtk_snapshot_append_color (p->snapshot, &fill, &rect.bounds);
  gtk_snapshot_pop (p->snapshot);
  gtk_snapshot_save (p->snapshot);
  gtk_snapshot_translate (p->snapshot, &GRAPHENE_POINT_INIT (0, (float) p->y));
  if (lead > 0)
    ent_paint_symbol (GTK_WIDGET (p->self), p->snapshot, tone, place (p, x + CHIP_PADDING, lead - 4), height, &color);
  pango_layout_set_width (layout, MAX (width - 2 * CHIP_PADDING - lead, 1) * PANGO_SCALE);
  ent_paint_layout (p->snapshot, layout, place (p, x + CHIP_PADDING + lead, width - 2 * CHIP_PADDING - lead), height, &color);
  gtk_snapshot_restore (p->snapshot);
}

static int
chip_lead (const Painting *p,
           EntTone         tone)
{
  GdkRGBA color;

  return ent_tone_get_color (tone, FALSE, &color) ? ent_paint_scale (GTK_WIDGET (p->self), ENT_PAINT_SYMBOL) + 4 : 0;
}

static void
ensure_chips (EntBoardTile *self)
{
  if (self->chips != NULL)
    return;
  self->chips = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->card.chips->len; i++)
    g_ptr_array_add (self->chips, make_text (self, g_array_index (self->card.chips, EntBoardChip, i).text, 0.85,
                                             PANGO_WEIGHT_MEDIUM));
}

/* "+2" for those that found no room. */
static void
paint_rest (const Painting *p,
            guint           n,
            int             x)
{
  /* The mark keeps the sign before the number in texts from right to left. */
  g_autofree char *text = g_strdup_printf ("\u200e+%u", n);
  g_autoptr (PangoLayout) layout = make_text (p->self, text, 0.85, PANGO_WEIGHT_MEDIUM);

  paint_text (p, layout, x, width_of (layout), &p->dim);
}

static void
paint_chips (Painting *p)
{
  EntBoardTile *self = p->self;
  int x = 0, rest;

  if (!has_chips (self))
    return;
  ensure_chips (self);
  rest = ent_paint_scale (GTK_WIDGET (self), 22);
  p->y += 2 * LINE_GAP;
  for (guint i = 0; i < self->chips->len; i++)
    {
      PangoLayout *layout = g_ptr_array_index (self->chips, i);
      EntTone tone = g_array_index (self->card.chips, EntBoardChip, i).tone;
      int lead = chip_lead (p, tone), width = width_of (layout) + 2 * CHIP_PADDING + lead;
      int room = p->width - x - (i + 1 < self->chips->len ? rest : 0);

      if (width > room && i > 0)
        {
          paint_rest (p, self->chips->len - i, x);
          break;
        }
      paint_chip (p, layout, tone, x, MIN (width, room), lead);
      x += MIN (width, room) + CHIP_GAP;
    }
  p->y += chip_height (p->line);
}

static void
paint_bar (const Painting *p,
           double          part,
           const GdkRGBA  *color)
{
  float width = (float) (p->width * part);
  GskRoundedRect rect;

  if (width <= 0)
    return;
  gsk_rounded_rect_init_from_rect (&rect, &GRAPHENE_RECT_INIT ((float) place (p, 0, width), (float) p->y, width, BAR_HEIGHT),
                                   BAR_HEIGHT / 2.0f);
  gtk_snapshot_push_rounded_clip (p->snapshot, &rect);
  gtk_snapshot_append_color (p->snapshot, color, &rect.bounds);
  gtk_snapshot_pop (p->snapshot);
}

static void
paint_progress (Painting *p)
{
  double progress = MIN (p->self->card.progress, 1);
  GdkRGBA track = p->color, *accent;

  if (progress < 0)
    return;
  p->y += 2 * LINE_GAP;
  track.alpha *= 0.15f;
  paint_bar (p, 1, &track);
  accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  paint_bar (p, progress, accent);
  gdk_rgba_free (accent);
  p->y += BAR_HEIGHT;
}

static void
paint_warning (Painting *p)
{
  EntBoardTile *self = p->self;
  PangoLayout *warning = ensure_text (self, &self->warning, self->card.warning, 0.9, PANGO_WEIGHT_MEDIUM);
  EntTone tone = self->card.warning_tone;
  int lead;
  GdkRGBA color;

  if (warning == NULL)
    return;
  p->y += LINE_GAP;
  lead = chip_lead (p, tone);
  chip_color (p, tone, &color);
  if (lead > 0)
    {
      gtk_snapshot_save (p->snapshot);
      gtk_snapshot_translate (p->snapshot, &GRAPHENE_POINT_INIT (0, (float) p->y));
      ent_paint_symbol (GTK_WIDGET (self), p->snapshot, tone, place (p, 0, lead - 4), p->line, &color);
      gtk_snapshot_restore (p->snapshot);
    }
  paint_text (p, warning, lead + (lead > 0 ? 2 : 0), p->width - lead - 2, &color);
  p->y += p->line;
}

void
ent_board_tile_paint (EntBoardTile *self,
                      GtkSnapshot  *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  Painting p = { self, snapshot, gtk_widget_get_width (widget), ent_board_get_line (self->board), 0 };

  if (self->key == 0)
    return;
  p.rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gtk_widget_get_color (widget, &p.color);
  p.dim = p.color;
  p.dim.alpha *= adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? 0.9f : 0.65f;
  paint_head (&p);
  paint_line (&p, &p.self->subtitle, p.self->card.subtitle);
  paint_line (&p, &p.self->detail, p.self->card.detail);
  paint_chips (&p);
  paint_progress (&p);
  paint_warning (&p);
}
