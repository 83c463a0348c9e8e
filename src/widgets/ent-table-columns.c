/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-table-columns.h"

#include <string.h>

#define CHARACTER_WIDTH 8
#define MIN_WIDTH       48
#define MAX_WIDTH       1200
#define EDGE_REACH      6

typedef struct
{
  const EntField *field;
  int             width;
} Column;

struct _EntTableColumns
{
  GObject              parent;
  const EntRecordType *type;
  GArray              *columns;
  char                *sort;
  GHashTable          *implied; /* indexes of fields that are not shown unless asked for */
  int                  line;    /* height of a line of text in the font of which this is the serial number */
  guint                line_serial;
};

enum { SIGNAL_LAYOUT, SIGNAL_FIELDS, SIGNAL_SORTED, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (EntTableColumns, ent_table_columns, G_TYPE_OBJECT)

int
ent_field_get_rank (const EntField *field)
{
  if (field->index == ENT_COMMON_TITLE)
    return 0;
  if (field->info.flags & ENT_FIELD_COLUMN)
    return 1;
  if (field->index >= ENT_N_COMMON)
    return 2;
  return field->info.flags & ENT_FIELD_SYSTEM ? 4 : 3;
}

static Column *
nth (EntTableColumns *self,
     guint            i)
{
  return &g_array_index (self->columns, Column, i);
}

gboolean
ent_field_is_numeric (const EntField *field)
{
  switch (field->info.type)
    {
    case ENT_FIELD_INT:
    case ENT_FIELD_MONEY:
    case ENT_FIELD_PERCENT:
    case ENT_FIELD_SCORE:
    case ENT_FIELD_DURATION:
      return !ent_field_is_many (field);
    default:
      return FALSE;
    }
}

#define MAX_CHOICE 15 /* characters of a choice that a column makes room for */

/* The longest choice, and the symbol that may stand before it. */
static int
choice_characters (const EntField *field)
{
  int longest = 0;

  for (guint i = 0; field->choices != NULL && i < field->choices->len; i++)
    longest = MAX (longest, (int) g_utf8_strlen (ent_choice_get_label (g_ptr_array_index (field->choices, i)), -1));
  return MIN (longest, MAX_CHOICE) + 4;
}

static int
default_width (const EntField *field)
{
  int label = (int) g_utf8_strlen (ent_field_get_label (field), -1);
  int characters = field->info.width;

  if (field->info.type == ENT_FIELD_DATE)
    characters = MAX (characters, 16);
  else if (field->info.type == ENT_FIELD_DATETIME) /* "30 Nov 2026, 14:00" */
    characters = MAX (characters, 19);
  else if (characters == 0 && field->index == ENT_COMMON_TITLE)
    characters = 30;
  else if (characters == 0 && (ent_field_is_integer (field) || field->info.type == ENT_FIELD_MONEY))
    characters = 13;
  else if (characters == 0)
    characters = 16;
  if (field->info.type == ENT_FIELD_ENUM && !ent_field_is_many (field) && field->info.width > 0)
    characters = MAX (characters, choice_characters (field));
  /* A heading that is cut names nothing. */
  characters = MAX (characters, label + 3);
  return CLAMP (characters * CHARACTER_WIDTH, MIN_WIDTH, MAX_WIDTH);
}

static void
append (EntTableColumns *self,
        const EntField  *field,
        int              width)
{
  Column column = { field, width > 0 ? CLAMP (width, MIN_WIDTH, MAX_WIDTH) : default_width (field) };

  g_array_append_val (self->columns, column);
}

static void
append_defaults (EntTableColumns *self)
{
  append (self, ent_record_type_get_nth (self->type, ENT_COMMON_TITLE), 0);
  for (guint i = 0; i < ent_record_type_get_n_fields (self->type); i++)
    {
      const EntField *field = ent_record_type_get_nth (self->type, i);

      if (i != ENT_COMMON_TITLE && (field->info.flags & ENT_FIELD_COLUMN) &&
          !g_hash_table_contains (self->implied, GUINT_TO_POINTER (i)))
        append (self, field, 0);
    }
}

static void
ent_table_columns_finalize (GObject *object)
{
  EntTableColumns *self = ENT_TABLE_COLUMNS (object);

  g_array_unref (self->columns);
  g_hash_table_unref (self->implied);
  g_free (self->sort);
  G_OBJECT_CLASS (ent_table_columns_parent_class)->finalize (object);
}

static void
ent_table_columns_class_init (EntTableColumnsClass *klass)
{
  static const char * const names[] = { "layout", "fields", "sorted" };

  G_OBJECT_CLASS (klass)->finalize = ent_table_columns_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                               NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ent_table_columns_init (EntTableColumns *self)
{
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  self->implied = g_hash_table_new (NULL, NULL);
}

EntTableColumns *
ent_table_columns_new (const EntRecordType *type)
{
  EntTableColumns *self = g_object_new (ENT_TYPE_TABLE_COLUMNS, NULL);

  self->type = type;
  append_defaults (self);
  return self;
}

const EntRecordType *
ent_table_columns_get_record_type (EntTableColumns *self)
{
  return self->type;
}

guint
ent_table_columns_get_n (EntTableColumns *self)
{
  return self->columns->len;
}

const EntField *
ent_table_columns_get_field (EntTableColumns *self,
                             guint            column)
{
  return nth (self, column)->field;
}

int
ent_table_columns_get_width (EntTableColumns *self,
                             guint            column)
{
  return nth (self, column)->width;
}

void
ent_table_columns_set_width (EntTableColumns *self,
                             guint            column,
                             int              width)
{
  width = CLAMP (width, MIN_WIDTH, MAX_WIDTH);
  if (nth (self, column)->width == width)
    return;
  nth (self, column)->width = width;
  g_signal_emit (self, signals[SIGNAL_LAYOUT], 0);
}

static int
scaled (int    width,
        double scale)
{
  return (int) (width * scale + 0.5);
}

int
ent_table_columns_get_total (EntTableColumns *self,
                             double           scale)
{
  int total = 0;

  for (guint i = 0; i < self->columns->len; i++)
    total += scaled (nth (self, i)->width, scale);
  return total;
}

/* Columns of text share what is left over, the name twice: it is what is read first. */
static int
weight_of (const Column *column)
{
  if (column->field->index == ENT_COMMON_TITLE)
    return 2 * column->width;
  return ent_field_is_numeric (column->field) ? 0 : column->width;
}

void
ent_table_columns_get_place (EntTableColumns *self,
                             guint            column,
                             int              available,
                             double           scale,
                             int             *x,
                             int             *width)
{
  int spare = MAX (0, available - ent_table_columns_get_total (self, scale));
  int weights = 0, weight = 0, before = 0;

  for (guint i = 0; i < self->columns->len; i++)
    weights += weight_of (nth (self, i));
  for (guint i = 0; i < column; i++)
    {
      before += scaled (nth (self, i)->width, scale);
      weight += weight_of (nth (self, i));
    }
  *x = before + spare * weight / weights;
  weight += weight_of (nth (self, column));
  *width = before + scaled (nth (self, column)->width, scale) + spare * weight / weights - *x;
}

int
ent_table_columns_find_edge (EntTableColumns *self,
                             int              x,
                             int              available,
                             double           scale)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      int start, width;

      ent_table_columns_get_place (self, i, available, scale, &start, &width);
      if (ABS (start + width - x) <= EDGE_REACH)
        return (int) i;
    }
  return -1;
}

static int
find (EntTableColumns *self,
      const EntField  *field)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (nth (self, i)->field->index == field->index)
      return (int) i;
  return -1;
}

gboolean
ent_table_columns_has_field (EntTableColumns *self,
                             const EntField  *field)
{
  return find (self, field) >= 0;
}

void
ent_table_columns_show (EntTableColumns *self,
                        const EntField  *field,
                        gboolean         shown)
{
  int at = find (self, field);

  if (shown == (at >= 0) || (!shown && field->index == ENT_COMMON_TITLE))
    return;
  if (shown)
    append (self, field, 0);
  else
    g_array_remove_index (self->columns, (guint) at);
  g_signal_emit (self, signals[SIGNAL_FIELDS], 0);
}

void
ent_table_columns_move (EntTableColumns *self,
                        guint            from,
                        guint            to)
{
  Column column;

  if (from == to || from >= self->columns->len || to >= self->columns->len)
    return;
  column = *nth (self, from);
  g_array_remove_index (self->columns, from);
  g_array_insert_val (self->columns, to, column);
  g_signal_emit (self, signals[SIGNAL_FIELDS], 0);
}

void
ent_table_columns_imply (EntTableColumns *self,
                         const EntField  *field)
{
  g_hash_table_add (self->implied, GUINT_TO_POINTER (field->index));
  ent_table_columns_show (self, field, FALSE);
}

void
ent_table_columns_reset (EntTableColumns *self)
{
  ent_table_columns_from_text (self, NULL);
}

char *
ent_table_columns_to_text (EntTableColumns *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = nth (self, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", column->field->info.name);
      if (column->width != default_width (column->field))
        g_string_append_printf (text, ":%d", column->width);
    }
  return g_string_free (text, FALSE);
}

static void
append_word (EntTableColumns *self,
             const char      *word)
{
  g_auto (GStrv) parts = g_strsplit (word, ":", 2);
  const EntField *field = parts[0] != NULL ? ent_record_type_lookup (self->type, parts[0]) : NULL;

  if (field != NULL && find (self, field) < 0)
    append (self, field, parts[1] != NULL ? (int) g_ascii_strtoll (parts[1], NULL, 10) : 0);
}

void
ent_table_columns_from_text (EntTableColumns *self,
                             const char      *text)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", ",", -1);

  g_array_set_size (self->columns, 0);
  for (char **word = words; *word != NULL; word++)
    append_word (self, *word);
  if (self->columns->len == 0)
    append_defaults (self);
  else if (!ent_table_columns_has_field (self, ent_record_type_get_nth (self->type, ENT_COMMON_TITLE)))
    {
      append (self, ent_record_type_get_nth (self->type, ENT_COMMON_TITLE), 0);
      ent_table_columns_move (self, self->columns->len - 1, 0);
    }
  g_signal_emit (self, signals[SIGNAL_FIELDS], 0);
}

const char *
ent_table_columns_get_sort (EntTableColumns *self)
{
  return self->sort;
}

void
ent_table_columns_set_sort (EntTableColumns *self,
                            const char      *sort)
{
  if (g_set_str (&self->sort, sort != NULL && *sort != '\0' ? sort : NULL))
    g_signal_emit (self, signals[SIGNAL_SORTED], 0);
}

int
ent_table_columns_get_direction (EntTableColumns *self,
                                 const EntField  *field)
{
  const char *sort = self->sort != NULL ? self->sort : "title";
  gboolean descending = *sort == '-';
  gsize length = strcspn (sort + descending, ",");

  if (strlen (field->info.name) != length || strncmp (sort + descending, field->info.name, length) != 0)
    return 0;
  return descending ? -1 : 1;
}

void
ent_table_columns_toggle_sort (EntTableColumns *self,
                               const EntField  *field)
{
  g_autofree char *descending = g_strconcat ("-", field->info.name, NULL);

  switch (ent_table_columns_get_direction (self, field))
    {
    case 0:
      ent_table_columns_set_sort (self, field->info.name);
      break;
    case 1:
      ent_table_columns_set_sort (self, descending);
      break;
    default:
      ent_table_columns_set_sort (self, NULL);
      break;
    }
}

double
ent_table_columns_scale_of (GtkWidget *widget)
{
  int dpi = 96 * PANGO_SCALE;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? MAX (1.0, dpi / (96.0 * 1024)) : 1.0;
}

int
ent_table_columns_line_of (EntTableColumns *self,
                           GtkWidget       *table)
{
  PangoContext *context = gtk_widget_get_pango_context (table);
  PangoFontMetrics *metrics;

  if (self->line > 0 && self->line_serial == pango_context_get_serial (context))
    return self->line;
  metrics = pango_context_get_metrics (context, NULL, NULL);
  self->line = (pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics)) / PANGO_SCALE;
  self->line_serial = pango_context_get_serial (context);
  pango_font_metrics_unref (metrics);
  return self->line;
}
