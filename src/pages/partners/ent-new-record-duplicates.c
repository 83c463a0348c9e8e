/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of EntNewRecordDialog that looks for records that are there already. */

#include "config.h"

#include "pages/partners/ent-new-record-dialog-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/ent-query.h"
#include "widgets/ent-record-picker.h"

#define MAX_DUPLICATES 3
#define MAX_FOUND 12
#define MIN_LETTERS 3

typedef struct
{
  EntNewRecordDialog  *dialog; /* (owned): main thread only */
  const EntRecordType *type;
  char                *text;
  guint                generation;
} Wish;

static void
wish_clear (gpointer data)
{
  g_free (((Wish *) data)->text);
}

static void
wish_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, wish_clear);
}

static gpointer
search_job (EntStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Wish *wish = data;
  g_autofree char *wanted = ent_text_key (wish->text);
  GPtrArray *hits = ent_store_search (store, wish->text, wish->type, MAX_FOUND, cancellable, error);

  /* Only names make a duplicate, not what is written about others. */
  for (guint i = hits != NULL ? hits->len : 0; i-- > 0;)
    {
      g_autofree char *title = ent_text_key (((EntHit *) g_ptr_array_index (hits, i))->title);

      if (strstr (title, wanted) == NULL)
        g_ptr_array_remove_index (hits, i);
    }
  if (hits != NULL && hits->len > MAX_DUPLICATES)
    g_ptr_array_set_size (hits, MAX_DUPLICATES);
  return hits;
}

static void
duplicate_activated_cb (EntNewRecordDialog *self,
                        GtkWidget          *row)
{
  EntKey key = *(EntKey *) g_object_get_data (G_OBJECT (row), "key");
  g_autoptr (EntContext) context = g_object_ref (self->context);

  _ent_new_record_dialog_drop_drafts (self);
  adw_dialog_force_close (ADW_DIALOG (self));
  ent_context_open_record (context, key);
}

static void
add_duplicate (EntNewRecordDialog *self,
               const EntHit       *hit)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *code = ent_record_type_make_code (self->type, ent_key_row (hit->key));
  /* Translators: a record with this name is there; %s is its short code. */
  g_autofree char *subtitle = g_strdup_printf (_("Exists already as %s"), code);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), hit->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), ent_record_picker_image_new (self->type, hit->title, 32));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (_("Open")));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "key", g_memdup2 (&hit->key, sizeof hit->key), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (duplicate_activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->duplicates, row);
  g_ptr_array_add (self->found, row);
}

static void
show_duplicates (EntNewRecordDialog *self,
                 GPtrArray          *hits)
{
  for (guint i = 0; i < self->found->len; i++)
    adw_preferences_group_remove (self->duplicates, g_ptr_array_index (self->found, i));
  g_ptr_array_set_size (self->found, 0);
  for (guint i = 0; hits != NULL && i < hits->len; i++)
    add_duplicate (self, g_ptr_array_index (hits, i));
  gtk_widget_set_visible (GTK_WIDGET (self->duplicates), self->found->len > 0);
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Wish *wish = user_data;
  g_autoptr (EntNewRecordDialog) self = wish->dialog;
  g_autoptr (GPtrArray) hits = ent_store_run_finish (ENT_STORE (source), result, NULL);

  /* Only a hint: an error of the search is not worth a word. */
  if (hits != NULL && self->duplicates != NULL && wish->generation == self->generation)
    show_duplicates (self, hits);
  wish_release (wish);
}

void
_ent_new_record_dialog_search (EntNewRecordDialog *self,
                               const char         *text)
{
  Wish *wish;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->generation++;
  if (text == NULL || g_utf8_strlen (text, -1) < MIN_LETTERS)
    {
      show_duplicates (self, NULL);
      return;
    }
  self->cancellable = g_cancellable_new ();
  wish = g_atomic_rc_box_new0 (Wish);
  wish->dialog = g_object_ref (self);
  wish->type = self->type;
  wish->text = g_strdup (text);
  wish->generation = self->generation;
  ent_store_run_async (ent_context_get_store (self->context), search_job, g_atomic_rc_box_acquire (wish), wish_release,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, searched_cb, wish);
}
