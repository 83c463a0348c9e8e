/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-field-row-editor.h"

#include <langinfo.h>
#include <string.h>

typedef struct
{
  EntContext     *context;
  const EntField *field;
  GtkWidget      *suffixes;     /* (owned) */
  GtkWidget      *focus_widget; /* (unowned): inside of self */
  gboolean        editable;
} EntFieldRowEditorPrivate;

enum { SIGNAL_TYPING, SIGNAL_COMMIT, SIGNAL_RESTORE, SIGNAL_OCCUPIED, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (EntFieldRowEditor, ent_field_row_editor, GTK_TYPE_WIDGET)

static EntFieldRowEditorPrivate *
get_private (EntFieldRowEditor *self)
{
  return ent_field_row_editor_get_instance_private (self);
}

static void
ent_field_row_editor_dispose (GObject *object)
{
  EntFieldRowEditor *self = ENT_FIELD_ROW_EDITOR (object);
  EntFieldRowEditorPrivate *priv = get_private (self);
  GtkWidget *child;

  priv->focus_widget = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&priv->suffixes);
  g_clear_object (&priv->context);
  G_OBJECT_CLASS (ent_field_row_editor_parent_class)->dispose (object);
}

static char *
no_typed (EntFieldRowEditor *self)
{
  return NULL;
}

static void
ignore_typed (EntFieldRowEditor *self,
              const char        *text)
{
}

static void
ent_field_row_editor_class_init (EntFieldRowEditorClass *klass)
{
  static const char *const names[] = { "typing", "commit", "restore", "occupied" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_field_row_editor_dispose;
  klass->dup_typed = no_typed;
  klass->set_typed = ignore_typed;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
ent_field_row_editor_init (EntFieldRowEditor *self)
{
  EntFieldRowEditorPrivate *priv = get_private (self);

  priv->editable = TRUE;
  priv->suffixes = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_widget_set_valign (priv->suffixes, GTK_ALIGN_CENTER);
}

static GType
editor_type_of (const EntField *field)
{
  gboolean many = ent_field_is_many (field);

  switch (field->info.type)
    {
    case ENT_FIELD_REF:
      return ENT_TYPE_FIELD_ROW_REF;
    case ENT_FIELD_BOOL:
      return ENT_TYPE_FIELD_ROW_SWITCH;
    case ENT_FIELD_ENUM:
    case ENT_FIELD_COUNTRY:
    case ENT_FIELD_CURRENCY:
    case ENT_FIELD_TIMEZONE:
      return ENT_TYPE_FIELD_ROW_CHOICE;
    case ENT_FIELD_LONGTEXT:
    case ENT_FIELD_MARKDOWN:
    case ENT_FIELD_JSON:
      return ENT_TYPE_FIELD_ROW_TEXT;
    default:
      return many ? ENT_TYPE_FIELD_ROW_CHIPS : ENT_TYPE_FIELD_ROW_ENTRY;
    }
}

EntFieldRowEditor *
ent_field_row_editor_new (EntContext     *context,
                          const EntField *field)
{
  EntFieldRowEditor *self = g_object_new (editor_type_of (field), NULL);
  EntFieldRowEditorPrivate *priv = get_private (self);
  const EntValue nothing = ENT_VALUE_INIT;

  priv->context = g_object_ref (context);
  priv->field = field;
  ENT_FIELD_ROW_EDITOR_GET_CLASS (self)->setup (self);
  ENT_FIELD_ROW_EDITOR_GET_CLASS (self)->show (self, &nothing);
  return self;
}

EntContext *
ent_field_row_editor_get_context (EntFieldRowEditor *self)
{
  return get_private (self)->context;
}

const EntField *
ent_field_row_editor_get_field (EntFieldRowEditor *self)
{
  EntFieldRowEditorPrivate *priv = get_private (self);
  EntStore *store = priv->context != NULL ? ent_context_get_store (priv->context) : NULL;
  const EntRecordType *type = store != NULL ? ent_store_get_record_type (store, priv->field->type->info->name)
                                            : NULL;
  const EntField *field = type != NULL ? ent_record_type_lookup (type, priv->field->info.name) : NULL;

  return field != NULL ? field : priv->field;
}

GtkWidget *
ent_field_row_editor_get_suffixes (EntFieldRowEditor *self)
{
  return get_private (self)->suffixes;
}

void
ent_field_row_editor_add_suffix (EntFieldRowEditor *self,
                                 GtkWidget         *widget)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (get_private (self)->suffixes), widget);
}

GtkWidget *
ent_field_row_editor_get_focus_widget (EntFieldRowEditor *self)
{
  return get_private (self)->focus_widget;
}

void
ent_field_row_editor_set_focus_widget (EntFieldRowEditor *self,
                                       GtkWidget         *widget)
{
  get_private (self)->focus_widget = widget;
}

gboolean
ent_field_row_editor_get_editable (EntFieldRowEditor *self)
{
  return get_private (self)->editable;
}

void
ent_field_row_editor_set_editable (EntFieldRowEditor *self,
                                   gboolean           editable)
{
  get_private (self)->editable = editable;
  if (ENT_FIELD_ROW_EDITOR_GET_CLASS (self)->set_editable != NULL)
    ENT_FIELD_ROW_EDITOR_GET_CLASS (self)->set_editable (self, editable);
}

void
ent_field_row_editor_typing (EntFieldRowEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_TYPING], 0);
}

void
ent_field_row_editor_commit (EntFieldRowEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_COMMIT], 0);
}

void
ent_field_row_editor_restore (EntFieldRowEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_RESTORE], 0);
}

void
ent_field_row_editor_occupied (EntFieldRowEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_OCCUPIED], 0);
}

/* --- Reading and writing as the user does ------------------------------------------------------------------ */

static EntDateOrder
local_date_order (void)
{
  const char *format = nl_langinfo (D_FMT);
  const char *day = strpbrk (format, "de");
  const char *month = strpbrk (format, "mbBD");
  const char *year = strpbrk (format, "yYF");

  if (year != NULL && month != NULL && year < month)
    return ENT_DATE_ORDER_YMD;
  if (strstr (format, "%D") != NULL || (day != NULL && month != NULL && month < day))
    return ENT_DATE_ORDER_MDY;
  return day != NULL && month != NULL ? ENT_DATE_ORDER_DMY : ENT_DATE_ORDER_UNKNOWN;
}

void
ent_field_row_read_context (EntContext     *context,
                            EntReadContext *read,
                            GTimeZone     **zone)
{
  *zone = g_time_zone_new_local ();
  *read = (EntReadContext) {
    .date_order = local_date_order (),
    .decimal_point = *nl_langinfo (RADIXCHAR),
    .default_currency = ent_context_get_currency (context),
    .time_zone = *zone,
    .today = ent_context_get_today (context),
  };
}

/* The amount without its currency, which has a place of its own. */
static char *
edit_amount (const EntValue *value)
{
  g_autofree char *shown = ent_money_display (value->integer, value->currency, ENT_DISPLAY_FULL);
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *at = shown; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == 0x2212)
        g_string_append_c (digits, '-');
      else if (g_unichar_isdigit (c) || g_unichar_isspace (c) || strchr (".,'-", (int) MIN (c, 127)) != NULL ||
               c == 0x2019 || c == 0x202f || c == 0xa0)
        g_string_append_unichar (digits, c);
    }
  return g_strdup (g_strstrip (digits->str));
}

char *
ent_field_row_edit_text (const EntField *field,
                         const EntValue *value)
{
  if (ent_value_is_null (value))
    return g_strdup ("");
  if (value->kind == ENT_VALUE_TEXT && field->info.type != ENT_FIELD_ENUM && field->info.type != ENT_FIELD_COUNTRY)
    return g_strdup (value->text);
  if (value->kind == ENT_VALUE_MONEY)
    return edit_amount (value);
  /* Years and other small numbers: no thousands separator. */
  if (field->info.type == ENT_FIELD_INT && value->kind == ENT_VALUE_INT && ABS (value->integer) < 10000)
    return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
  return ent_value_display (field, value, field->info.type == ENT_FIELD_INT ? ENT_DISPLAY_SHORT : ENT_DISPLAY_FULL,
                            NULL, NULL);
}

gboolean
ent_field_row_can_create (const EntRecordType *type)
{
  if (type == NULL || ent_record_type_is_child (type) ||
      type->info->flags & (ENT_RECORD_TYPE_APPEND_ONLY | ENT_RECORD_TYPE_LINK))
    return FALSE;
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);

      if (i != ENT_COMMON_TITLE && field->info.flags & ENT_FIELD_REQUIRED && field->info.default_value == NULL)
        return FALSE;
    }
  return TRUE;
}
