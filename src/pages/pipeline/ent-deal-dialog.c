/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/pipeline/ent-deal-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rules/ent-deal-change.h"
#include "rules/ent-registration.h"
#include "widgets/ent-field-row.h"

#define MAX_FIELDS      6
#define NEW_HEIGHT      640
#define REGISTER_HEIGHT 460

/* The dialogs, by kind. */
static const struct
{
  const char *title;
  const char *apply;
  const char *help;
  const char *label; /* of the change, with the deal's name */
  const char *fields[MAX_FIELDS + 1];
} dialogs[] =
{
  { N_("Register a Deal"), N_("_Register"), NULL, N_("Register %s"), { "registered_by", "offering" } },
  { N_("Renew Registration"), N_("_Renew"), N_("A renewal needs proof of work since the registration."),
    N_("Renew registration of %s"), { "proof" } },
  { N_("Reopen Registration"), N_("_Reopen"), N_("An expired registration comes back with an approval only."),
    N_("Reopen registration of %s"), { "reopen_approved_by" } },
  { N_("Close as Lost"), N_("Mark as _Lost"), N_("The reason is what later reviews learn from."), N_("Lose %s"),
    { "loss_reason", "outcome_note" } },
};

static const char * const new_fields[] =
  { "account", "registered_by", "offering", "amount", "expected_close", "owner", NULL };

struct _EntDealDialog
{
  AdwDialog parent_instance;

  EntContext        *context;
  EntDeals          *deals;
  EntDealDialogKind  kind;
  EntKey             deal;
  GPtrArray         *rows;  /* of EntFieldRow (unowned): children */
  GPtrArray         *found; /* of GtkWidget (unowned): rows of conflicts */
  gboolean           done;

  GtkButton           *apply_button;
  AdwBanner           *banner;
  AdwPreferencesGroup *fields;
  AdwPreferencesGroup *conflicts;
};

G_DEFINE_FINAL_TYPE (EntDealDialog, ent_deal_dialog, ADW_TYPE_DIALOG)

/* --- What was entered ------------------------------------------------------------------------------------------ */

static EntFieldRow *
find_row (EntDealDialog *self,
          const char    *name)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      EntFieldRow *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (ent_field_row_get_field (row)->info.name, name))
        return row;
    }
  return NULL;
}

/* The value of a row; NULL-valued when there is none or it cannot be read. */
static void
get_value (EntDealDialog *self,
           const char    *name,
           EntValue      *value)
{
  EntFieldRow *row = find_row (self, name);

  if (row != NULL)
    ent_field_row_get_value (row, value, NULL);
}

static EntKey
get_key (EntDealDialog *self,
         const char    *name)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  get_value (self, name, &value);
  return value.kind == ENT_VALUE_INT ? value.integer : 0;
}

/* --- Conflicts at entry ------------------------------------------------------------------------------------------- */

static void
add_conflict (EntDealDialog *self,
              EntKey         partner,
              const EntDeal *rival)
{
  g_autofree char *label = ent_deals_dup_label (self->deals, rival);
  g_autofree char *foreseen = ent_deals_foresee (self->deals, partner, rival, g_get_real_time ());
  g_autofree char *title = g_strdup_printf ("%s, %s", ent_deals_get_name (self->deals, rival->registered_by), label);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), foreseen);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  adw_preferences_group_add (self->conflicts, row);
  g_ptr_array_add (self->found, row);
}

static void
show_conflicts (EntDealDialog *self)
{
  const EntDeal *deal = ent_deals_lookup (self->deals, self->deal);
  EntKey account = deal != NULL ? deal->account : get_key (self, "account");
  EntKey partner = get_key (self, "registered_by");
  g_auto (EntValue) offerings = ENT_VALUE_INIT;
  g_autoptr (GPtrArray) rivals = NULL;
  gboolean had = self->found->len > 0;

  for (guint i = 0; i < self->found->len; i++)
    adw_preferences_group_remove (self->conflicts, g_ptr_array_index (self->found, i));
  g_ptr_array_set_size (self->found, 0);
  get_value (self, "offering", &offerings);
  if (account != 0 && partner != 0)
    rivals = ent_deals_find_rivals (self->deals, account, partner, offerings.keys,
                                    offerings.kind == ENT_VALUE_KEYS ? (guint) offerings.integer : 0, self->deal);
  for (guint i = 0; rivals != NULL && i < rivals->len; i++)
    add_conflict (self, partner, g_ptr_array_index (rivals, i));
  gtk_widget_set_visible (GTK_WIDGET (self->conflicts), self->found->len > 0);
  if (self->found->len > 0 && !had)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), _("Another partner claims this account"),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
edited_cb (EntDealDialog *self)
{
  adw_banner_set_revealed (self->banner, FALSE);
  if (self->kind == ENT_DEAL_DIALOG_REGISTER)
    show_conflicts (self);
}

/* --- Doing it -------------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntDealDialogKind kind;
  EntRegistration   what;
  GArray           *offerings; /* of EntKey */
  char              currency[4];
  EntKey            other;     /* proof, approver */
  char             *reason;
  char             *note;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_array_unref (wish->offerings);
  g_free (wish->reason);
  g_free (wish->note);
  g_free (wish);
}

static gboolean
lose (EntTransaction  *transaction,
      Wish            *wish,
      GError         **error)
{
  g_autoptr (EntRecord) record = NULL;

  if (!ent_deal_move (transaction, wish->what.deal, "lost", wish->reason, wish->what.today, error))
    return FALSE;
  if (wish->note == NULL)
    return TRUE;
  record = ent_transaction_get (transaction, wish->what.deal, error);
  return record != NULL && ent_record_set_text (record, "outcome_note", wish->note, error) &&
         ent_transaction_update (transaction, record, error);
}

static gboolean
apply_func (EntTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Wish *wish = data;

  switch (wish->kind)
    {
    case ENT_DEAL_DIALOG_REGISTER:
      return ent_registration_submit (transaction, &wish->what, error) != 0;
    case ENT_DEAL_DIALOG_RENEW:
      return ent_registration_renew (transaction, wish->what.deal, wish->other, wish->what.today, error);
    case ENT_DEAL_DIALOG_REOPEN:
      return ent_registration_reopen (transaction, wish->what.deal, wish->other, wish->what.today, error);
    case ENT_DEAL_DIALOG_LOSE:
    default:
      return lose (transaction, wish, error);
    }
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (EntDealDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (ent_context_write_finish (ENT_CONTEXT (source), result, &error) >= 0)
    {
      self->done = TRUE;
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply_button), TRUE);
  adw_banner_set_title (self->banner, error->message);
  adw_banner_set_revealed (self->banner, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), error->message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/* FALSE when a row holds what cannot be read; it says so itself. */
static gboolean
check_rows (EntDealDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      EntFieldRow *row = g_ptr_array_index (self->rows, i);
      g_auto (EntValue) value = ENT_VALUE_INIT;
      g_autoptr (GError) error = NULL;

      if (ent_field_row_get_value (row, &value, &error))
        continue;
      ent_field_row_set_error (row, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (row));
      return FALSE;
    }
  return TRUE;
}

static char *
dup_text (EntDealDialog *self,
          const char    *name)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  get_value (self, name, &value);
  return value.kind == ENT_VALUE_TEXT ? g_strdup (value.text) : NULL;
}

static void
fill_new (EntDealDialog *self,
          Wish          *wish)
{
  g_auto (EntValue) amount = ENT_VALUE_INIT;
  g_auto (EntValue) close = ENT_VALUE_INIT;

  get_value (self, "amount", &amount);
  get_value (self, "expected_close", &close);
  wish->what.account = get_key (self, "account");
  wish->what.owner = get_key (self, "owner");
  wish->what.amount = amount.kind == ENT_VALUE_MONEY ? amount.integer : G_MININT64;
  memcpy (wish->currency, amount.currency, sizeof wish->currency);
  wish->what.currency = wish->currency;
  wish->what.expected_close = close.kind == ENT_VALUE_INT ? close.integer : ENT_DAY_NONE;
}

static Wish *
make_wish (EntDealDialog *self)
{
  Wish *wish = g_new0 (Wish, 1);
  g_auto (EntValue) offerings = ENT_VALUE_INIT;

  wish->kind = self->kind;
  wish->offerings = g_array_new (FALSE, FALSE, sizeof (EntKey));
  get_value (self, "offering", &offerings);
  if (offerings.kind == ENT_VALUE_KEYS)
    g_array_append_vals (wish->offerings, offerings.keys, (guint) offerings.integer);
  wish->what.deal = self->deal;
  wish->what.partner = get_key (self, "registered_by");
  wish->what.offerings = (const EntKey *) (gpointer) wish->offerings->data;
  wish->what.n_offerings = wish->offerings->len;
  wish->what.now = g_get_real_time ();
  wish->what.today = ent_context_get_today (self->context);
  wish->other = self->kind == ENT_DEAL_DIALOG_RENEW ? get_key (self, "proof") : get_key (self, "reopen_approved_by");
  wish->reason = dup_text (self, "loss_reason");
  wish->note = dup_text (self, "outcome_note");
  fill_new (self, wish);
  return wish;
}

static const char *
find_missing (EntDealDialog *self)
{
  if (self->kind != ENT_DEAL_DIALOG_REGISTER)
    return NULL;
  if (self->deal == 0 && get_key (self, "account") == 0)
    return _("Choose the account first.");
  return get_key (self, "registered_by") == 0 ? _("Choose the partner that claims the deal.") : NULL;
}

static void
apply_cb (EntDealDialog *self)
{
  const EntDeal *deal = ent_deals_lookup (self->deals, self->deal);
  const char *missing;
  g_autofree char *label = NULL;

  if (!check_rows (self))
    return;
  missing = find_missing (self);
  if (missing != NULL)
    {
      adw_banner_set_title (self->banner, missing);
      adw_banner_set_revealed (self->banner, TRUE);
      return;
    }
  label = g_strdup_printf (_(dialogs[self->kind].label),
                           deal != NULL ? deal->title : ent_deals_get_name (self->deals, get_key (self, "account")));
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply_button), FALSE);
  ent_context_write_async (self->context, label, FALSE, apply_func, make_wish (self), wish_free, NULL, applied_cb,
                           g_object_ref (self));
}

static void
cancel_cb (EntDealDialog *self)
{
  adw_dialog_force_close (ADW_DIALOG (self));
}

/* --- Building ----------------------------------------------------------------------------------------------------------- */

static void
add_row (EntDealDialog *self,
         const char    *name)
{
  const EntRecordType *type = ent_store_get_record_type (ent_context_get_store (self->context), "deal");
  GtkWidget *row = ent_field_row_new (self->context, ent_record_type_lookup (type, name));

  adw_preferences_group_add (self->fields, row);
  g_ptr_array_add (self->rows, row);
  g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
}

/* A registration of a deal begins with the products it has. */
static void
preset (EntDealDialog *self)
{
  const EntDeal *deal = ent_deals_lookup (self->deals, self->deal);
  EntFieldRow *row = find_row (self, "offering");
  g_auto (EntValue) offerings = ENT_VALUE_INIT;
  g_auto (EntValue) partner = ENT_VALUE_INIT;

  if (deal == NULL || row == NULL)
    return;
  if (deal->n_offerings > 0)
    {
      ent_value_set_keys (&offerings, deal->offerings, deal->n_offerings);
      ent_field_row_set_value (row, &offerings, TRUE);
    }
  if (deal->n_parties > 0)
    {
      ent_value_set_int (&partner, deal->parties[0].org);
      ent_field_row_set_value (find_row (self, "registered_by"), &partner, TRUE);
    }
  show_conflicts (self);
}

static void
fill (EntDealDialog *self)
{
  const char * const *names = self->kind == ENT_DEAL_DIALOG_REGISTER && self->deal == 0 ? new_fields
                                                                                     : dialogs[self->kind].fields;
  const EntDeal *deal = ent_deals_lookup (self->deals, self->deal);

  adw_dialog_set_title (ADW_DIALOG (self), _(dialogs[self->kind].title));
  gtk_button_set_label (self->apply_button, _(dialogs[self->kind].apply));
  if (self->kind == ENT_DEAL_DIALOG_LOSE)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->apply_button), "suggested-action");
      gtk_widget_add_css_class (GTK_WIDGET (self->apply_button), "destructive-action");
    }
  if (deal != NULL)
    {
      g_autofree char *title = g_markup_escape_text (deal->title, -1);

      adw_preferences_group_set_title (self->fields, title);
    }
  if (dialogs[self->kind].help != NULL)
    adw_preferences_group_set_description (self->fields, _(dialogs[self->kind].help));
  for (; *names != NULL; names++)
    add_row (self, *names);
  /* Room for conflicts, which are to be seen when they come. */
  if (self->kind == ENT_DEAL_DIALOG_REGISTER)
    adw_dialog_set_content_height (ADW_DIALOG (self), self->deal == 0 ? NEW_HEIGHT : REGISTER_HEIGHT);
  preset (self);
}

static void
ent_deal_dialog_dispose (GObject *object)
{
  EntDealDialog *self = ENT_DEAL_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_DEAL_DIALOG);
  g_clear_object (&self->context);
  g_clear_pointer (&self->deals, ent_deals_unref);
  G_OBJECT_CLASS (ent_deal_dialog_parent_class)->dispose (object);
}

static void
ent_deal_dialog_finalize (GObject *object)
{
  EntDealDialog *self = ENT_DEAL_DIALOG (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->found);
  G_OBJECT_CLASS (ent_deal_dialog_parent_class)->finalize (object);
}

static void
ent_deal_dialog_class_init (EntDealDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_deal_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_deal_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/entente/Entente/ui/pages/pipeline/ent-deal-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EntDealDialog, apply_button);
  gtk_widget_class_bind_template_child (widget_class, EntDealDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, EntDealDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, EntDealDialog, conflicts);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
ent_deal_dialog_init (EntDealDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->found = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
ent_deal_dialog_is_done (EntDealDialog *self)
{
  return self->done;
}

EntDealDialog *
ent_deal_dialog_present (GtkWidget         *parent,
                         EntContext        *context,
                         EntDeals          *deals,
                         EntDealDialogKind  kind,
                         EntKey             deal)
{
  EntDealDialog *self = g_object_new (ENT_TYPE_DEAL_DIALOG, NULL);

  self->context = g_object_ref (context);
  self->deals = ent_deals_ref (deals);
  self->kind = kind;
  self->deal = deal;
  fill (self);
  if (self->rows->len > 0)
    adw_dialog_set_focus (ADW_DIALOG (self), g_ptr_array_index (self->rows, 0));
  adw_dialog_present (ADW_DIALOG (self), parent);
  return self;
}
