/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One line of text: words, addresses, numbers, amounts, dates. */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "widgets/ent-field-row-editor.h"
#include "widgets/ent-field-row-options.h"

struct _EntFieldRowEntry
{
  EntFieldRowEditor parent_instance;

  GtkWidget *text;
  GtkWidget *link;     /* opens the address; NULL for what is no address */
  GtkWidget *currency; /* chooses the currency of an amount */
  GtkWidget *calendar;
  char      *shown;    /* the text as it was shown, to tell what was typed */
  char      *code;     /* the currency */
  char      *shown_code;
  gboolean   is_showing;
};

G_DEFINE_FINAL_TYPE (EntFieldRowEntry, ent_field_row_entry, ENT_TYPE_FIELD_ROW_EDITOR)

static const char *
get_text (EntFieldRowEntry *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->text));
}

static gboolean
is_changed (EntFieldRowEntry *self)
{
  return g_strcmp0 (get_text (self), self->shown) != 0 || g_strcmp0 (self->code, self->shown_code) != 0;
}

static void
set_code (EntFieldRowEntry *self,
          const char       *code)
{
  g_set_str (&self->code, code);
  if (self->currency != NULL)
    gtk_menu_button_set_label (GTK_MENU_BUTTON (self->currency), code);
}

static void
update_link (EntFieldRowEntry *self)
{
  if (self->link != NULL)
    gtk_widget_set_visible (self->link, *get_text (self) != '\0');
}

static void
ent_field_row_entry_show (EntFieldRowEditor *editor,
                          const EntValue    *value)
{
  EntFieldRowEntry *self = ENT_FIELD_ROW_ENTRY (editor);
  g_autofree char *text = ent_field_row_edit_text (ent_field_row_editor_get_field (editor), value);

  self->is_showing = TRUE;
  if (strcmp (text, get_text (self)) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->text), text);
  set_code (self, value->kind == ENT_VALUE_MONEY ? value->currency
                                                 : ent_context_get_currency (ent_field_row_editor_get_context (editor)));
  self->is_showing = FALSE;
  g_set_str (&self->shown, text);
  g_set_str (&self->shown_code, self->code);
  update_link (self);
  ent_field_row_editor_occupied (editor);
}

/* A number typed without a currency has the one that is chosen beside it. */
static gboolean
ent_field_row_entry_read (EntFieldRowEditor *editor,
                          EntValue          *value,
                          GError           **error)
{
  EntFieldRowEntry *self = ENT_FIELD_ROW_ENTRY (editor);
  g_autoptr (GTimeZone) zone = NULL;
  EntReadContext read;

  ent_field_row_read_context (ent_field_row_editor_get_context (editor), &read, &zone);
  if (self->code != NULL)
    read.default_currency = self->code;
  return ent_value_read (ent_field_row_editor_get_field (editor), get_text (self), &read, value, error);
}

static char *
ent_field_row_entry_dup_typed (EntFieldRowEditor *editor)
{
  EntFieldRowEntry *self = ENT_FIELD_ROW_ENTRY (editor);

  return is_changed (self) ? g_strdup (get_text (self)) : NULL;
}

static void
ent_field_row_entry_set_typed (EntFieldRowEditor *editor,
                               const char        *text)
{
  gtk_editable_set_text (GTK_EDITABLE (ENT_FIELD_ROW_ENTRY (editor)->text), text);
}

static gboolean
ent_field_row_entry_is_occupied (EntFieldRowEditor *editor)
{
  EntFieldRowEntry *self = ENT_FIELD_ROW_ENTRY (editor);

  return *get_text (self) != '\0' || gtk_widget_has_focus (self->text);
}

static void
ent_field_row_entry_activate (EntFieldRowEditor *editor)
{
  gtk_text_grab_focus_without_selecting (GTK_TEXT (ENT_FIELD_ROW_ENTRY (editor)->text));
}

static void
ent_field_row_entry_set_editable (EntFieldRowEditor *editor,
                                  gboolean           editable)
{
  EntFieldRowEntry *self = ENT_FIELD_ROW_ENTRY (editor);

  gtk_editable_set_editable (GTK_EDITABLE (self->text), editable);
  if (self->currency != NULL)
    gtk_widget_set_sensitive (self->currency, editable);
  if (self->calendar != NULL)
    gtk_widget_set_visible (self->calendar, editable);
}

/* --- Typing ----------------------------------------------------------------------------------------------------- */

static void
changed_cb (EntFieldRowEntry *self)
{
  update_link (self);
  ent_field_row_editor_occupied (ENT_FIELD_ROW_EDITOR (self));
  if (!self->is_showing)
    ent_field_row_editor_typing (ENT_FIELD_ROW_EDITOR (self));
}

static void
activate_cb (EntFieldRowEntry *self)
{
  g_autoptr (GtkWidget) keep = g_object_ref (GTK_WIDGET (self));

  ent_field_row_editor_commit (ENT_FIELD_ROW_EDITOR (self));
  /* In a dialog, Return in a line of text confirms. */
  if (gtk_widget_get_ancestor (keep, ADW_TYPE_DIALOG) != NULL)
    gtk_widget_activate_default (keep);
}

/* Focus that goes to another window comes back: nothing is finished by it. */
static void
focus_left_cb (EntFieldRowEntry *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (is_changed (self) && root != NULL && gtk_root_get_focus (root) != self->text)
    ent_field_row_editor_commit (ENT_FIELD_ROW_EDITOR (self));
  gtk_editable_select_region (GTK_EDITABLE (self->text), 0, 0);
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  EntFieldRowEntry *self = user_data;

  if (!is_changed (self))
    return GDK_EVENT_PROPAGATE;
  ent_field_row_editor_restore (ENT_FIELD_ROW_EDITOR (self));
  return GDK_EVENT_STOP;
}

/* --- Links -------------------------------------------------------------------------------------------------------- */

static char *
dup_address (EntFieldRowEntry *self)
{
  const EntField *field = ent_field_row_editor_get_field (ENT_FIELD_ROW_EDITOR (self));
  g_auto (EntValue) value = ENT_VALUE_INIT;

  if (!ent_value_read (field, get_text (self), NULL, &value, NULL) || value.kind != ENT_VALUE_TEXT)
    return NULL;
  return ent_field_row_address (field, value.text);
}

static void
open_link_cb (EntFieldRowEntry *self)
{
  g_autofree char *address = dup_address (self);

  if (address != NULL)
    ent_field_row_open_address (GTK_WIDGET (self), address);
}

static void
add_link (EntFieldRowEntry *self)
{
  const EntField *field = ent_field_row_editor_get_field (ENT_FIELD_ROW_EDITOR (self));
  const char *label = ent_field_row_address_label (field);

  if (label == NULL)
    return;
  self->link = gtk_button_new_from_icon_name (ent_field_row_address_icon (field));
  gtk_widget_set_tooltip_text (self->link, label);
  gtk_widget_add_css_class (self->link, "flat");
  g_signal_connect_object (self->link, "clicked", G_CALLBACK (open_link_cb), self, G_CONNECT_SWAPPED);
  ent_field_row_editor_add_suffix (ENT_FIELD_ROW_EDITOR (self), self->link);
}

/* --- Currency ------------------------------------------------------------------------------------------------------ */

static void
currency_chosen_cb (EntFieldRowEntry *self,
                    const char       *code)
{
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->currency));

  set_code (self, code);
  gtk_popover_popdown (popover);
  ent_field_row_editor_typing (ENT_FIELD_ROW_EDITOR (self));
  if (*get_text (self) != '\0')
    ent_field_row_editor_commit (ENT_FIELD_ROW_EDITOR (self));
}

static void
currency_popup_cb (EntFieldRowEntry *self,
                   GtkWidget        *popover)
{
  ent_field_row_options_start (ENT_FIELD_ROW_OPTIONS (popover), (const char *const[]) { self->code, NULL });
}

/* Popovers are made when they are first opened: a form has many rows. */
static void
create_currency_cb (GtkMenuButton *button,
                    gpointer       user_data)
{
  EntFieldRowEntry *self = user_data;
  GtkWidget *popover;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  popover = ent_field_row_options_new (ENT_FIELD_CURRENCY, NULL);
  g_signal_connect_object (popover, "chosen", G_CALLBACK (currency_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "map", G_CALLBACK (currency_popup_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, popover);
}

static void
add_currency (EntFieldRowEntry *self)
{
  self->currency = gtk_menu_button_new ();
  gtk_widget_add_css_class (self->currency, "flat");
  gtk_widget_set_tooltip_text (self->currency, _("Currency"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->currency), create_currency_cb, self, NULL);
  ent_field_row_editor_add_suffix (ENT_FIELD_ROW_EDITOR (self), self->currency);
}

/* --- Calendar ------------------------------------------------------------------------------------------------------- */

static void
day_selected_cb (EntFieldRowEntry *self,
                 GtkCalendar      *calendar)
{
  const EntField *field = ent_field_row_editor_get_field (ENT_FIELD_ROW_EDITOR (self));
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  g_auto (EntValue) old = ENT_VALUE_INIT;
  g_auto (EntValue) value = ENT_VALUE_INIT;
  gint64 days = ent_date_from_ymd (g_date_time_get_year (day), g_date_time_get_month (day),
                                   g_date_time_get_day_of_month (day));
  g_autofree char *text = NULL;

  if (field->info.type == ENT_FIELD_DATETIME)
    {
      g_autoptr (GDateTime) at = NULL;
      g_autoptr (GDateTime) before = NULL;

      /* The hour that is there already stays. */
      if (ent_field_row_entry_read (ENT_FIELD_ROW_EDITOR (self), &old, NULL) && old.kind == ENT_VALUE_INT)
        before = g_date_time_new_from_unix_local_usec (old.integer);
      at = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                                  g_date_time_get_day_of_month (day),
                                  before != NULL ? g_date_time_get_hour (before) : 9,
                                  before != NULL ? g_date_time_get_minute (before) : 0, 0);
      ent_value_set_int (&value, at != NULL ? g_date_time_to_unix_usec (at) : days * G_TIME_SPAN_DAY);
    }
  else
    ent_value_set_int (&value, days);
  text = ent_field_row_edit_text (field, &value);
  gtk_popover_popdown (gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->calendar)));
  gtk_editable_set_text (GTK_EDITABLE (self->text), text);
  ent_field_row_editor_commit (ENT_FIELD_ROW_EDITOR (self));
}

static void
calendar_popup_cb (EntFieldRowEntry *self,
                   GtkWidget        *popover)
{
  const EntField *field = ent_field_row_editor_get_field (ENT_FIELD_ROW_EDITOR (self));
  GtkWidget *calendar = gtk_popover_get_child (GTK_POPOVER (popover));
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autoptr (GDateTime) day = NULL;

  if (ent_field_row_entry_read (ENT_FIELD_ROW_EDITOR (self), &value, NULL) && value.kind == ENT_VALUE_INT)
    day = field->info.type == ENT_FIELD_DATE ? g_date_time_new_from_unix_utc (value.integer * 24 * 60 * 60)
                                             : g_date_time_new_from_unix_local_usec (value.integer);
  else
    day = g_date_time_new_from_unix_utc (ent_context_get_today (ent_field_row_editor_get_context (
                                           ENT_FIELD_ROW_EDITOR (self))) * 24 * 60 * 60);
  g_signal_handlers_block_by_func (calendar, day_selected_cb, self);
  if (day != NULL)
    gtk_calendar_select_day (GTK_CALENDAR (calendar), day);
  g_signal_handlers_unblock_by_func (calendar, day_selected_cb, self);
}

static void
create_calendar_cb (GtkMenuButton *button,
                    gpointer       user_data)
{
  EntFieldRowEntry *self = user_data;
  GtkWidget *popover;
  GtkWidget *calendar;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  popover = gtk_popover_new ();
  calendar = gtk_calendar_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (day_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "map", G_CALLBACK (calendar_popup_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, popover);
}

static void
add_calendar (EntFieldRowEntry *self)
{
  self->calendar = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->calendar), "x-office-calendar-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->calendar), create_calendar_cb, self, NULL);
  gtk_widget_add_css_class (self->calendar, "flat");
  gtk_widget_set_tooltip_text (self->calendar, _("Choose Date"));
  ent_field_row_editor_add_suffix (ENT_FIELD_ROW_EDITOR (self), self->calendar);
}

/* --- The widget -------------------------------------------------------------------------------------------------------- */

static void
add_unit (EntFieldRowEntry *self)
{
  const EntField *field = ent_field_row_editor_get_field (ENT_FIELD_ROW_EDITOR (self));
  const char *unit = ent_field_get_unit (field);
  GtkWidget *label;

  if (unit == NULL)
    return;
  label = gtk_label_new (unit);
  gtk_widget_add_css_class (label, "dimmed");
  ent_field_row_editor_add_suffix (ENT_FIELD_ROW_EDITOR (self), label);
}

static GtkInputPurpose
purpose_of (EntFieldType type)
{
  switch ((int) type)
    {
    case ENT_FIELD_URL:
    case ENT_FIELD_DOMAIN:
      return GTK_INPUT_PURPOSE_URL;
    case ENT_FIELD_EMAIL:
      return GTK_INPUT_PURPOSE_EMAIL;
    case ENT_FIELD_PHONE:
      return GTK_INPUT_PURPOSE_PHONE;
    case ENT_FIELD_INT:
    case ENT_FIELD_PERCENT:
    case ENT_FIELD_SCORE:
      return GTK_INPUT_PURPOSE_NUMBER;
    default:
      return GTK_INPUT_PURPOSE_FREE_FORM;
    }
}

static void
ent_field_row_entry_setup (EntFieldRowEditor *editor)
{
  EntFieldRowEntry *self = ENT_FIELD_ROW_ENTRY (editor);
  const EntField *field = ent_field_row_editor_get_field (editor);

  gtk_text_set_placeholder_text (GTK_TEXT (self->text), ent_field_get_label (field));
  gtk_text_set_input_purpose (GTK_TEXT (self->text), purpose_of (field->info.type));
  add_unit (self);
  add_link (self);
  if (field->info.type == ENT_FIELD_MONEY)
    add_currency (self);
  if (field->info.type == ENT_FIELD_DATE || field->info.type == ENT_FIELD_DATETIME)
    add_calendar (self);
  if (field->info.type == ENT_FIELD_HASH)
    gtk_widget_add_css_class (self->text, "monospace");
}

static void
ent_field_row_entry_finalize (GObject *object)
{
  EntFieldRowEntry *self = ENT_FIELD_ROW_ENTRY (object);

  g_free (self->shown);
  g_free (self->code);
  g_free (self->shown_code);
  G_OBJECT_CLASS (ent_field_row_entry_parent_class)->finalize (object);
}

static void
ent_field_row_entry_class_init (EntFieldRowEntryClass *klass)
{
  EntFieldRowEditorClass *editor_class = ENT_FIELD_ROW_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ent_field_row_entry_finalize;
  editor_class->setup = ent_field_row_entry_setup;
  editor_class->show = ent_field_row_entry_show;
  editor_class->read = ent_field_row_entry_read;
  editor_class->dup_typed = ent_field_row_entry_dup_typed;
  editor_class->set_typed = ent_field_row_entry_set_typed;
  editor_class->activate = ent_field_row_entry_activate;
  editor_class->set_editable = ent_field_row_entry_set_editable;
  editor_class->is_occupied = ent_field_row_entry_is_occupied;
}

static void
ent_field_row_entry_init (EntFieldRowEntry *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  /* By itself it would have no role, and nobody could be told where the keyboard is. */
  self->text = g_object_new (GTK_TYPE_TEXT, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_text_set_enable_emoji_completion (GTK_TEXT (self->text), FALSE);
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
  g_signal_connect_object (self->text, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (escape_cb, self, NULL)));
  gtk_widget_add_controller (self->text, focus);
  gtk_widget_add_controller (self->text, keys);
  ent_field_row_editor_set_focus_widget (ENT_FIELD_ROW_EDITOR (self), self->text);
}
