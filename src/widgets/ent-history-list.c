/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-history-list.h"

#include <glib/gi18n.h>

#define PAGE 40
#define MAX_CHANGES 12

struct _EntHistoryList
{
  GtkWidget parent_instance;

  EntContext   *context;
  EntKey        key;
  gint64        before;      /* the oldest that is shown; 0: none yet */
  guint         generation;
  GCancellable *cancellable;
  GArray       *seqs;        /* of gint64, in the order of the list */
  gint64        day;         /* of the last group */
  GtkWidget    *group;       /* (unowned): the last */

  GtkWidget *box;
  GtkWidget *groups;
  GtkWidget *more;
  GtkWidget *empty;
};

enum { SIGNAL_LOADED, SIGNAL_SHOW_PAST, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (EntHistoryList, ent_history_list, GTK_TYPE_WIDGET)

/* --- Loading: each entry with its changes in words ------------------------------------------------------------------- */

typedef struct
{
  EntTransactionInfo *info;
  GPtrArray          *words; /* of char* */
} Entry;

typedef struct
{
  EntHistoryList *list; /* (owned): main thread only */
  EntKey          key;
  gint64          before;
  guint           generation;
} Wish;

static void
wish_release (gpointer data)
{
  g_atomic_rc_box_release (data);
}

static void
entry_free (gpointer data)
{
  Entry *self = data;

  ent_transaction_info_free (self->info);
  g_ptr_array_unref (self->words);
  g_free (self);
}

static char *
value_text (EntStore       *store,
            const EntField *field,
            const EntValue *value)
{
  char *text = ent_value_display (field, value, ENT_DISPLAY_SHORT, ent_store_name, store);

  if (*text != '\0')
    return text;
  g_free (text);
  return g_strdup (_("empty"));
}

static char *
set_text (EntStore        *store,
          const EntChange *change)
{
  g_autofree char *before = value_text (store, change->field, &change->old_value);
  g_autofree char *after = value_text (store, change->field, &change->new_value);

  if (ent_value_is_null (&change->old_value))
    return g_strdup_printf ("%s: %s", ent_field_get_label (change->field), after);
  return g_strdup_printf (_("%1$s: %2$s → %3$s"), ent_field_get_label (change->field), before, after);
}

static char *
op_text (EntStore        *store,
         const EntChange *change)
{
  switch (change->op)
    {
    case ENT_CHANGE_CREATE:
      return g_strdup (_("Created"));
    case ENT_CHANGE_DELETE:
      return g_strdup (_("Deleted"));
    case ENT_CHANGE_RESTORE:
      return g_strdup (_("Restored"));
    case ENT_CHANGE_SET:
      return set_text (store, change);
    case ENT_CHANGE_SCHEMA:
    default:
      return g_strdup (_("Choices or fields of the workspace"));
    }
}

/* Changes of lines, or of other records when the whole workspace is listed, are told with their name. */
static char *
change_text (EntStore        *store,
             const EntChange *change,
             EntKey           key)
{
  g_autofree char *text = op_text (store, change);
  g_autofree char *title = change->key != key && change->key != 0 ? ent_store_dup_title (store, change->key) : NULL;

  return title != NULL ? g_strdup_printf ("%s · %s", title, text) : g_steal_pointer (&text);
}

static Entry *
entry_new (EntStore           *store,
           EntTransactionInfo *info,
           EntKey              key)
{
  Entry *self = g_new0 (Entry, 1);
  g_autoptr (GPtrArray) changes = ent_store_get_changes (store, info->seq, key, MAX_CHANGES + 1, NULL);

  self->info = info;
  self->words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; changes != NULL && i < changes->len && i < MAX_CHANGES; i++)
    {
      const EntChange *change = g_ptr_array_index (changes, i);

      if (change->op != ENT_CHANGE_SET || (change->field != NULL && !(change->field->info.flags & ENT_FIELD_SYSTEM)))
        g_ptr_array_add (self->words, change_text (store, change, key));
    }
  if (changes != NULL && changes->len > MAX_CHANGES)
    g_ptr_array_add (self->words, g_strdup ("…"));
  return self;
}

static gpointer
load_job (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Wish *wish = data;
  g_autoptr (GPtrArray) infos = ent_store_get_history (store, wish->key, wish->before, PAGE, error);
  GPtrArray *entries;

  if (infos == NULL)
    return NULL;
  g_ptr_array_set_free_func (infos, NULL);
  entries = g_ptr_array_new_with_free_func (entry_free);
  for (guint i = 0; i < infos->len; i++)
    g_ptr_array_add (entries, entry_new (store, g_ptr_array_index (infos, i), wish->key));
  return entries;
}

/* --- Rows ----------------------------------------------------------------------------------------------------------------- */

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (EntHistoryList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTransactionInfo) info = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (self->context == NULL)
    return;
  if (info != NULL)
    {
      /* Translators: %s is the label of a change, as in "Edit Contoso". */
      g_autofree char *text = g_strdup_printf (_("Undid “%s”"), info->label);

      ent_context_toast (self->context, text);
    }
  else if (error != NULL)
    ent_context_error (self->context, _("This change cannot be undone"), error);
}

static gpointer
undo_job (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return ent_store_undo (store, *(gint64 *) data, cancellable, error);
}

static void
undo (EntHistoryList *self,
      gint64          seq)
{
  EntStore *store = ent_context_get_store (self->context);

  if (store != NULL)
    ent_store_run_async (store, undo_job, g_memdup2 (&seq, sizeof seq), g_free,
                         (GDestroyNotify) ent_transaction_info_free, NULL, undone_cb, g_object_ref (self));
}

static void
undo_clicked_cb (EntHistoryList *self,
                 GtkWidget      *button)
{
  undo (self, *(gint64 *) g_object_get_data (G_OBJECT (button), "number"));
}

static void
past_clicked_cb (EntHistoryList *self,
                 GtkWidget      *button)
{
  g_signal_emit (self, signals[SIGNAL_SHOW_PAST], 0, *(gint64 *) g_object_get_data (G_OBJECT (button), "number"));
}

static GtkWidget *
button_new (EntHistoryList *self,
            const char     *icon_name,
            const char     *tooltip,
            gint64          number,
            GCallback       callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  g_object_set_data_full (G_OBJECT (button), "number", g_memdup2 (&number, sizeof number), g_free);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static char *
subtitle_of (const Entry *entry)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local_usec (entry->info->at);
  g_autofree char *time = at != NULL ? g_date_time_format (at, "%H:%M") : g_strdup ("");
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s · %s", time, entry->info->author != NULL ? entry->info->author : "");
  if (entry->info->undone)
    g_string_append_printf (text, " · %s", _("undone"));
  for (guint i = 0; i < entry->words->len; i++)
    g_string_append_printf (text, "\n%s", (char *) g_ptr_array_index (entry->words, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
title_of (const EntTransactionInfo *info)
{
  /* Translators: %s is the label of a change that was taken back, or done again. */
  return info->kind == ENT_TRANSACTION_UNDO   ? g_strdup_printf (_("Undo: %s"), info->label)
         : info->kind == ENT_TRANSACTION_REDO ? g_strdup_printf (_("Redo: %s"), info->label)
                                              : g_strdup (info->label);
}

static gboolean
can_undo (const EntTransactionInfo *info)
{
  return info->kind == ENT_TRANSACTION_DO && !info->undone && info->origin != ENT_ORIGIN_SETUP;
}

static GtkWidget *
row_new (EntHistoryList *self,
         const Entry    *entry)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = title_of (entry->info);
  g_autofree char *subtitle = subtitle_of (entry);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), MAX_CHANGES + 2);
  if (self->key != 0)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button_new (self, "document-open-recent-symbolic",
                                                                 _("Show As It Was Then"), entry->info->at,
                                                                 G_CALLBACK (past_clicked_cb)));
  if (can_undo (entry->info))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button_new (self, "edit-undo-symbolic", _("Undo This Change"),
                                                                 entry->info->seq, G_CALLBACK (undo_clicked_cb)));
  if (entry->info->undone)
    gtk_widget_add_css_class (row, "dimmed");
  return row;
}

static void
add_entry (EntHistoryList *self,
           const Entry    *entry)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local_usec (entry->info->at);
  gint64 day = at != NULL ? ent_date_from_ymd (g_date_time_get_year (at), g_date_time_get_month (at),
                                               g_date_time_get_day_of_month (at)) : 0;

  if (self->group == NULL || day != self->day)
    {
      g_autofree char *near = ent_date_display_near (day, ent_context_get_today (self->context));
      g_autofree char *exact = ent_date_display (day, ENT_DISPLAY_FULL);

      self->day = day;
      self->group = adw_preferences_group_new ();
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), exact);
      if (g_strcmp0 (near, exact) != 0)
        {
          g_autofree char *first = g_utf8_substring (near, 0, 1);
          g_autofree char *upper = g_utf8_strup (first, -1);
          g_autofree char *words = g_strconcat (upper, near + strlen (first), NULL);

          adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group), words);
        }
      gtk_box_append (GTK_BOX (self->groups), self->group);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row_new (self, entry));
  g_array_append_val (self->seqs, entry->info->seq);
  self->before = entry->info->seq;
}

static void
clear (EntHistoryList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->groups)) != NULL)
    gtk_box_remove (GTK_BOX (self->groups), child);
  g_array_set_size (self->seqs, 0);
  self->group = NULL;
  self->before = 0;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Wish *wish = user_data;
  g_autoptr (EntHistoryList) self = wish->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (self->context != NULL && wish->generation == self->generation &&
      ent_context_get_store (self->context) == ENT_STORE (source))
    {
      if (wish->before == 0)
        clear (self);
      for (guint i = 0; entries != NULL && i < entries->len; i++)
        add_entry (self, g_ptr_array_index (entries, i));
      gtk_widget_set_visible (self->more, entries != NULL && entries->len == PAGE);
      gtk_widget_set_visible (self->empty, self->seqs->len == 0);
      if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        adw_status_page_set_description (ADW_STATUS_PAGE (self->empty), error->message);
      g_signal_emit (self, signals[SIGNAL_LOADED], 0);
    }
  wish_release (wish);
}

static void
load (EntHistoryList *self,
      gint64          before)
{
  EntStore *store = ent_context_get_store (self->context);
  Wish *wish;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (store == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  wish = g_atomic_rc_box_new0 (Wish);
  wish->list = g_object_ref (self);
  wish->key = self->key;
  wish->before = before;
  wish->generation = ++self->generation;
  ent_store_run_async (store, load_job, g_atomic_rc_box_acquire (wish), wish_release, (GDestroyNotify) g_ptr_array_unref,
                       self->cancellable, loaded_cb, wish);
}

static void
more_cb (EntHistoryList *self)
{
  load (self, self->before);
}

/* Lines of the record count too; whose they are is not known here, so any change of their types reloads. */
static gboolean
concerns (EntHistoryList   *self,
          const EntChanges *changes)
{
  g_autoptr (EntSchema) schema = ent_store_dup_schema (ent_context_get_store (self->context));
  const EntRecordType *type = ent_schema_lookup_key (schema, self->key);

  if (self->key == 0 || ent_changes_has_key (changes, self->key))
    return TRUE;
  for (guint i = 0; type != NULL && i < type->children->len; i++)
    if (ent_changes_has_type (changes, g_ptr_array_index (type->children, i)))
      return TRUE;
  return FALSE;
}

static void
changed_cb (EntHistoryList   *self,
            const EntChanges *changes)
{
  if (concerns (self, changes))
    load (self, 0);
}

/* --- The widget --------------------------------------------------------------------------------------------------------------- */

static void
ent_history_list_dispose (GObject *object)
{
  EntHistoryList *self = ENT_HISTORY_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ent_history_list_parent_class)->dispose (object);
}

static void
ent_history_list_finalize (GObject *object)
{
  g_array_unref (ENT_HISTORY_LIST (object)->seqs);
  G_OBJECT_CLASS (ent_history_list_parent_class)->finalize (object);
}

static void
ent_history_list_class_init (EntHistoryListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_history_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_history_list_finalize;
  signals[SIGNAL_LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
  signals[SIGNAL_SHOW_PAST] = g_signal_new ("show-past", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "historylist");
}

static void
ent_history_list_init (EntHistoryList *self)
{
  self->seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->groups = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->more = gtk_button_new_with_mnemonic (_("_Earlier Changes"));
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  self->empty = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->empty), "document-open-recent-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->empty), _("No Changes Yet"));
  gtk_widget_add_css_class (self->empty, "compact");
  gtk_widget_set_visible (self->empty, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->groups);
  gtk_box_append (GTK_BOX (self->box), self->more);
  gtk_box_append (GTK_BOX (self->box), self->empty);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
ent_history_list_new (EntContext *context,
                      EntKey      key)
{
  EntHistoryList *self = g_object_new (ENT_TYPE_HISTORY_LIST, NULL);

  self->context = g_object_ref (context);
  self->key = key;
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  load (self, 0);
  return GTK_WIDGET (self);
}

guint
ent_history_list_get_n (EntHistoryList *self)
{
  g_return_val_if_fail (ENT_IS_HISTORY_LIST (self), 0);
  return self->seqs->len;
}

void
ent_history_list_undo (EntHistoryList *self,
                       guint           position)
{
  g_return_if_fail (ENT_IS_HISTORY_LIST (self));
  g_return_if_fail (position < self->seqs->len);
  undo (self, g_array_index (self->seqs, gint64, position));
}
