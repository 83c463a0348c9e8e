/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/reviews/ent-review-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/ent-focus-place.h"
#include "widgets/ent-why-label.h"

/* The left side: when the meeting is, what changed, and the blocks, each with its source and its number explained. */

static EntContext *
context_of (EntReviewPage *self)
{
  return ent_page_get_context (ENT_PAGE (self));
}

static gboolean
is_frozen (EntReviewPage *self)
{
  return self->data->review->frozen_at != ENT_REVIEW_UNKNOWN;
}

GtkWidget *
review_group_new (EntReviewPage *self,
                  const char    *title,
                  const char    *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *escaped = title != NULL ? g_markup_escape_text (title, -1) : NULL;

  if (escaped != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  if (description != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (self->panel, group);
  return group;
}

static GtkWidget *
row_new (GtkWidget  *group,
         const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL && *subtitle != '\0')
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (ADW_IS_EXPANDER_ROW (group))
    adw_expander_row_add_row (ADW_EXPANDER_ROW (group), row);
  else
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static GtkWidget *
icon_button (const char *icon_name,
             const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

/* The row does what its button does, and has the keyboard for both. */
static void
row_does (GtkWidget *row,
          GtkWidget *button)
{
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_widget_set_can_focus (button, FALSE);
}

/* --- When ---------------------------------------------------------------------------------------------------------------- */

static void
add_head (EntReviewPage *self)
{
  EntReview *review = self->data->review;
  g_autofree char *meeting = ent_review_dup_instant (review->meeting_at, review->zone);
  g_autofree char *due = ent_review_dup_instant (review->preread_due, review->zone);
  g_autofree char *period = ent_review_dup_period (review->period_start, review->period_end);
  g_autofree char *as_of = ent_date_display (review->as_of, ENT_DISPLAY_FULL);
  g_autofree char *numbers = g_strdup_printf (is_frozen (self) ? _("%s, frozen") : _("%s, moving until you freeze them"), as_of);
  GtkWidget *group = review_group_new (self, NULL, NULL);
  GtkWidget *row = row_new (group, _("Meeting"), *meeting != '\0' ? meeting : _("No time yet"));

  if (g_strcmp0 (review->status, "draft") == 0 || g_strcmp0 (review->status, "sent") == 0)
    {
      GtkWidget *button = icon_button ("document-edit-symbolic", _("Move the Meeting…"));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.move-meeting");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      row_does (row, button);
    }
  if (*due != '\0')
    row_new (group, _("Pre-read due"), due);
  row_new (group, _("Period"), period);
  row_new (group, _("Numbers as of"), numbers);
}

/* --- What changed -------------------------------------------------------------------------------------------------------- */

static void
open_key_cb (GtkWidget *row)
{
  EntReviewPage *self = ENT_REVIEW_PAGE (gtk_widget_get_ancestor (row, ENT_TYPE_REVIEW_PAGE));
  EntKey *key = g_object_get_data (G_OBJECT (row), "key");

  ent_context_open_record (context_of (self), *key);
}

static void
opens (GtkWidget *row,
       EntKey     key)
{
  if (key == 0)
    return;
  g_object_set_data_full (G_OBJECT (row), "key", g_memdup2 (&key, sizeof key), g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect (row, "activated", G_CALLBACK (open_key_cb), NULL);
}

static void
add_changes (EntReviewPage *self)
{
  GPtrArray *deltas = self->data->deltas;
  GtkWidget *group, *expander;
  g_autofree char *count = NULL;

  if (self->data->review->previous == 0)
    return;
  group = review_group_new (self, NULL, NULL);
  expander = adw_expander_row_new ();
  count = deltas->len == 0 ? g_strdup (_("Nothing in the journal"))
                           : g_strdup_printf (ngettext ("%u change in the journal", "%u changes in the journal", deltas->len),
                                              deltas->len);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _("Changed since last review"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), count);
  gtk_widget_set_sensitive (expander, deltas->len > 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), expander);
  for (guint i = 0; i < deltas->len; i++)
    {
      const EntReviewDelta *delta = g_ptr_array_index (deltas, i);
      g_autofree char *when = ent_datetime_display (delta->at, ENT_DISPLAY_SHORT);
      g_autofree char *text = g_strdup_printf ("%s · %s · %s", delta->text, delta->author, when);

      opens (row_new (expander, delta->title != NULL ? delta->title : "", text), delta->key);
    }
}

/* --- A text ---------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntReviewPage *page; /* (unowned): the dialog is on it */
  EntKey         item;
  GtkWidget     *dialog;
  GtkTextBuffer *buffer;
} TextEdit;

static void
save_text_cb (TextEdit *edit)
{
  EntReviewChange *change = review_page_change_new (edit->page, ENT_REVIEW_WRITE);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (edit->buffer, &start, &end);
  change->item = edit->item;
  change->text = gtk_text_buffer_get_text (edit->buffer, &start, &end, FALSE);
  review_page_do (edit->page, change);
  adw_dialog_close (ADW_DIALOG (edit->dialog));
}

static GtkWidget *
text_content (TextEdit   *edit,
              const char *text)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  edit->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_set_text (edit->buffer, text, -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 18);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 18);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Text"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  adw_dialog_set_focus (ADW_DIALOG (edit->dialog), view);
  return scrolled;
}

static void
edit_text (EntReviewPage        *self,
           const EntReviewBlock *block)
{
  TextEdit *edit = g_new0 (TextEdit, 1);
  GtkWidget *view = adw_toolbar_view_new (), *header = adw_header_bar_new ();
  GtkWidget *save = gtk_button_new_with_mnemonic (_("_Save"));

  edit->page = self;
  edit->item = block->item;
  edit->dialog = GTK_WIDGET (adw_dialog_new ());
  g_object_set_data_full (G_OBJECT (edit->dialog), "edit", edit, g_free);
  gtk_widget_add_css_class (save, "suggested-action");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), save);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), text_content (edit, block->text));
  adw_dialog_set_title (ADW_DIALOG (edit->dialog), block->title);
  adw_dialog_set_content_width (ADW_DIALOG (edit->dialog), 520);
  adw_dialog_set_content_height (ADW_DIALOG (edit->dialog), 360);
  adw_dialog_set_child (ADW_DIALOG (edit->dialog), view);
  adw_dialog_set_default_widget (ADW_DIALOG (edit->dialog), save);
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (save_text_cb), edit);
  adw_dialog_present (ADW_DIALOG (edit->dialog), GTK_WIDGET (self));
}

static const EntReviewBlock *
block_of (GtkWidget      *widget,
          EntReviewPage **page)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "block"));

  *page = ENT_REVIEW_PAGE (gtk_widget_get_ancestor (widget, ENT_TYPE_REVIEW_PAGE));
  return g_ptr_array_index ((*page)->data->review->blocks, index);
}

static void
edit_cb (GtkWidget *button)
{
  EntReviewPage *self;
  const EntReviewBlock *block = block_of (button, &self);

  edit_text (self, block);
}

/* --- Order ------------------------------------------------------------------------------------------------------------------ */

static void
shift_cb (GtkWidget *button)
{
  EntReviewPage *self;
  const EntReviewBlock *block = block_of (button, &self);
  EntReviewChange *change = review_page_change_new (self, ENT_REVIEW_SHIFT);

  change->item = block->item;
  change->shift = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "shift"));
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER)));
  review_page_do (self, change);
}

static void
remove_cb (GtkWidget *button)
{
  EntReviewPage *self;
  const EntReviewBlock *block = block_of (button, &self);
  EntReviewChange *change = review_page_change_new (self, ENT_REVIEW_REMOVE);

  change->item = block->item;
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER)));
  review_page_do (self, change);
}

static void
add_choice (GtkWidget  *box,
            const char *label,
            guint       index,
            int         shift,
            GCallback   callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "block", GUINT_TO_POINTER (index));
  g_object_set_data (G_OBJECT (button), "shift", GINT_TO_POINTER (shift));
  g_signal_connect (button, "clicked", callback, NULL);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
block_menu (guint       index,
            const char *title)
{
  GtkWidget *menu = gtk_menu_button_new (), *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *tooltip = g_strdup_printf (_("Change %s"), title);

  add_choice (box, _("Write a Comment…"), index, 0, G_CALLBACK (edit_cb));
  add_choice (box, _("Move Up"), index, -1, G_CALLBACK (shift_cb));
  add_choice (box, _("Move Down"), index, 1, G_CALLBACK (shift_cb));
  add_choice (box, _("Remove"), index, 0, G_CALLBACK (remove_cb));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (menu), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu), "view-more-symbolic");
  gtk_widget_set_tooltip_text (menu, tooltip);
  gtk_widget_set_valign (menu, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (menu, "flat");
  return menu;
}

/* --- Blocks ----------------------------------------------------------------------------------------------------------------- */

static char *
describe_block (const EntReviewBlock *block)
{
  g_autofree char *count = NULL;

  if (block->form == ENT_REVIEW_TEXT)
    return g_strdup (*block->text != '\0' ? block->text : _("Nothing written yet"));
  if (block->form == ENT_REVIEW_METRIC && block->change != NULL)
    return g_strdup_printf (_("%1$s since last review · %2$s"), block->change, block->source);
  if ((block->form == ENT_REVIEW_TABLE || block->form == ENT_REVIEW_LIST) && block->rows->len > 0)
    count = g_strdup_printf (ngettext ("%u entry", "%u entries", block->rows->len), block->rows->len);
  return count != NULL ? g_strdup_printf ("%s · %s", count, block->source) : g_strdup (block->source);
}

static GtkWidget *
value_label (EntReviewPage        *self,
             const EntReviewBlock *block)
{
  GtkWidget *label = ent_why_label_new (context_of (self));

  ent_why_label_set_label (ENT_WHY_LABEL (label), block->value);
  ent_why_label_set_why (ENT_WHY_LABEL (label), block->why);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, block->is_known ? "heading" : "dimmed");
  return label;
}

static void
add_block (EntReviewPage *self,
           GtkWidget     *group,
           guint          index)
{
  const EntReviewBlock *block = g_ptr_array_index (self->data->review->blocks, index);
  g_autofree char *subtitle = describe_block (block);
  GtkWidget *row = row_new (group, block->title, subtitle);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  if (block->form == ENT_REVIEW_METRIC)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), value_label (self, block));
  if (!is_frozen (self) && block->form == ENT_REVIEW_TEXT)
    {
      GtkWidget *edit = icon_button ("document-edit-symbolic", _("Write…"));

      g_object_set_data (G_OBJECT (edit), "block", GUINT_TO_POINTER (index));
      g_signal_connect (edit, "clicked", G_CALLBACK (edit_cb), NULL);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), edit);
      row_does (row, edit);
    }
  if (!is_frozen (self))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), block_menu (index, block->title));
}

static void
entry_cb (GtkWidget *row)
{
  EntReviewPage *self = ENT_REVIEW_PAGE (gtk_widget_get_ancestor (row, ENT_TYPE_REVIEW_PAGE));
  EntReviewStep step = (EntReviewStep) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "step"));
  EntReviewChange *change = review_page_change_new (self, step);

  change->text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  gtk_editable_set_text (GTK_EDITABLE (row), "");
  review_page_do (self, change);
}

/* Where something of one's own is added: asks and risks. */
static void
add_entry_row (EntReviewPage        *self,
               GtkWidget            *group,
               const EntReviewBlock *block)
{
  gboolean is_ask = g_str_equal (block->metric, "asks");
  GtkWidget *row;

  if (is_frozen (self) || (!is_ask && !g_str_equal (block->metric, "risks")))
    return;
  row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), is_ask ? _("Add an ask") : _("Add a risk"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "step", GINT_TO_POINTER (is_ask ? ENT_REVIEW_ASK : ENT_REVIEW_RISK));
  g_signal_connect (row, "apply", G_CALLBACK (entry_cb), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
add_sections (EntReviewPage *self)
{
  EntReview *review = self->data->review;
  g_auto (GStrv) sections = ent_review_dup_sections (review);

  for (char **section = sections; *section != NULL; section++)
    {
      int minutes = ent_review_get_section_minutes (review, *section);
      g_autofree char *length = minutes > 0 ? g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) minutes), minutes)
                                            : NULL;
      GtkWidget *group = review_group_new (self, *section, length);

      for (guint i = 0; i < review->blocks->len; i++)
        if (g_str_equal (((EntReviewBlock *) g_ptr_array_index (review->blocks, i))->section, *section))
          {
            add_block (self, group, i);
            add_entry_row (self, group, g_ptr_array_index (review->blocks, i));
          }
    }
}

/* --- The panel --------------------------------------------------------------------------------------------------------------- */

void
review_page_focus_entry (EntReviewPage *self,
                         const char    *title)
{
  GtkWidget *row = review_inputs_find_entry (GTK_WIDGET (self->panel), title);

  if (row == NULL)
    return;
  adw_overlay_split_view_set_show_sidebar (self->split_view, TRUE);
  gtk_widget_grab_focus (row);
}

void
review_page_fill_panel (EntReviewPage *self)
{
  g_autoptr (GHashTable) typed = review_inputs_keep (GTK_WIDGET (self->panel));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->panel_window);
  double place = gtk_adjustment_get_value (adjustment);
  gboolean before_meeting = g_strcmp0 (self->data->review->status, "draft") == 0 ||
                            g_strcmp0 (self->data->review->status, "sent") == 0;
  EntFocusPlace *keyboard = ent_focus_place_new (GTK_WIDGET (self->panel));
  GtkWidget *child;

  self->timer_label = self->agenda_label = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->panel))) != NULL)
    gtk_box_remove (self->panel, child);
  review_page_add_meeting (self);
  add_head (self);
  review_page_add_minutes (self);
  if (!before_meeting)
    review_page_add_sign_off (self);
  add_changes (self);
  add_sections (self);
  if (before_meeting)
    review_page_add_sign_off (self);
  review_inputs_give_back (GTK_WIDGET (self->panel), typed);
  ent_focus_place_restore (keyboard, GTK_WIDGET (self->panel));
  gtk_adjustment_set_value (adjustment, place);
}
