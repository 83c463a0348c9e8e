/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of EntFieldRowOptions that knows what there is to choose from. */

#include "config.h"

#include "widgets/ent-field-row-options-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "model/ent-value.h"

#define ZONES "/usr/share/zoneinfo/tzdata.zi"

/* --- One option ------------------------------------------------------------------------------------------------ */

G_DEFINE_FINAL_TYPE (EntFieldRowOption, ent_field_row_option, G_TYPE_OBJECT)

static void
ent_field_row_option_finalize (GObject *object)
{
  EntFieldRowOption *self = ENT_FIELD_ROW_OPTION (object);

  g_free (self->value);
  g_free (self->label);
  g_free (self->words);
  G_OBJECT_CLASS (ent_field_row_option_parent_class)->finalize (object);
}

static void
ent_field_row_option_class_init (EntFieldRowOptionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ent_field_row_option_finalize;
}

static void
ent_field_row_option_init (EntFieldRowOption *self)
{
}

void
_ent_field_row_options_add (EntFieldRowOptions *self,
                            const char         *value,
                            const char         *label,
                            EntTone             tone)
{
  g_autoptr (EntFieldRowOption) option = g_object_new (ENT_TYPE_FIELD_ROW_OPTION, NULL);
  g_autofree char *words = g_strconcat (label, " ", value, NULL);

  option->value = g_strdup (value);
  option->label = g_strdup (label);
  option->words = ent_text_key (words);
  option->tone = tone;
  g_list_store_append (self->options, option);
}

/* --- All of them --------------------------------------------------------------------------------------------------- */

static void
add_choices (EntFieldRowOptions *self)
{
  for (guint i = 0; self->field->choices != NULL && i < self->field->choices->len; i++)
    {
      const EntChoice *choice = g_ptr_array_index (self->field->choices, i);

      _ent_field_row_options_add (self, choice->value, ent_choice_get_label (choice), choice->tone);
    }
}

static void
add_countries (EntFieldRowOptions *self)
{
  for (const char *const *code = ent_country_get_codes (); *code != NULL; code++)
    _ent_field_row_options_add (self, *code, ent_country_get_name (*code), ENT_TONE_NEUTRAL);
}

static void
add_currencies (EntFieldRowOptions *self)
{
  for (const char *const *code = ent_currency_get_codes (); *code != NULL; code++)
    {
      const char *symbol = ent_currency_get_symbol (*code);
      g_autofree char *label = symbol != NULL && strcmp (symbol, *code) != 0
                                 ? g_strdup_printf ("%s  %s", *code, symbol) : g_strdup (*code);

      _ent_field_row_options_add (self, *code, label, ENT_TONE_NEUTRAL);
    }
}

/* Lines of tzdata.zi: "Z Europe/Berlin …" is a zone, "L Europe/Berlin Arctic/Longyearbyen" another name. */
static void
zones_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (EntFieldRowOptions) self = user_data;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GPtrArray) zones = g_ptr_array_new_with_free_func (g_free);

  if (g_file_load_contents_finish (G_FILE (source), result, &text, NULL, NULL, NULL))
    lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; line != NULL && *line != NULL; line++)
    if (g_str_has_prefix (*line, "Z "))
      g_ptr_array_add (zones, g_strndup (*line + 2, strcspn (*line + 2, " ")));
  g_ptr_array_sort_values (zones, (GCompareFunc) (void (*) (void)) strcmp);
  for (guint i = 0; i < zones->len && self->options != NULL; i++)
    {
      g_autofree char *label = g_strdelimit (g_strdup (g_ptr_array_index (zones, i)), "_", ' ');

      _ent_field_row_options_add (self, g_ptr_array_index (zones, i), label, ENT_TONE_NEUTRAL);
    }
}

void
_ent_field_row_options_load (EntFieldRowOptions *self)
{
  g_autoptr (GFile) zones = NULL;

  g_list_store_remove_all (self->options);
  if (self->clearable)
    _ent_field_row_options_add (self, "", _("None"), ENT_TONE_MUTED);
  switch ((int) self->type)
    {
    case ENT_FIELD_COUNTRY:
      add_countries (self);
      break;
    case ENT_FIELD_CURRENCY:
      add_currencies (self);
      break;
    case ENT_FIELD_TIMEZONE:
      zones = g_file_new_for_path (ZONES);
      g_file_load_contents_async (zones, self->cancellable, zones_loaded_cb, g_object_ref (self));
      break;
    default:
      add_choices (self);
    }
  self->loaded = TRUE;
}
