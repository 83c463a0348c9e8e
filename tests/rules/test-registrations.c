/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registrations: how long they hold, how they move, conflicts. */
#include "config.h"

#include "rules/deals-fixture.h"

static gboolean
renew_cb (EntTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Change *change = data;

  return ent_registration_renew (transaction, change->deal, change->other, change->day, error);
}

static gboolean
reopen_cb (EntTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Change *change = data;

  return ent_registration_reopen (transaction, change->deal, change->other, change->day, error);
}

/* --- Registrations ------------------------------------------------------------------------------------------------ */

static void
test_a_registration_holds_for_90_days (Fixture       *f,
                                       gconstpointer  data)
{
  EntKey deal = add_deal (f, "Claims", "prospect", "1000 USD", 100);
  g_autoptr (EntDeals) deals = NULL;

  does (f, submit_cb, (Change) { .deal = deal, .other = f->premier });
  assert_text (f, deal, "registration_state", "submitted");
  g_assert_cmpint (get_int (f, deal, "expires_on"), ==, today + 90);
  deals = load (f);
  g_assert_cmpuint (ent_deals_lookup (deals, deal)->n_parties, ==, 1);
  g_assert_cmpint (ent_deals_lookup (deals, deal)->parties[0].share, ==, 1000000);
  refuses (f, submit_cb, (Change) { .deal = deal, .other = f->select }, ENT_RULE_ERROR_REFUSED, "Brightwater");
}

static void
test_states_follow_each_other (Fixture       *f,
                               gconstpointer  data)
{
  EntKey deal = add_deal (f, "Claims", "prospect", "1000 USD", 100);

  refuses (f, set_cb, (Change) { .deal = deal, .text = "registration_state", .reason = "renewed" },
           ENT_RULE_ERROR_REFUSED, "cannot become Renewed");
  refuses (f, set_cb, (Change) { .deal = deal, .text = "registration_state", .reason = "active" },
           ENT_RULE_ERROR_NEEDS_PARTNER, "partner");
  does (f, submit_cb, (Change) { .deal = deal, .other = f->premier });
  does (f, set_cb, (Change) { .deal = deal, .text = "registration_state", .reason = "active" });
  g_assert_cmpint (get_int (f, deal, "valid_at"), >, 0);
  g_assert_cmpint (get_int (f, deal, "approved_at"), >, 0);
  refuses (f, set_cb, (Change) { .deal = deal, .text = "registration_state", .reason = "rejected" },
           ENT_RULE_ERROR_REFUSED, "it can become Renewed, Withdrawn, Expired, Converted");
}

static void
test_renewal_needs_proof (Fixture       *f,
                          gconstpointer  data)
{
  EntKey deal = add_deal (f, "Claims", "prospect", "1000 USD", 100);
  EntKey proof = test_workspace_add (f->store, "document", "title=Minutes", "kind=evidence", NULL);

  does (f, submit_cb, (Change) { .deal = deal, .other = f->premier });
  refuses (f, renew_cb, (Change) { .deal = deal, .other = proof }, ENT_RULE_ERROR_REFUSED, "not active");
  does (f, set_cb, (Change) { .deal = deal, .text = "registration_state", .reason = "active" });
  refuses (f, renew_cb, (Change) { .deal = deal }, ENT_RULE_ERROR_NEEDS_PROOF, "proof");
  does (f, renew_cb, (Change) { .deal = deal, .other = proof });
  g_assert_cmpint (get_int (f, deal, "expires_on"), ==, today + 180);
  g_assert_cmpint (get_int (f, deal, "renewals"), ==, 1);
  refuses (f, renew_cb, (Change) { .deal = deal, .other = proof }, ENT_RULE_ERROR_NEEDS_PROOF, "before");
}

static void
test_expiry_and_reopening (Fixture       *f,
                           gconstpointer  data)
{
  EntKey deal = add_deal (f, "Claims", "prospect", "1000 USD", 100);
  EntKey manager = test_workspace_add (f->store, "person", "title=Max", "seniority=manager", NULL);
  EntKey president = test_workspace_add (f->store, "person", "title=Ana", "seniority=vp", NULL);
  g_autoptr (GError) error = NULL;
  int n;

  does (f, submit_cb, (Change) { .deal = deal, .other = f->premier });
  ent_registration_expire (f->store, today + 90, NULL, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 0);
  ent_registration_expire (f->store, today + 91, NULL, &n, &error);
  g_assert_cmpint (n, ==, 1);
  assert_text (f, deal, "registration_state", "expired");
  refuses (f, set_cb, (Change) { .deal = deal, .text = "registration_state", .reason = "active" },
           ENT_RULE_ERROR_NEEDS_APPROVAL, "name who approved it");
  refuses (f, reopen_cb, (Change) { .deal = deal, .other = manager }, ENT_RULE_ERROR_NEEDS_APPROVAL, "Max");
  does (f, reopen_cb, (Change) { .deal = deal, .other = president });
  assert_text (f, deal, "registration_state", "active");
  g_assert_cmpint (get_int (f, deal, "expires_on"), ==, today + 90);
  /* Step by step back. */
  ent_transaction_info_free (ent_store_undo (f->store, 0, NULL, &error));
  assert_text (f, deal, "registration_state", "expired");
  ent_transaction_info_free (ent_store_undo (f->store, 0, NULL, &error));
  assert_text (f, deal, "registration_state", "submitted");
  g_assert_no_error (error);
  /* An approval counts once. */
  g_assert_true (ent_registration_expire (f->store, today + 91, NULL, NULL, &error));
  does (f, reopen_cb, (Change) { .deal = deal, .other = president });
  g_assert_true (ent_registration_expire (f->store, today + 200, NULL, NULL, &error));
  refuses (f, set_cb, (Change) { .deal = deal, .text = "registration_state", .reason = "active" },
           ENT_RULE_ERROR_NEEDS_APPROVAL, "approved");
}

static void
test_conflicts_are_decided_by_level_then_time (Fixture       *f,
                                               gconstpointer  data)
{
  EntKey first = add_deal (f, "First", "prospect", "1000 USD", 100);
  EntKey second = add_deal (f, "Second", "prospect", "1000 USD", 100);
  EntKey third = add_deal (f, "Third", "prospect", "1000 USD", 100);
  EntKey other = test_workspace_add (f->store, "offering", "title=Vault", "kind=product", NULL);
  g_autofree char *product = g_strdup_printf ("offering=Flow");
  g_autoptr (EntDeals) deals = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  const EntDealConflict *conflict;

  test_workspace_set (f->store, first, product, NULL);
  test_workspace_set (f->store, third, "offering=Vault", NULL);
  g_assert_cmpint (other, !=, 0);
  does (f, submit_cb, (Change) { .deal = first, .other = f->select });
  does (f, set_cb, (Change) { .deal = first, .text = "registration_state", .reason = "active" });
  /* The second names no product, so that it is about all; the third is about another one. */
  does (f, submit_cb, (Change) { .deal = second, .other = f->premier });
  does (f, submit_cb, (Change) { .deal = third, .other = f->select });
  deals = load (f);
  conflicts = ent_deals_find_conflicts (deals, ent_deals_lookup (deals, first));
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpint (conflict->winner, ==, second);
  g_assert_nonnull (strstr (conflict->reason, "Premier"));
  refuses (f, set_cb, (Change) { .deal = second, .text = "registration_state", .reason = "active" },
           ENT_RULE_ERROR_CONFLICT, "End that registration first");
  g_assert_cmpuint (ent_deals_get_n (deals), ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  program = test_workspace_new ();
  ent_program_defaults_install (program, NULL, &error);
  g_assert_no_error (error);
  ADD ("a-registration-holds-for-90-days", test_a_registration_holds_for_90_days);
  ADD ("states-follow-each-other", test_states_follow_each_other);
  ADD ("renewal-needs-proof", test_renewal_needs_proof);
  ADD ("expiry-and-reopening", test_expiry_and_reopening);
  ADD ("conflicts-are-decided-by-level-then-time", test_conflicts_are_decided_by_level_then_time);
  status = g_test_run ();
  test_workspace_free (program);
  return status;
}
