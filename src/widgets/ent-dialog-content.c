/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-dialog-content.h"

#include <adwaita.h>

/* Not before the dialog is gone: who waits for an answer may still know its widgets. */
static void
dialog_gone_cb (gpointer  content,
                GObject  *dialog)
{
  GtkWidget *parent = gtk_widget_get_parent (content);

  if (parent != NULL && ADW_IS_BREAKPOINT_BIN (parent) && gtk_widget_get_root (parent) == NULL)
    adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (parent), NULL);
  g_object_unref (content);
}

static gboolean
closed_hook (GSignalInvocationHint *hint,
             guint                  n_values,
             const GValue          *values,
             gpointer               data)
{
  AdwDialog *dialog = g_value_get_object (&values[0]);
  GtkWidget *content = adw_dialog_get_child (dialog);

  if (content != NULL)
    g_object_weak_ref (G_OBJECT (dialog), dialog_gone_cb, g_object_ref (content));
  return TRUE;
}

void
ent_dialog_content_watch (void)
{
  g_type_class_unref (g_type_class_ref (ADW_TYPE_DIALOG));
  g_signal_add_emission_hook (g_signal_lookup ("closed", ADW_TYPE_DIALOG), 0, closed_hook, NULL, NULL);
}
