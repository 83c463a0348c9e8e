/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-profile-row.h"

#include "widgets/ent-pill.h"
#include "widgets/ent-record-picker.h"

/* Less than that for the title, and what stands beside it goes below. */
#define MIN_TITLE 140
#define MAX_STATE 20 /* characters */

struct _EntProfileRow
{
  AdwPreferencesRow parent_instance;

  EntContext *context;
  EntKey      key;
  gboolean    opens;

  AdwBin    *prefix;
  GtkWidget *subtitle;
  GtkWidget *box;
};

enum { SIGNAL_ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (EntProfileRow, ent_profile_row, ADW_TYPE_PREFERENCES_ROW)

static void
ent_profile_row_activate (GtkListBoxRow *row)
{
  EntProfileRow *self = ENT_PROFILE_ROW (row);

  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
  if (self->opens && self->context != NULL)
    ent_context_open_record (self->context, self->key);
}

static void
row_activated_cb (EntProfileRow *self,
                  GtkListBoxRow *row)
{
  if (row == GTK_LIST_BOX_ROW (self))
    ent_profile_row_activate (row);
}

/* A click comes as a signal of the list, not of the row. */
static void
parent_cb (EntProfileRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (GTK_IS_LIST_BOX (parent))
    g_signal_connect_object (parent, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
}

static void
ent_profile_row_dispose (GObject *object)
{
  g_clear_object (&ENT_PROFILE_ROW (object)->context);
  G_OBJECT_CLASS (ent_profile_row_parent_class)->dispose (object);
}

static void
ent_profile_row_class_init (EntProfileRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_profile_row_dispose;
  GTK_LIST_BOX_ROW_CLASS (klass)->activate = ent_profile_row_activate;
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_FIRST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 0);
}

static void
ent_profile_row_init (EntProfileRow *self)
{
  self->opens = TRUE;
  g_signal_connect (self, "notify::parent", G_CALLBACK (parent_cb), NULL);
}

static GtkWidget *
label_new (const char *text,
           int         lines,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), lines);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Date or amount, and state. */
static GtkWidget *
aside_new (const EntProfileItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *aside = gtk_label_new (item->aside);

  gtk_widget_add_css_class (aside, "numeric");
  gtk_widget_add_css_class (aside, item->is_late ? "error" : "dimmed");
  gtk_widget_set_visible (aside, *item->aside != '\0');
  gtk_box_append (GTK_BOX (box), aside);
  if (item->state != NULL)
    {
      GtkWidget *pill = ent_pill_new (item->state, item->tone);

      /* What does not fit beside the title goes below it, whole. */
      ent_pill_set_can_shrink (ENT_PILL (pill), g_utf8_strlen (item->state, -1) > MAX_STATE);
      gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), pill);
    }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (box, *item->aside != '\0' || item->state != NULL);
  return box;
}

/* What a screen reader says of the row, which is made of several labels. */
static void
describe (EntProfileRow        *self,
          const EntProfileItem *item)
{
  const char *parts[4] = { NULL };
  g_autofree char *text = NULL;
  guint n = 0;

  if (*item->detail != '\0')
    parts[n++] = item->detail;
  if (*item->aside != '\0')
    parts[n++] = item->aside;
  if (item->state != NULL)
    parts[n++] = item->state;
  text = g_strjoinv (", ", (char **) parts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, item->title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
build (EntProfileRow        *self,
       const EntProfileItem *item)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *wrap = adw_wrap_box_new ();
  GtkWidget *title = label_new (item->title, 2, "title");

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->prefix = ADW_BIN (adw_bin_new ());
  adw_bin_set_child (self->prefix, ent_record_picker_image_new (item->type, item->title, 32));
  gtk_widget_set_valign (GTK_WIDGET (self->prefix), GTK_ALIGN_CENTER);
  self->subtitle = label_new (item->detail, 3, "subtitle");
  gtk_widget_set_visible (self->subtitle, *item->detail != '\0');
  gtk_widget_set_size_request (words, MIN_TITLE, -1);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), self->subtitle);

  adw_wrap_box_set_wrap_policy (ADW_WRAP_BOX (wrap), ADW_WRAP_MINIMUM);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (wrap), 12);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (wrap), 3);
  gtk_widget_set_hexpand (wrap, TRUE);
  gtk_widget_set_valign (wrap, GTK_ALIGN_CENTER);
  adw_wrap_box_append (ADW_WRAP_BOX (wrap), words);
  adw_wrap_box_append (ADW_WRAP_BOX (wrap), aside_new (item));

  g_object_set (self->box, "margin-top", 8, "margin-bottom", 8, "margin-start", 12, "margin-end", 12, NULL);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->prefix));
  gtk_box_append (GTK_BOX (self->box), wrap);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->box);
}

GtkWidget *
ent_profile_row_new (EntContext           *context,
                     const EntProfileItem *item)
{
  EntProfileRow *self = g_object_new (ENT_TYPE_PROFILE_ROW, "use-markup", FALSE, "title", item->title, NULL);

  self->context = g_object_ref (context);
  self->key = item->key;
  build (self, item);
  describe (self, item);
  return GTK_WIDGET (self);
}

void
ent_profile_row_set_subtitle (EntProfileRow *self,
                              const char    *subtitle)
{
  g_return_if_fail (ENT_IS_PROFILE_ROW (self));

  gtk_label_set_label (GTK_LABEL (self->subtitle), subtitle);
  gtk_widget_set_visible (self->subtitle, *subtitle != '\0');
}

void
ent_profile_row_set_prefix (EntProfileRow *self,
                            GtkWidget     *widget)
{
  g_return_if_fail (ENT_IS_PROFILE_ROW (self));
  adw_bin_set_child (self->prefix, widget);
  gtk_widget_set_visible (GTK_WIDGET (self->prefix), widget != NULL);
}

void
ent_profile_row_add_button (EntProfileRow *self,
                            GtkWidget     *button)
{
  g_return_if_fail (ENT_IS_PROFILE_ROW (self));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), button);
  gtk_widget_set_margin_end (self->box, 6);
}

void
ent_profile_row_set_opens (EntProfileRow *self,
                           gboolean       opens)
{
  g_return_if_fail (ENT_IS_PROFILE_ROW (self));
  self->opens = opens;
}
