/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/ent-pill.h"

struct _EntPill
{
  GtkWidget parent_instance;

  GtkImage *image;
  GtkLabel *label;
  char     *icon_name;
  EntTone   tone;
};

typedef enum
{
  PROP_LABEL = 1,
  PROP_TONE,
  PROP_ICON_NAME,
} EntPillProperty;

static GParamSpec *properties[PROP_ICON_NAME + 1];

G_DEFINE_FINAL_TYPE (EntPill, ent_pill, GTK_TYPE_WIDGET)

static const struct
{
  const char *css_class;
  const char *icon_name; /* the shape that says the same without the color */
} tones[] = {
  [ENT_TONE_NEUTRAL] = { "neutral", NULL },
  [ENT_TONE_ACCENT] = { "accent", "media-record-symbolic" },
  [ENT_TONE_GOOD] = { "good", "object-select-symbolic" },
  [ENT_TONE_WARNING] = { "warning", "dialog-warning-symbolic" },
  [ENT_TONE_BAD] = { "bad", "dialog-error-symbolic" },
  [ENT_TONE_MUTED] = { "muted", "list-remove-symbolic" },
};

static void
update_icon (EntPill *self)
{
  const char *name = self->icon_name != NULL ? self->icon_name : tones[self->tone].icon_name;

  gtk_image_set_from_icon_name (self->image, name);
  gtk_widget_set_visible (GTK_WIDGET (self->image), name != NULL && *name != '\0');
}

static void
ent_pill_dispose (GObject *object)
{
  EntPill *self = ENT_PILL (object);

  g_clear_pointer ((GtkWidget **) &self->image, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (ent_pill_parent_class)->dispose (object);
}

static void
ent_pill_finalize (GObject *object)
{
  g_free (ENT_PILL (object)->icon_name);

  G_OBJECT_CLASS (ent_pill_parent_class)->finalize (object);
}

static void
ent_pill_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  EntPill *self = ENT_PILL (object);

  switch ((EntPillProperty) prop_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, ent_pill_get_label (self));
      break;
    case PROP_TONE:
      g_value_set_int (value, self->tone);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_pill_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  EntPill *self = ENT_PILL (object);

  switch ((EntPillProperty) prop_id)
    {
    case PROP_LABEL:
      ent_pill_set_label (self, g_value_get_string (value));
      break;
    case PROP_TONE:
      ent_pill_set_tone (self, (EntTone) g_value_get_int (value));
      break;
    case PROP_ICON_NAME:
      ent_pill_set_icon_name (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_pill_class_init (EntPillClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = ent_pill_dispose;
  object_class->finalize = ent_pill_finalize;
  object_class->get_property = ent_pill_get_property;
  object_class->set_property = ent_pill_set_property;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_TONE] = g_param_spec_int ("tone", NULL, NULL, ENT_TONE_NEUTRAL, ENT_TONE_MUTED,
                                            ENT_TONE_NEUTRAL, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "pill");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
ent_pill_init (EntPill *self)
{
  self->image = GTK_IMAGE (g_object_new (GTK_TYPE_IMAGE,
                                         "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                         "visible", FALSE, NULL));
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_parent (GTK_WIDGET (self->image), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "neutral");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
ent_pill_new (const char *label,
              EntTone     tone)
{
  return g_object_new (ENT_TYPE_PILL, "label", label, "tone", tone, NULL);
}

void
ent_pill_set_label (EntPill    *self,
                    const char *label)
{
  g_return_if_fail (ENT_IS_PILL (self));

  if (g_strcmp0 (gtk_label_get_label (self->label), label != NULL ? label : "") == 0)
    return;
  gtk_label_set_label (self->label, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self), label != NULL && *label != '\0');
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

const char *
ent_pill_get_label (EntPill *self)
{
  g_return_val_if_fail (ENT_IS_PILL (self), NULL);
  return gtk_label_get_label (self->label);
}

void
ent_pill_set_tone (EntPill *self,
                   EntTone  tone)
{
  g_return_if_fail (ENT_IS_PILL (self));
  g_return_if_fail (tone < G_N_ELEMENTS (tones));

  if (self->tone == tone)
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self), tones[self->tone].css_class);
  self->tone = tone;
  gtk_widget_add_css_class (GTK_WIDGET (self), tones[tone].css_class);
  update_icon (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TONE]);
}

void
ent_pill_set_icon_name (EntPill    *self,
                        const char *icon_name)
{
  g_return_if_fail (ENT_IS_PILL (self));

  if (!g_set_str (&self->icon_name, icon_name))
    return;
  update_icon (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ICON_NAME]);
}

void
ent_pill_set_choice (EntPill         *self,
                     const EntChoice *choice)
{
  g_return_if_fail (ENT_IS_PILL (self));

  ent_pill_set_label (self, choice != NULL ? ent_choice_get_label (choice) : NULL);
  ent_pill_set_tone (self, choice != NULL ? choice->tone : ENT_TONE_NEUTRAL);
}

const char *
ent_tone_get_css_class (EntTone tone)
{
  g_return_val_if_fail (tone < G_N_ELEMENTS (tones), "neutral");
  return tones[tone].css_class;
}

void
ent_pill_set_can_shrink (EntPill *self,
                         gboolean can_shrink)
{
  g_return_if_fail (ENT_IS_PILL (self));
  gtk_label_set_ellipsize (self->label, can_shrink ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
}
