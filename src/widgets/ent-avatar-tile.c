/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/ent-avatar-tile.h"

#define N_COLORS 8

struct _EntAvatarTile
{
  GtkWidget parent_instance;

  GtkLabel     *label;
  GdkPaintable *logo;
  char         *text;
  int           size;
  guint         color;
};

typedef enum
{
  PROP_TEXT = 1,
  PROP_LOGO,
  PROP_SIZE,
} EntAvatarTileProperty;

static GParamSpec *properties[PROP_SIZE + 1];

G_DEFINE_FINAL_TYPE (EntAvatarTile, ent_avatar_tile, GTK_TYPE_WIDGET)

/* The first letters of the first two words: "Contoso Integrators" gives CI, "42 North" gives 4N. */
char *
ent_avatar_tile_make_initials (const char *text)
{
  GString *initials = g_string_new (NULL);
  gboolean in_word = FALSE;
  int n = 0;

  for (const char *p = text; *p != '\0' && n < 2; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) && !in_word)
        {
          g_string_append_unichar (initials, g_unichar_toupper (c));
          n++;
        }
      in_word = g_unichar_isalnum (c) || c == '\'' || c == 0x2019;
    }
  return g_string_free_and_steal (initials);
}

void
ent_avatar_tile_get_color (const char *text,
                           GdkRGBA    *color)
{
  /* As in style.css. */
  static const char * const colors[N_COLORS] = {
    "#3a6ea5", "#2f7d5b", "#8a5a9e", "#a5533a", "#4f6b7a", "#7a6a2f", "#9e4f72", "#5560a8",
  };

  gdk_rgba_parse (color, colors[g_str_hash (text) % N_COLORS]);
}

static void
show_color (EntAvatarTile *self,
            gboolean       shown)
{
  char name[16];

  g_snprintf (name, sizeof name, "color%u", self->color);
  if (shown)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
update_font (EntAvatarTile *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* In pixels of the tile, not of the text size: the letters have to fit. */
  pango_attr_list_insert (attributes, pango_attr_size_new_absolute (self->size * 2 / 5 * PANGO_SCALE));
  gtk_label_set_attributes (self->label, attributes);
}

static void
ent_avatar_tile_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = *natural = ENT_AVATAR_TILE (widget)->size;
}

static void
ent_avatar_tile_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  EntAvatarTile *self = ENT_AVATAR_TILE (widget);
  int minimum;

  gtk_widget_measure (GTK_WIDGET (self->label), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  gtk_widget_size_allocate (GTK_WIDGET (self->label),
                            &(GtkAllocation) { 0, 0, MAX (width, minimum), height }, -1);
}

static void
ent_avatar_tile_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  EntAvatarTile *self = ENT_AVATAR_TILE (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double ratio, w, h;

  if (self->logo == NULL)
    {
      GTK_WIDGET_CLASS (ent_avatar_tile_parent_class)->snapshot (widget, snapshot);
      return;
    }
  ratio = gdk_paintable_get_intrinsic_aspect_ratio (self->logo);
  w = ratio >= 1 || ratio <= 0 ? width : height * ratio;
  h = ratio > 1 ? width / ratio : height;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (width - w) / 2,
                                                          (float) (height - h) / 2));
  gdk_paintable_snapshot (self->logo, snapshot, w, h);
  gtk_snapshot_restore (snapshot);
}

static void
ent_avatar_tile_dispose (GObject *object)
{
  EntAvatarTile *self = ENT_AVATAR_TILE (object);

  g_clear_pointer ((GtkWidget **) &self->label, gtk_widget_unparent);
  g_clear_object (&self->logo);

  G_OBJECT_CLASS (ent_avatar_tile_parent_class)->dispose (object);
}

static void
ent_avatar_tile_finalize (GObject *object)
{
  g_free (ENT_AVATAR_TILE (object)->text);

  G_OBJECT_CLASS (ent_avatar_tile_parent_class)->finalize (object);
}

static void
ent_avatar_tile_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  EntAvatarTile *self = ENT_AVATAR_TILE (object);

  switch ((EntAvatarTileProperty) prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_LOGO:
      g_value_set_object (value, self->logo);
      break;
    case PROP_SIZE:
      g_value_set_int (value, self->size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_avatar_tile_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  EntAvatarTile *self = ENT_AVATAR_TILE (object);

  switch ((EntAvatarTileProperty) prop_id)
    {
    case PROP_TEXT:
      ent_avatar_tile_set_text (self, g_value_get_string (value));
      break;
    case PROP_LOGO:
      ent_avatar_tile_set_logo (self, g_value_get_object (value));
      break;
    case PROP_SIZE:
      ent_avatar_tile_set_size (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_avatar_tile_class_init (EntAvatarTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = ent_avatar_tile_dispose;
  object_class->finalize = ent_avatar_tile_finalize;
  object_class->get_property = ent_avatar_tile_get_property;
  object_class->set_property = ent_avatar_tile_set_property;
  widget_class->measure = ent_avatar_tile_measure;
  widget_class->size_allocate = ent_avatar_tile_size_allocate;
  widget_class->snapshot = ent_avatar_tile_snapshot;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_LOGO] = g_param_spec_object ("logo", NULL, NULL, GDK_TYPE_PAINTABLE, flags);
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 8, 512, 32, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "tile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ent_avatar_tile_init (EntAvatarTile *self)
{
  self->size = 32;
  self->label = GTK_LABEL (g_object_new (GTK_TYPE_LABEL,
                                         "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  update_font (self);
}

GtkWidget *
ent_avatar_tile_new (int         size,
                     const char *text)
{
  return g_object_new (ENT_TYPE_AVATAR_TILE, "size", size, "text", text, NULL);
}

void
ent_avatar_tile_set_text (EntAvatarTile *self,
                          const char    *text)
{
  g_autofree char *initials = NULL;

  g_return_if_fail (ENT_IS_AVATAR_TILE (self));

  if (!g_set_str (&self->text, text))
    return;
  show_color (self, FALSE);
  initials = ent_avatar_tile_make_initials (text != NULL ? text : "");
  self->color = text != NULL ? g_str_hash (text) % N_COLORS : 0;
  gtk_label_set_label (self->label, initials);
  show_color (self, self->logo == NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

const char *
ent_avatar_tile_get_text (EntAvatarTile *self)
{
  g_return_val_if_fail (ENT_IS_AVATAR_TILE (self), NULL);
  return self->text;
}

void
ent_avatar_tile_set_logo (EntAvatarTile *self,
                          GdkPaintable  *logo)
{
  g_return_if_fail (ENT_IS_AVATAR_TILE (self));

  if (!g_set_object (&self->logo, logo))
    return;
  show_color (self, logo == NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOGO]);
}

void
ent_avatar_tile_set_size (EntAvatarTile *self,
                          int            size)
{
  g_return_if_fail (ENT_IS_AVATAR_TILE (self));

  if (self->size == size)
    return;
  self->size = size;
  update_font (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}
