/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/ent-level-badge.h"

#include "model/ent-value.h"

struct _EntLevelBadge
{
  GtkWidget parent_instance;

  GtkLabel *letter;
  GtkLabel *label;
  EntLevel  level;
  gboolean  compact;
};

G_DEFINE_FINAL_TYPE (EntLevelBadge, ent_level_badge, GTK_TYPE_WIDGET)

/* Hues that stay apart for every kind of color vision (after Okabe and Ito), darkened to 3:1 on white and
 * lightened to 3:1 on the dark view background. ui/style.css has the light ones too. */
static const struct
{
  const char *word; /* with which the English name or the stored value starts */
  const char *css_class;
  const char *letter;
  const char *light;
  const char *dark;
} levels[] = {
  [ENT_LEVEL_NONE] = { NULL, "none", "–", "#77767b", "#9a9996" },
  [ENT_LEVEL_STRATEGIC] = { "strategic", "strategic", "S", "#0067a5", "#5aa9dc" },
  [ENT_LEVEL_PREMIER] = { "premier", "premier", "P", "#b87a00", "#e6ac3c" },
  [ENT_LEVEL_SELECT] = { "select", "select", "E", "#007f5c", "#35b98f" },
  [ENT_LEVEL_REGISTERED] = { "registered", "registered", "R", "#a8508a", "#d391b8" },
  [ENT_LEVEL_PROSPECT] = { "prospect", "prospect", "◦", "#6e6d73", "#a5a5ad" },
  [ENT_LEVEL_COMPETITOR] = { "competitor", "competitor", "×", "#b84a00", "#f07f3c" },
};

EntLevel
ent_level_from_name (const char *name,
                     int         rank)
{
  g_autofree char *key = name != NULL ? ent_text_key (name) : NULL;

  for (guint i = ENT_LEVEL_STRATEGIC; key != NULL && i < G_N_ELEMENTS (levels); i++)
    if (g_str_has_prefix (key, levels[i].word))
      return (EntLevel) i;
  if (rank >= 1)
    return (EntLevel) MIN (rank, (int) ENT_LEVEL_REGISTERED);
  return ENT_LEVEL_NONE;
}

void
ent_level_get_color (EntLevel level,
                     gboolean dark,
                     GdkRGBA *color)
{
  g_return_if_fail (level < G_N_ELEMENTS (levels));

  gdk_rgba_parse (color, dark ? levels[level].dark : levels[level].light);
}

const char *
ent_level_get_letter (EntLevel level)
{
  g_return_val_if_fail (level < G_N_ELEMENTS (levels), "");

  return levels[level].letter;
}

static void
update_accessible (EntLevelBadge *self)
{
  const char *name = gtk_label_get_label (self->label);

  gtk_widget_set_visible (GTK_WIDGET (self->label), !self->compact);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->compact ? name : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
ent_level_badge_dispose (GObject *object)
{
  EntLevelBadge *self = ENT_LEVEL_BADGE (object);

  g_clear_pointer ((GtkWidget **) &self->letter, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (ent_level_badge_parent_class)->dispose (object);
}

static void
ent_level_badge_class_init (EntLevelBadgeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_level_badge_dispose;

  gtk_widget_class_set_css_name (widget_class, "levelbadge");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
ent_level_badge_init (EntLevelBadge *self)
{
  self->letter = GTK_LABEL (g_object_new (GTK_TYPE_LABEL,
                                          "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                          "valign", GTK_ALIGN_CENTER, NULL));
  self->label = GTK_LABEL (g_object_new (GTK_TYPE_LABEL,
                                         "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->letter), "letter");
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_parent (GTK_WIDGET (self->letter), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
ent_level_badge_new (void)
{
  return g_object_new (ENT_TYPE_LEVEL_BADGE, NULL);
}

void
ent_level_badge_set (EntLevelBadge *self,
                     EntLevel       level,
                     const char    *name)
{
  g_return_if_fail (ENT_IS_LEVEL_BADGE (self));
  g_return_if_fail (level < G_N_ELEMENTS (levels));

  gtk_widget_remove_css_class (GTK_WIDGET (self), levels[self->level].css_class);
  self->level = level;
  gtk_widget_add_css_class (GTK_WIDGET (self), levels[level].css_class);
  gtk_label_set_label (self->letter, levels[level].letter);
  gtk_label_set_label (self->label, name != NULL ? name : "");
  gtk_widget_set_visible (GTK_WIDGET (self), name != NULL && *name != '\0');
  update_accessible (self);
}

void
ent_level_badge_set_compact (EntLevelBadge *self,
                             gboolean       compact)
{
  g_return_if_fail (ENT_IS_LEVEL_BADGE (self));

  if (self->compact == compact)
    return;
  self->compact = compact;
  update_accessible (self);
}
