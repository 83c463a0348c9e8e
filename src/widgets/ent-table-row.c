/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-table-row-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "widgets/ent-level-badge.h"
#include "widgets/ent-table-paint.h"

#define CELL_PADDING    9
#define ROW_PADDING     8
#define MIN_HEIGHT      36
#define COMFORT_HEIGHT  48

struct _EntTableRow
{
  GtkWidget        parent;
  EntContext      *context;
  EntTableColumns *columns;
  EntRow          *row;
  GPtrArray       *layouts; /* of PangoLayout, one a column, made when painted; NULL elements */
  PangoLayout     *title;   /* compact */
  PangoLayout     *detail;  /* compact */
  GtkListItem     *item;    /* unowned */
  GtkWidget       *table;   /* unowned: has its rows */
  EntTableRowFunc  changed;
  gulong           loaded;  /* handler */
  gboolean         compact;
  gboolean         is_told; /* to the screen reader, what is shown */
};

G_DEFINE_FINAL_TYPE (EntTableRow, ent_table_row, GTK_TYPE_WIDGET)

/* --- Painting --------------------------------------------------------------------------------------------- */

static gboolean
is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

static int
tile_size (EntTableRow *self)
{
  return ent_paint_scale (GTK_WIDGET (self), ENT_PAINT_TILE);
}

/* Organizations have a tile, people a disc; other records go by their name alone. */
static gboolean
has_tile (EntTableRow *self)
{
  const char *name = ent_table_columns_get_record_type (self->columns)->info->name;

  return g_str_equal (name, "organization") || g_str_equal (name, "person");
}

static void
paint_tile (EntTableRow *self,
            GtkSnapshot *snapshot,
            double       x,
            double       height)
{
  gboolean person = g_str_equal (ent_table_columns_get_record_type (self->columns)->info->name, "person");

  ent_paint_tile (self->table, snapshot, ent_record_get_title (ent_row_get_record (self->row)), person, x, height);
}

/* In the font of the table: a Pango context for each row would cost more than the row. */
static PangoLayout *
new_layout (EntTableRow *self,
            const char  *text)
{
  PangoLayout *layout = pango_layout_new (gtk_widget_get_pango_context (self->table));

  pango_layout_set_text (layout, text, -1);
  return layout;
}

static PangoLayout *
make_layout (EntTableRow    *self,
             const EntField *field,
             int             width)
{
  g_autofree char *text = ent_table_row_dup_text (self->row, field, ent_context_get_today (self->context));
  PangoLayout *layout = new_layout (self, g_strdelimit (text, "\n\r\t", ' '));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  if (ent_field_is_numeric (field) || field->info.type == ENT_FIELD_DATE)
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  if (field->index == ENT_COMMON_TITLE)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_MEDIUM));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, MAX (width, 1) * PANGO_SCALE);
  if (ent_field_is_numeric (field))
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  return layout;
}

static PangoLayout *
get_layout (EntTableRow *self,
            guint        column,
            int          width)
{
  PangoLayout *layout;

  if (self->layouts->len <= column)
    g_ptr_array_set_size (self->layouts, (int) column + 1);
  layout = g_ptr_array_index (self->layouts, column);
  if (layout != NULL)
    {
      pango_layout_set_width (layout, MAX (width, 1) * PANGO_SCALE);
      return layout;
    }
  layout = make_layout (self, ent_table_columns_get_field (self->columns, column), width);
  g_ptr_array_index (self->layouts, column) = layout;
  return layout;
}

/* What stands before the text: tile, level letter, tone symbol. Returns its width, text color in @color. */
static int
paint_lead (EntTableRow    *self,
            GtkSnapshot    *snapshot,
            const EntField *field,
            double          x,
            double          height,
            int             size,
            GdkRGBA        *color,
            gboolean        paint)
{
  const EntChoice *choice = _ent_table_row_choice_of (self->row, field);

  if (field->index == ENT_COMMON_TITLE)
    {
      if (!has_tile (self))
        return 0;
      if (paint)
        paint_tile (self, snapshot, x, height);
      return tile_size (self) + 9;
    }
  if (_ent_table_row_is_level (field))
    {
      EntKey key = ent_record_get_ref (ent_row_get_record (self->row), field->info.name);
      EntLevel level = ent_level_from_name (ent_row_get_name (self->row, key), 0);
      const GdkRGBA white = { 1, 1, 1, 1 };
      GdkRGBA fill;

      if (key == 0 || level == ENT_LEVEL_NONE)
        return 0;
      if (paint)
        {
          ent_level_get_color (level, FALSE, &fill);
          ent_paint_rounded (snapshot, x, (height - size) / 2, size, size / 2.0, &fill);
          ent_paint_letter (self->table, snapshot, ent_level_get_letter (level), x, size, height, &white);
        }
      return size + 6;
    }
  if (choice == NULL || !_ent_table_row_tells_state (field) || !ent_tone_get_color (choice->tone, is_dark (), color))
    return 0;
  if (paint)
    ent_paint_symbol (GTK_WIDGET (self), snapshot, choice->tone, x, height, color);
  return ent_paint_scale (GTK_WIDGET (self), ENT_PAINT_SYMBOL) + 6;
}

static void
paint_cell (EntTableRow *self,
            GtkSnapshot *snapshot,
            guint        column,
            int          x,
            int          width,
            int          height)
{
  const EntField *field = ent_table_columns_get_field (self->columns, column);
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int inner = width - 2 * CELL_PADDING;
  int lead;
  GdkRGBA color;

  gtk_widget_get_color (GTK_WIDGET (self), &color);
  if (field->index != ENT_COMMON_TITLE)
    color.alpha *= 0.88f;
  lead = paint_lead (self, snapshot, field, 0, height, ent_paint_scale (GTK_WIDGET (self), ENT_PAINT_LEVEL), &color, FALSE);
  if (lead > 0)
    {
      int size = ent_paint_scale (GTK_WIDGET (self), field->index == ENT_COMMON_TITLE ? ENT_PAINT_TILE
                                                     : _ent_table_row_choice_of (self->row, field) != NULL ? ENT_PAINT_SYMBOL
                                                                                            : ENT_PAINT_LEVEL);
      double at = rtl ? x + width - CELL_PADDING - size : x + CELL_PADDING;

      paint_lead (self, snapshot, field, at, height, ent_paint_scale (GTK_WIDGET (self), ENT_PAINT_LEVEL), &color, TRUE);
    }
  ent_paint_layout (snapshot, get_layout (self, column, inner - lead),
                x + CELL_PADDING + (rtl ? 0 : lead), height, &color);
}

static void
paint_columns (EntTableRow *self,
               GtkSnapshot *snapshot,
               int          width,
               int          height)
{
  double scale = ent_table_columns_scale_of (GTK_WIDGET (self));
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  for (guint i = 0; i < ent_table_columns_get_n (self->columns); i++)
    {
      int x, cell;

      ent_table_columns_get_place (self->columns, i, width, scale, &x, &cell);
      paint_cell (self, snapshot, i, rtl ? width - x - cell : x, cell, height);
    }
}

/* --- Compact: name, and below it what matters most -------------------------------------------------------- */

static void
ensure_compact_layouts (EntTableRow *self)
{
  g_autofree char *detail = NULL;
  g_autoptr (PangoAttrList) small = NULL;

  if (self->title != NULL)
    return;
  detail = _ent_table_row_dup_detail (self->row, self->columns, ent_context_get_today (self->context));
  small = pango_attr_list_new ();
  pango_attr_list_insert (small, pango_attr_scale_new (0.88));
  self->title = make_layout (self, ent_record_type_get_nth (ent_table_columns_get_record_type (self->columns),
                                                            ENT_COMMON_TITLE), 1);
  self->detail = new_layout (self, detail);
  pango_layout_set_ellipsize (self->detail, PANGO_ELLIPSIZE_END);
  pango_layout_set_attributes (self->detail, small);
}

static void
paint_compact (EntTableRow *self,
               GtkSnapshot *snapshot,
               int          width,
               int          height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int lead = has_tile (self) ? tile_size (self) + 10 : 0;
  int text = width - 2 * CELL_PADDING - lead;
  int x = rtl ? CELL_PADDING : CELL_PADDING + lead;
  GdkRGBA color, dim;

  ensure_compact_layouts (self);
  gtk_widget_get_color (GTK_WIDGET (self), &color);
  dim = color;
  dim.alpha *= 0.7f;
  pango_layout_set_width (self->title, MAX (text, 1) * PANGO_SCALE);
  pango_layout_set_width (self->detail, MAX (text, 1) * PANGO_SCALE);
  if (lead > 0)
    paint_tile (self, snapshot, rtl ? width - CELL_PADDING - tile_size (self) : CELL_PADDING, height);
  ent_paint_layout (snapshot, self->title, x, height / 2.0 + 4, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float) height / 2 - 2));
  ent_paint_layout (snapshot, self->detail, x, height / 2.0, &dim);
  gtk_snapshot_restore (snapshot);
}

/* --- The widget -------------------------------------------------------------------------------------------- */

static void
forget_layouts (EntTableRow *self)
{
  g_ptr_array_set_size (self->layouts, 0);
  g_clear_object (&self->title);
  g_clear_object (&self->detail);
}

static void
ent_table_row_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  EntTableRow *self = ENT_TABLE_ROW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  if (self->row == NULL || ent_row_get_record (self->row) == NULL)
    return;
  if (self->compact)
    paint_compact (self, snapshot, width, height);
  else
    paint_columns (self, snapshot, width, height);
}

static int
row_height (EntTableRow *self)
{
  GSettings *settings = ent_context_get_settings (self->context);
  g_autofree char *density = settings != NULL ? g_settings_get_string (settings, "density") : NULL;
  int least = g_strcmp0 (density, "comfortable") == 0 ? COMFORT_HEIGHT : MIN_HEIGHT;
  int text = ent_table_columns_line_of (self->columns, self->table);

  return self->compact ? MAX (COMFORT_HEIGHT, 2 * text + 2 * ROW_PADDING) : MAX (least, text + 2 * ROW_PADDING);
}

static void
ent_table_row_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  EntTableRow *self = ENT_TABLE_ROW (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = row_height (self);
  else
    *minimum = *natural = self->compact ? 200 : ent_table_columns_get_total (self->columns,
                                                                           ent_table_columns_scale_of (widget));
}

static void
ent_table_row_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ent_table_row_parent_class)->css_changed (widget, change);
  forget_layouts (ENT_TABLE_ROW (widget));
}

static gboolean
query_tooltip_cb (GtkWidget  *widget,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip,
                  gpointer    data)
{
  EntTableRow *self = ENT_TABLE_ROW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget);
  int from_start = rtl ? width - x : x;

  if (self->compact || self->row == NULL || ent_row_get_record (self->row) == NULL)
    return FALSE;
  for (guint i = 0; i < ent_table_columns_get_n (self->columns); i++)
    {
      const EntField *field = ent_table_columns_get_field (self->columns, i);
      int at, cell;

      ent_table_columns_get_place (self->columns, i, width, ent_table_columns_scale_of (widget), &at, &cell);
      if (from_start >= at && from_start < at + cell)
        {
          g_autofree char *full = ent_value_display (field, ent_record_get (ent_row_get_record (self->row), field->index),
                                                     ENT_DISPLAY_FULL, _ent_table_row_name_of, self->row);

          gtk_tooltip_set_text (tooltip, full);
          return *full != '\0';
        }
    }
  return FALSE;
}

static void
ent_table_row_dispose (GObject *object)
{
  EntTableRow *self = ENT_TABLE_ROW (object);

  ent_table_row_set_row (self, NULL);
  g_clear_pointer (&self->layouts, g_ptr_array_unref);
  g_clear_object (&self->columns);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ent_table_row_parent_class)->dispose (object);
}

static void
ent_table_row_class_init (EntTableRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_table_row_dispose;
  widget_class->snapshot = ent_table_row_snapshot;
  widget_class->measure = ent_table_row_measure;
  widget_class->css_changed = ent_table_row_css_changed;
  gtk_widget_class_set_css_name (widget_class, "tablerow");
}

static void
unref_layout (gpointer layout)
{
  g_clear_object ((PangoLayout **) &layout);
}

static void
ent_table_row_init (EntTableRow *self)
{
  self->layouts = g_ptr_array_new_with_free_func (unref_layout);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

static void
loaded_cb (EntTableRow *self)
{
  forget_layouts (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  self->is_told = FALSE;
  self->changed (self->table);
}

void
ent_table_row_relayout (EntTableRow *self)
{
  forget_layouts (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

GtkWidget *
ent_table_row_new (EntContext      *context,
                   EntTableColumns *columns,
                   GtkListItem     *item,
                   GtkWidget       *table,
                   EntTableRowFunc  changed)
{
  EntTableRow *self = g_object_new (ENT_TYPE_TABLE_ROW, NULL);

  self->context = g_object_ref (context);
  self->columns = g_object_ref (columns);
  self->item = item;
  self->table = table;
  self->changed = changed;
  return GTK_WIDGET (self);
}

void
ent_table_row_set_row (EntTableRow *self,
                       EntRow      *row)
{
  if (self->row == row)
    return;
  if (self->row != NULL)
    g_clear_signal_handler (&self->loaded, self->row);
  g_set_object (&self->row, row);
  if (row != NULL)
    {
      /* Goes with the row at the latest in dispose: hundreds of rows in a frame have no time for weak references. */
      self->loaded = g_signal_connect_swapped (row, "loaded", G_CALLBACK (loaded_cb), self);
      loaded_cb (self);
    }
}

EntRow *
ent_table_row_get_row (EntTableRow *self)
{
  return self->row;
}

void
ent_table_row_set_compact (EntTableRow *self,
                           gboolean     compact)
{
  if (self->compact == compact)
    return;
  self->compact = compact;
  ent_table_row_relayout (self);
}

gboolean
ent_table_row_tell (EntTableRow *self)
{
  g_autofree char *text = NULL;

  if (self->is_told || self->row == NULL || ent_row_get_record (self->row) == NULL)
    return FALSE;
  text = _ent_table_row_dup_description (self->row, self->columns, ent_context_get_today (self->context));
  gtk_list_item_set_accessible_label (self->item, text);
  self->is_told = TRUE;
  return TRUE;
}
