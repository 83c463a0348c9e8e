/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-filter-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "widgets/ent-filter-popover.h"
#include "widgets/ent-filter-text.h"

struct _EntFilterBar
{
  GtkWidget            parent;
  EntContext          *context;
  const EntRecordType *type;
  char                *base;
  GPtrArray           *terms; /* of char * */
  guint                edited; /* term that the popover edits; terms->len: a new one */

  GtkWidget *wrap;
  GtkWidget *add;
  GtkWidget *popover;
};

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (EntFilterBar, ent_filter_bar, GTK_TYPE_WIDGET)

static void rebuild (EntFilterBar *self);

static void
changed (EntFilterBar *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* "a and (b or c)": terms joined, those with "or" in parentheses. */
static char *
join (const char *base,
      GPtrArray  *terms,
      guint       without)
{
  GString *text = g_string_new (base);

  for (guint i = 0; i < terms->len; i++)
    {
      const char *term = g_ptr_array_index (terms, i);

      if (i == without || *term == '\0')
        continue;
      g_string_append_printf (text, strstr (term, " or ") != NULL ? "%s(%s)" : "%s%s", text->len > 0 ? " and " : "", term);
    }
  return g_string_free (text, FALSE);
}

/* --- The popover ---------------------------------------------------------------------------------------- */

static void
term_cb (EntFilterBar   *self,
         const EntField *field,
         const char     *term)
{
  gboolean fresh = self->edited >= self->terms->len;

  if (fresh && *term == '\0')
    return;
  if (fresh)
    g_ptr_array_add (self->terms, g_strdup (term));
  else if (g_str_equal (g_ptr_array_index (self->terms, self->edited), term))
    return;
  else
    {
      g_free (g_ptr_array_index (self->terms, self->edited));
      self->terms->pdata[self->edited] = g_strdup (term);
    }
  rebuild (self);
  changed (self);
}

/* Terms that were emptied while the popover was open go when it closes. */
static void
closed_cb (EntFilterBar *self)
{
  gboolean dropped = FALSE;

  for (guint i = self->terms->len; i-- > 0;)
    if (*(char *) g_ptr_array_index (self->terms, i) == '\0')
      {
        g_ptr_array_remove_index (self->terms, i);
        dropped = TRUE;
      }
  if (dropped)
    rebuild (self);
}

static void
open_popover (EntFilterBar *self,
              GtkWidget    *at)
{
  graphene_rect_t bounds;
  GdkRectangle place;

  if (gtk_widget_compute_bounds (at, GTK_WIDGET (self), &bounds))
    {
      place = (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                               (int) bounds.size.width, (int) bounds.size.height };
      gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
    }
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
ensure_popover (EntFilterBar *self)
{
  if (self->popover != NULL)
    return;
  self->popover = ent_filter_popover_new (self->context, self->type);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  g_signal_connect_object (self->popover, "term", G_CALLBACK (term_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
}

static void
edit_cb (EntFilterBar *self,
         GtkWidget    *button)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "term"));
  const char *term = g_ptr_array_index (self->terms, i);
  const EntField *field = ent_filter_term_get_field (self->type, term);
  g_autofree char *base = join (self->base, self->terms, i);

  ensure_popover (self);
  self->edited = i;
  if (field != NULL)
    ent_filter_popover_edit (ENT_FILTER_POPOVER (self->popover), field, term, base);
  else
    ent_filter_popover_edit_text (ENT_FILTER_POPOVER (self->popover), term);
  open_popover (self, button);
}

static void
remove_cb (EntFilterBar *self,
           GtkWidget    *button)
{
  g_ptr_array_remove_index (self->terms, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "term")));
  rebuild (self);
  changed (self);
  gtk_widget_grab_focus (self->add);
}

/* --- Chips ----------------------------------------------------------------------------------------------- */

/* Short codes of records are shown by their titles. */
static char *
term_in_words (EntFilterBar *self,
               const char   *term)
{
  const EntField *field = ent_filter_term_get_field (self->type, term);
  g_autofree char *words = ent_filter_term_to_words (self->type, term);
  g_auto (GStrv) parts = NULL;

  if (field == NULL || field->info.type != ENT_FIELD_REF)
    return g_steal_pointer (&words);
  parts = g_strsplit (words, " ", -1);
  for (char **part = parts; *part != NULL; part++)
    {
      EntKey key = ent_schema_read_code (self->type->schema, *part);
      char *title = key != 0 ? ent_store_dup_title (ent_context_get_store (self->context), key) : NULL;

      if (title != NULL)
        {
          g_free (*part);
          *part = title;
        }
    }
  return g_strjoinv (" ", parts);
}

static GtkWidget *
make_chip (EntFilterBar *self,
           guint         i)
{
  g_autofree char *words = term_in_words (self, g_ptr_array_index (self->terms, i));
  g_autofree char *remove_words = g_strdup_printf (_("Remove Filter “%s”"), words);
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (words);
  GtkWidget *edit = gtk_button_new ();
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_button_set_child (GTK_BUTTON (edit), label);
  gtk_widget_set_tooltip_text (edit, words);
  gtk_widget_set_tooltip_text (close, remove_words);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_add_css_class (edit, "flat");
  gtk_widget_add_css_class (close, "flat");
  g_object_set_data (G_OBJECT (edit), "term", GUINT_TO_POINTER (i));
  g_object_set_data (G_OBJECT (close), "term", GUINT_TO_POINTER (i));
  g_signal_connect_object (edit, "clicked", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (close, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (chip), edit);
  gtk_box_append (GTK_BOX (chip), close);
  return chip;
}

static void
rebuild (EntFilterBar *self)
{
  GtkWidget *child = gtk_widget_get_first_child (self->wrap);

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (child != self->add)
        adw_wrap_box_remove (ADW_WRAP_BOX (self->wrap), child);
      child = next;
    }
  adw_wrap_box_reorder_child_after (ADW_WRAP_BOX (self->wrap), self->add, NULL);
  for (guint i = self->terms->len; i-- > 0;)
    if (*(char *) g_ptr_array_index (self->terms, i) != '\0')
      adw_wrap_box_prepend (ADW_WRAP_BOX (self->wrap), make_chip (self, i));
}

/* --- The widget -------------------------------------------------------------------------------------------- */

static void
ent_filter_bar_dispose (GObject *object)
{
  EntFilterBar *self = ENT_FILTER_BAR (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->wrap, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ent_filter_bar_parent_class)->dispose (object);
}

static void
ent_filter_bar_finalize (GObject *object)
{
  EntFilterBar *self = ENT_FILTER_BAR (object);

  g_ptr_array_unref (self->terms);
  g_free (self->base);
  G_OBJECT_CLASS (ent_filter_bar_parent_class)->finalize (object);
}

static void
ent_filter_bar_class_init (EntFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_filter_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_filter_bar_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "filterbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_add_button (EntFilterBar *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "list-add-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("Filter"));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Add Filter"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (ent_filter_bar_add), self, G_CONNECT_SWAPPED);
  return button;
}

static void
ent_filter_bar_init (EntFilterBar *self)
{
  self->terms = g_ptr_array_new_with_free_func (g_free);
  self->wrap = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->wrap), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->wrap), 6);
  gtk_widget_set_parent (self->wrap, GTK_WIDGET (self));
  self->add = make_add_button (self);
  adw_wrap_box_append (ADW_WRAP_BOX (self->wrap), self->add);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Filters"), -1);
}

GtkWidget *
ent_filter_bar_new (EntContext          *context,
                    const EntRecordType *type,
                    const char          *base)
{
  EntFilterBar *self = g_object_new (ENT_TYPE_FILTER_BAR, NULL);

  self->context = g_object_ref (context);
  self->type = type;
  self->base = g_strdup (base);
  return GTK_WIDGET (self);
}

char *
ent_filter_bar_dup_text (EntFilterBar *self)
{
  return join (NULL, self->terms, G_MAXUINT);
}

gboolean
ent_filter_bar_set_text (EntFilterBar *self,
                         const char   *text)
{
  g_autoptr (EntFilter) filter = ent_filter_parse (self->type, text != NULL ? text : "", NULL, NULL);
  g_auto (GStrv) terms = filter != NULL ? ent_filter_dup_terms (filter) : NULL;

  g_ptr_array_set_size (self->terms, 0);
  for (char **term = terms; term != NULL && *term != NULL; term++)
    g_ptr_array_add (self->terms, g_strdup (*term));
  rebuild (self);
  changed (self);
  return filter != NULL;
}

EntFilter *
ent_filter_bar_dup_filter (EntFilterBar *self)
{
  g_autofree char *text = join (self->base, self->terms, G_MAXUINT);
  g_autoptr (GError) error = NULL;
  EntFilter *filter = ent_filter_parse (self->type, text, NULL, &error);

  if (filter == NULL)
    g_warning ("A filter cannot be read: %s", error->message);
  return filter;
}

gboolean
ent_filter_bar_is_empty (EntFilterBar *self)
{
  return self->terms->len == 0;
}

void
ent_filter_bar_clear (EntFilterBar *self)
{
  g_ptr_array_set_size (self->terms, 0);
  rebuild (self);
  changed (self);
}

void
ent_filter_bar_add (EntFilterBar *self)
{
  g_autofree char *base = join (self->base, self->terms, G_MAXUINT);

  ensure_popover (self);
  self->edited = self->terms->len;
  ent_filter_popover_start (ENT_FILTER_POPOVER (self->popover), base);
  open_popover (self, self->add);
}
