/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of EntFilterPopover that lists the values of a field, with how many records have each. */

#include "config.h"

#include "widgets/ent-filter-popover-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/ent-query.h"
#include "widgets/ent-filter-text.h"

#define MAX_VALUES 200

/* --- Values with counts -------------------------------------------------------------------------------------- */

typedef struct
{
  EntFilterPopover    *popover; /* (owned): main thread only */
  const EntRecordType *type;
  const EntField      *field;
  char                *base;
} CountWish;

typedef struct
{
  char  *word;  /* for the filter; "" is empty */
  char  *label;
  gint64 count;
} CountedValue;

static void
count_wish_clear (gpointer data)
{
  g_free (((CountWish *) data)->base);
}

static void
count_wish_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, count_wish_clear);
}

static void
counted_value_free (gpointer data)
{
  CountedValue *self = data;

  g_free (self->word);
  g_free (self->label);
  g_free (self);
}

static CountedValue *
count_value (EntStore       *store,
             const EntField *field,
             const EntGroup *group)
{
  CountedValue *counted = g_new0 (CountedValue, 1);

  counted->count = group->count;
  if (ent_value_is_null (&group->value))
    {
      counted->word = g_strdup ("");
      counted->label = g_strdup (_("Empty"));
    }
  else
    {
      counted->label = ent_value_display (field, &group->value, ENT_DISPLAY_SHORT, ent_store_name, store);
      counted->word = field->info.type == ENT_FIELD_REF ? ent_store_dup_code (store, group->value.integer)
                                                        : ent_value_write (field, &group->value);
    }
  return counted;
}

static gpointer
count_job (EntStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  CountWish *wish = data;
  g_autoptr (EntFilter) filter = wish->base != NULL ? ent_filter_parse (wish->type, wish->base, NULL, NULL) : NULL;
  EntQuery query = { .type = wish->type, .filter = filter };
  g_autoptr (GArray) groups = ent_store_group (store, &query, wish->field, cancellable, error);
  GPtrArray *values;

  if (groups == NULL)
    return NULL;
  values = g_ptr_array_new_with_free_func (counted_value_free);
  for (guint i = 0; i < groups->len && i < MAX_VALUES; i++)
    g_ptr_array_add (values, count_value (store, wish->field, &g_array_index (groups, EntGroup, i)));
  return values;
}

static void
add_value_row (EntFilterPopover   *self,
               const CountedValue *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (value->label);
  g_autofree char *text = g_strdup_printf ("%'" G_GINT64_FORMAT, value->count);
  GtkWidget *count = gtk_label_new (text);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_hash_table_contains (self->chosen, value->word));
  gtk_widget_set_can_target (check, FALSE);
  gtk_widget_set_can_focus (check, FALSE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "dimmed");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "check", check);
  g_object_set_data_full (G_OBJECT (row), "word", g_strdup (value->word), g_free);
  gtk_list_box_append (self->value_list, row);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  CountWish *wish = user_data;
  g_autoptr (EntFilterPopover) self = wish->popover;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (values != NULL && self->field == wish->field && self->cancellable != NULL)
    {
      gtk_list_box_remove_all (self->value_list);
      for (guint i = 0; i < values->len; i++)
        add_value_row (self, g_ptr_array_index (values, i));
    }
  else if (error != NULL && self->context != NULL)
    ent_context_error (self->context, _("The values could not be counted"), error);
  count_wish_release (wish);
}

void
_ent_filter_popover_count_values (EntFilterPopover *self)
{
  CountWish *wish = g_atomic_rc_box_new0 (CountWish);

  wish->popover = g_object_ref (self);
  wish->type = self->type;
  wish->field = self->field;
  wish->base = g_strdup (self->base);
  gtk_list_box_remove_all (self->value_list);
  ent_store_run_async (ent_context_get_store (self->context), count_job, g_atomic_rc_box_acquire (wish),
                       count_wish_release, (GDestroyNotify) g_ptr_array_unref, self->cancellable, counted_cb, wish);
}

/* `field = value`, `field in (a, b)`, with `is empty` joined by "or". */
static char *
choices_term (EntFilterPopover *self)
{
  const char *name = self->field->info.name;
  GString *term = g_string_new (NULL);
  guint n_words = g_hash_table_size (self->chosen);
  gboolean empty = g_hash_table_contains (self->chosen, "");
  GHashTableIter iter;
  gpointer word;
  guint n = 0;

  n_words -= empty;
  if (n_words > 0)
    g_string_append_printf (term, n_words > 1 ? "%s in (" : "%s = ", name);
  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    if (*(char *) word != '\0')
      {
        g_autofree char *quoted = ent_filter_quote (word);

        g_string_append_printf (term, "%s%s", n++ > 0 ? ", " : "", quoted);
      }
  if (n_words > 1)
    g_string_append_c (term, ')');
  if (empty)
    g_string_append_printf (term, "%s%s is empty", n_words > 0 ? " or " : "", name);
  return g_string_free (term, FALSE);
}

void
_ent_filter_popover_value_activated_cb (EntFilterPopover *self,
                                        GtkListBoxRow    *row)
{
  GtkCheckButton *check = g_object_get_data (G_OBJECT (row), "check");
  const char *word = g_object_get_data (G_OBJECT (row), "word");
  g_autofree char *term = NULL;

  gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
  if (gtk_check_button_get_active (check))
    g_hash_table_add (self->chosen, g_strdup (word));
  else
    g_hash_table_remove (self->chosen, word);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_CHECKED,
                               gtk_check_button_get_active (check) ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                                                   : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  term = choices_term (self);
  _ent_filter_popover_emit (self, term);
}

/* Takes the values of a term that this popover once made. */
void
_ent_filter_popover_read_choices (EntFilterPopover *self,
                                  const char       *term)
{
  const char *at = term != NULL ? strchr (term, '"') : NULL;

  g_hash_table_remove_all (self->chosen);
  for (; at != NULL; at = strchr (at, '"'))
    {
      GString *word = g_string_new (NULL);

      for (at++; *at != '\0' && *at != '"'; at++)
        {
          if (*at == '\\' && at[1] != '\0')
            at++;
          g_string_append_c (word, *at);
        }
      g_hash_table_add (self->chosen, g_string_free (word, FALSE));
      at += *at == '"';
    }
  if (term != NULL && g_str_has_suffix (term, "is empty"))
    g_hash_table_add (self->chosen, g_strdup (""));
}
