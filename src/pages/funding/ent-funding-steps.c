/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-funding-page-private.h"

#include <glib/gi18n.h>

#include "pages/funding/ent-funding-dialog.h"
#include "rules/ent-rules.h"

/* What a step asks for before it is done; the rest is done at once. */
static const struct { const char *state; const char *fields[4]; } asked[] = {
  { "approved", { "approved", "approved_by", NULL } },
  { "claimed", { "claimed", "proofs", NULL } },
  { "changes_asked", { "note", NULL } },
  { "rejected", { "note", NULL } },
};

/* And what a refusal asks for. */
static const struct { int code; const char *fields[4]; } mended[] = {
  { ENT_RULE_ERROR_NOT_ELIGIBLE, { "desired_outcome", "exception", NULL } },
  { ENT_RULE_ERROR_NEEDS_EXTENSION, { "extended_to", "exception", NULL } },
  { ENT_RULE_ERROR_NEEDS_PROOF, { "proofs", "exception", NULL } },
  { ENT_RULE_ERROR_TOO_LATE, { "submit_by", "exception", NULL } },
};

typedef struct
{
  EntFundingPage   *page;   /* (owned) */
  EntFundingDialog *dialog; /* (owned) (nullable) */
  EntRecord        *filled; /* (owned): what the dialog changed */
  EntKey            request;
  char             *state;
} Step;

static void
step_free (gpointer data)
{
  Step *self = data;

  g_clear_object (&self->page);
  g_clear_object (&self->dialog);
  g_clear_object (&self->filled);
  g_free (self->state);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

/* --- In the transaction ----------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntRecord *filled;
  EntKey     request;
  char      *state;
  gint64     now;
} Move;

static void
move_free (gpointer data)
{
  Move *self = data;

  g_clear_object (&self->filled);
  g_free (self->state);
  g_free (self);
}

/* Fields that the dialog filled and that the step does not set itself go along in the same transaction. */
static gboolean
write_filled (EntTransaction  *transaction,
              const Move      *move,
              GError         **error)
{
  const EntRecordType *type = ent_record_get_record_type (move->filled);

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    if (ent_record_is_dirty (move->filled, i) &&
        !ent_transaction_set (transaction, move->request, ent_record_type_get_nth (type, i),
                              ent_record_get (move->filled, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
move_cb (EntTransaction  *transaction,
         gpointer         user_data,
         GError         **error)
{
  const Move *data = user_data;
  EntFundMove move = { .request = data->request, .state = data->state, .now = data->now };

  if (data->filled != NULL)
    {
      move.by = ent_record_get_ref (data->filled, "approved_by");
      if (!write_filled (transaction, data, error))
        return FALSE;
    }
  return ent_fund_move (transaction, &move, error);
}

/* --- Asking --------------------------------------------------------------------------------------------------------------------- */

static void start_step (Step *step);

static void
confirmed_cb (EntFundingDialog *dialog,
              EntRecord        *record,
              gpointer          user_data)
{
  const Step *asking = user_data;
  Step *step = g_new0 (Step, 1);

  step->page = g_object_ref (asking->page);
  step->dialog = g_object_ref (dialog);
  step->filled = ent_record_copy (record);
  for (guint i = 0; i < ent_record_type_get_n_fields (ent_record_get_record_type (record)); i++)
    if (ent_record_is_dirty (record, i))
      {
        g_auto (EntValue) value = ENT_VALUE_INIT, none = ENT_VALUE_INIT;

        /* A copy is clean: what was changed is marked again. */
        ent_value_copy (ent_record_get (record, i), &value);
        if (!ent_record_is_dirty (step->filled, i))
          {
            ent_record_take (step->filled, i, &none);
            ent_record_take (step->filled, i, &value);
          }
      }
  step->request = asking->request;
  step->state = g_strdup (asking->state);
  start_step (step);
}

static void
ask (EntFundingPage     *self,
     EntRecord          *request,
     const char         *state,
     const char         *message,
     const char * const *fields)
{
  const EntFundStep *way = ent_fund_find_step (ent_record_get_text (request, "state"), state);
  Step *step = g_new0 (Step, 1);
  EntRecord *copy = ent_record_copy (request);
  const EntRecordType *type = ent_record_get_record_type (request);
  static const struct { const char *to, *from; } given[] = { { "approved", "requested" }, { "claimed", "approved" } };

  ent_record_mark_clean (copy);
  for (gsize i = 0; i < G_N_ELEMENTS (given); i++)
    if (g_str_equal (given[i].to, state) && ent_value_is_null (ent_record_get_named (copy, given[i].to)))
      ent_record_set (copy, ent_record_type_lookup (type, given[i].to)->index,
                      ent_record_get_named (copy, given[i].from));
  step->page = g_object_ref (self);
  step->request = ent_record_get_key (request);
  step->state = g_strdup (state);
  ent_funding_dialog_present (GTK_WIDGET (self), ent_page_get_context (ENT_PAGE (self)), ent_record_get_title (request),
                              way != NULL ? _(way->label) : _("Move"), message, copy, fields, confirmed_cb, step,
                              step_free);
}

/* --- Doing ----------------------------------------------------------------------------------------------------------------------- */

/* A refusal that can be mended asks for what mends it. */
static void
tell_refusal (Step         *step,
              const GError *error)
{
  EntFundingPage *self = step->page;
  EntRecord *request = self->data != NULL ? g_hash_table_lookup (self->data->requests, &step->request) : NULL;

  for (gsize i = 0; request != NULL && i < G_N_ELEMENTS (mended); i++)
    if (g_error_matches (error, ENT_RULE_ERROR, mended[i].code))
      {
        ask (self, request, step->state, error->message, mended[i].fields);
        return;
      }
  ent_context_error (ent_page_get_context (ENT_PAGE (self)), _("The request was not moved"), error);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Step) step = user_data;
  g_autoptr (GError) error = NULL;

  ent_context_write_finish (ENT_CONTEXT (object), result, &error);
  if (step->dialog != NULL)
    {
      if (error != NULL && (g_error_matches (error, ENT_RULE_ERROR, ENT_RULE_ERROR_NEEDS_EXTENSION) ||
                            g_error_matches (error, ENT_RULE_ERROR, ENT_RULE_ERROR_NEEDS_PROOF)))
        {
          ent_funding_dialog_done (step->dialog, NULL);
          tell_refusal (step, error);
        }
      else
        ent_funding_dialog_done (step->dialog, error);
    }
  else if (error != NULL)
    tell_refusal (step, error);
  /* On to the next step, also when the dialog was the second one. */
  if (error == NULL)
    ent_page_focus_content (ENT_PAGE (step->page));
}

static void
start_step (Step *step)
{
  EntContext *context = ent_page_get_context (ENT_PAGE (step->page));
  Move *move = g_new0 (Move, 1);

  move->request = step->request;
  move->state = g_strdup (step->state);
  move->filled = step->filled != NULL ? g_object_ref (step->filled) : NULL;
  move->now = g_get_real_time ();
  ent_context_write_async (context, _("Move funding request"), FALSE, move_cb, move, move_free, NULL, written_cb, step);
}

void
ent_funding_page_step (EntFundingPage *self,
                       EntRecord      *request,
                       const char     *state)
{
  Step *step;

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    if (g_str_equal (asked[i].state, state) && !g_str_equal (ent_record_get_text (request, "state"), "proof_ok"))
      {
        ask (self, request, state, NULL, asked[i].fields);
        return;
      }
  step = g_new0 (Step, 1);
  step->page = g_object_ref (self);
  step->request = ent_record_get_key (request);
  step->state = g_strdup (state);
  start_step (step);
}

/* --- A new request -------------------------------------------------------------------------------------------------------------- */

/* Outlives the transaction, because the key of the new request is in it. */
typedef struct
{
  EntFundingPage   *page;   /* (owned): main thread only, as is the dialog */
  EntFundingDialog *dialog; /* (owned) */
  EntFundAsk        ask;
  char             *title;
  char             *outcome;
  EntKey            request;
} Asked;

static void
asked_clear (gpointer data)
{
  Asked *self = data;

  g_free (self->title);
  g_free (self->outcome);
}

static void
asked_release (gpointer asked_for)
{
  g_atomic_rc_box_release_full (asked_for, asked_clear);
}

static gboolean
ask_cb (EntTransaction  *transaction,
        gpointer         user_data,
        GError         **error)
{
  Asked *asked_for = user_data;

  asked_for->request = ent_fund_ask (transaction, &asked_for->ask, error);
  return asked_for->request != 0;
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Asked *asked_for = user_data;
  g_autoptr (EntFundingPage) page = asked_for->page;
  g_autoptr (EntFundingDialog) dialog = asked_for->dialog;
  g_autoptr (GError) error = NULL;

  ent_context_write_finish (ENT_CONTEXT (object), result, &error);
  ent_funding_dialog_done (dialog, error);
  if (error == NULL && page->board != NULL)
    ent_funding_page_open (page, asked_for->request);
  asked_release (asked_for);
}

static void
ask_confirmed_cb (EntFundingDialog *dialog,
                  EntRecord        *record,
                  gpointer          user_data)
{
  EntFundingPage *self = user_data;
  Asked *asked_for = g_atomic_rc_box_new0 (Asked);
  const EntValue *amount = ent_record_get_named (record, "requested");

  asked_for->title = g_strdup (ent_record_get_text (record, "title"));
  asked_for->outcome = g_strdup (ent_record_get_text (record, "desired_outcome"));
  asked_for->ask = (EntFundAsk) {
    .program = ent_record_get_ref (record, "program"),
    .partner = ent_record_get_ref (record, "partner"),
    .amount = amount->integer,
    .cost = ent_record_get_named (record, "total_cost")->integer,
    .title = asked_for->title,
    .outcome = asked_for->outcome,
    .campaign = ent_record_get_ref (record, "campaign"),
    .deal = ent_record_get_ref (record, "deal"),
    .by = ent_record_get_ref (record, "requested_by"),
    .start = ent_record_get_int (record, "activity_start", 0),
    .end = ent_record_get_int (record, "activity_end", 0),
  };
  g_strlcpy (asked_for->ask.currency, ent_value_is_null (amount)
                                        ? ent_context_get_currency (ent_page_get_context (ENT_PAGE (self)))
                                        : amount->currency, sizeof asked_for->ask.currency);
  asked_for->page = g_object_ref (self);
  asked_for->dialog = g_object_ref (dialog);
  ent_context_write_async (ent_page_get_context (ENT_PAGE (self)), _("Request funds"), FALSE, ask_cb,
                           g_atomic_rc_box_acquire (asked_for), asked_release, NULL, asked_cb, asked_for);
}

void
ent_funding_page_ask (EntFundingPage *self)
{
  static const char * const fields[] = { "title", "partner", "program", "requested", "total_cost", "desired_outcome",
                                         "campaign", "deal", "activity_start", "activity_end", "requested_by", NULL };
  EntStore *store = ent_page_get_store (ENT_PAGE (self));
  EntRecord *record = ent_record_new (ent_store_get_record_type (store, "funding"));
  GPtrArray *programs = self->data != NULL ? ent_fund_book_get_programs (self->data->book) : NULL;

  if (programs != NULL && programs->len > 0)
    {
      g_auto (EntValue) first = ENT_VALUE_INIT;

      ent_value_set_int (&first, ent_record_get_key (g_ptr_array_index (programs, 0)));
      ent_record_take (record, ent_record_type_lookup (ent_record_get_record_type (record), "program")->index, &first);
    }
  ent_funding_dialog_present (GTK_WIDGET (self), ent_page_get_context (ENT_PAGE (self)), _("New Request"), _("Request"),
                              NULL, record, fields, ask_confirmed_cb, g_object_ref (self), g_object_unref);
}
