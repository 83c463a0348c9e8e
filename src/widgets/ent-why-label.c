/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/ent-why-private.h"

#include <glib/gi18n.h>

/* Below this width of the window the explanation is a sheet from the bottom instead of a popover. */
#define SHEET_WIDTH 500

struct _EntWhyLabel
{
  GtkWidget parent_instance;

  EntContext    *context;
  GtkButton     *button;
  GtkLabel      *label;
  GtkPopover    *popover;
  AdwDialog     *sheet; /* (unowned) (nullable): while it is open */
  EntWhyFunc     func;
  gpointer       func_data;
  GDestroyNotify func_destroy;
};

typedef enum
{
  PROP_CONTEXT = 1,
  PROP_LABEL,
  PROP_XALIGN,
} EntWhyLabelProperty;

static GParamSpec *properties[PROP_XALIGN + 1];

G_DEFINE_FINAL_TYPE (EntWhyLabel, ent_why_label, GTK_TYPE_WIDGET)

static void
close_all (EntWhyLabel *self)
{
  if (self->popover != NULL)
    gtk_popover_popdown (self->popover);
  if (self->sheet != NULL)
    adw_dialog_close (self->sheet);
}

static GtkWidget *
new_spinner (void)
{
  GtkWidget *spinner = adw_spinner_new ();

  gtk_widget_set_size_request (spinner, 64, 64);
  return spinner;
}

static gboolean
is_narrow (EntWhyLabel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL && gtk_widget_get_width (GTK_WIDGET (root)) < SHEET_WIDTH;
}

static void
open_sheet (EntWhyLabel *self,
            GtkWidget   *content)
{
  GtkWidget *view;

  if (self->sheet != NULL)
    {
      adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (adw_dialog_get_child (self->sheet)), content);
      return;
    }
  view = adw_toolbar_view_new ();
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), content);
  g_set_weak_pointer (&self->sheet, adw_dialog_new ());
  adw_dialog_set_title (self->sheet, _("Why This Number"));
  adw_dialog_set_content_width (self->sheet, 360);
  adw_dialog_set_child (self->sheet, view);
  adw_dialog_present (self->sheet, GTK_WIDGET (self));
}

static void
open_popover (EntWhyLabel *self,
              GtkWidget   *content)
{
  if (self->popover == NULL)
    {
      self->popover = GTK_POPOVER (gtk_popover_new ());
      gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Why this number"), -1);
    }
  gtk_popover_set_child (self->popover, content);
  gtk_popover_popup (self->popover);
}

static void
clicked_cb (EntWhyLabel *self)
{
  g_autoptr (EntWhy) why = NULL;

  if (self->func == NULL)
    return;
  why = self->func (self, self->func_data);
  if (why != NULL)
    ent_why_label_open (self, why);
}

static EntWhy *
return_why (EntWhyLabel *self,
            gpointer     user_data)
{
  return ent_why_ref (user_data);
}

static void
ent_why_label_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  EntWhyLabel *self = ENT_WHY_LABEL (widget);

  gtk_widget_allocate (GTK_WIDGET (self->button), width, height, baseline, NULL);
  if (self->popover != NULL)
    gtk_popover_present (self->popover);
}

static void
ent_why_label_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (ENT_WHY_LABEL (widget)->button), orientation, for_size, minimum,
                      natural, minimum_baseline, natural_baseline);
}

static void
ent_why_label_dispose (GObject *object)
{
  EntWhyLabel *self = ENT_WHY_LABEL (object);

  ent_why_label_set_func (self, NULL, NULL, NULL);
  g_clear_weak_pointer (&self->sheet);
  g_clear_pointer ((GtkWidget **) &self->popover, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->button, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (ent_why_label_parent_class)->dispose (object);
}

static void
ent_why_label_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  EntWhyLabel *self = ENT_WHY_LABEL (object);

  switch ((EntWhyLabelProperty) prop_id)
    {
    case PROP_CONTEXT:
      g_value_set_object (value, self->context);
      break;
    case PROP_LABEL:
      g_value_set_string (value, ent_why_label_get_label (self));
      break;
    case PROP_XALIGN:
      g_value_set_float (value, gtk_label_get_xalign (self->label));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_why_label_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  EntWhyLabel *self = ENT_WHY_LABEL (object);

  switch ((EntWhyLabelProperty) prop_id)
    {
    case PROP_CONTEXT:
      self->context = g_value_dup_object (value);
      break;
    case PROP_LABEL:
      ent_why_label_set_label (self, g_value_get_string (value));
      break;
    case PROP_XALIGN:
      gtk_label_set_xalign (self->label, g_value_get_float (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_why_label_class_init (EntWhyLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = ent_why_label_dispose;
  object_class->get_property = ent_why_label_get_property;
  object_class->set_property = ent_why_label_set_property;
  widget_class->measure = ent_why_label_measure;
  widget_class->size_allocate = ent_why_label_size_allocate;

  properties[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, ENT_TYPE_CONTEXT,
                                                  flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL,
                                                flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_XALIGN] = g_param_spec_float ("xalign", NULL, NULL, 0, 1, 0.5, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "whylabel");
}

static void
ent_why_label_init (EntWhyLabel *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_child (self->button, GTK_WIDGET (self->label));
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  ent_why_label_set_func (self, NULL, NULL, NULL);
}

GtkWidget *
ent_why_label_new (EntContext *context)
{
  return g_object_new (ENT_TYPE_WHY_LABEL, "context", context, NULL);
}

void
ent_why_label_set_label (EntWhyLabel *self,
                         const char  *label)
{
  g_autofree char *kept = NULL;

  g_return_if_fail (ENT_IS_WHY_LABEL (self));

  if (label != NULL && gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    label = kept = ent_text_keep_number (label);
  if (g_strcmp0 (gtk_label_get_label (self->label), label != NULL ? label : "") == 0)
    return;
  gtk_label_set_label (self->label, label != NULL ? label : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

const char *
ent_why_label_get_label (EntWhyLabel *self)
{
  g_return_val_if_fail (ENT_IS_WHY_LABEL (self), NULL);
  return gtk_label_get_label (self->label);
}

void
ent_why_label_set_func (EntWhyLabel   *self,
                        EntWhyFunc     func,
                        gpointer       user_data,
                        GDestroyNotify destroy)
{
  GtkWidget *button;

  g_return_if_fail (ENT_IS_WHY_LABEL (self));

  if (self->func_destroy != NULL)
    self->func_destroy (self->func_data);
  self->func = func;
  self->func_data = user_data;
  self->func_destroy = destroy;

  button = GTK_WIDGET (self->button);
  gtk_widget_set_can_focus (button, func != NULL);
  gtk_widget_set_can_target (button, func != NULL);
  gtk_widget_set_tooltip_text (button, func != NULL ? _("Why this number") : NULL);
}

void
ent_why_label_set_why (EntWhyLabel *self,
                       EntWhy      *why)
{
  g_return_if_fail (ENT_IS_WHY_LABEL (self));

  if (why != NULL)
    ent_why_label_set_func (self, return_why, ent_why_ref (why), (GDestroyNotify) ent_why_unref);
  else
    ent_why_label_set_func (self, NULL, NULL, NULL);
}

void
ent_why_label_open (EntWhyLabel *self,
                    EntWhy      *why)
{
  GtkWidget *content;

  g_return_if_fail (ENT_IS_WHY_LABEL (self));

  content = why != NULL ? ent_why_build (why, self->context, G_CALLBACK (close_all), self)
                        : new_spinner ();
  if (is_narrow (self))
    open_sheet (self, content);
  else
    open_popover (self, content);
}
