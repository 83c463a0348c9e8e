/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-actions.h"

#include "model/ent-value.h"

#include <glib/gi18n.h>

#define GENERAL N_("General")
#define PAGES N_("Pages")
#define RECORDS N_("Records")
#define WORKSPACE N_("Workspace")

static const EntActionInfo actions[] = {
  { "win.palette", N_("Find Anything"), "<Control>k", GENERAL, N_("search palette command"), TRUE },
  { "win.undo", N_("Undo"), "<Control>z", GENERAL, N_("take back"), FALSE },
  { "win.redo", N_("Redo"), "<Control><Shift>z <Control>y", GENERAL, NULL, FALSE },
  { "app.preferences", N_("Preferences"), "<Control>comma", GENERAL,
    N_("settings options dark style currency author"), FALSE },
  { "win.shortcuts", N_("Keyboard Shortcuts"), "<Control>question", GENERAL, N_("keys help"), FALSE },
  { "app.about", N_("About Entente"), NULL, GENERAL, N_("version credits licence"), FALSE },
  { "win.main-menu", N_("Main Menu"), "F10", GENERAL, NULL, TRUE },
  { "app.new-window", N_("New Window"), "<Control><Shift>n", GENERAL, NULL, FALSE },
  { "win.close", N_("Close Window"), "<Control>w", GENERAL, NULL, TRUE },
  { "app.quit", N_("Quit"), "<Control>q", GENERAL, N_("exit close"), FALSE },

  { "page.find", N_("Search This Page"), "<Control>f", PAGES, N_("find filter"), FALSE },
  { "page.refresh", N_("Refresh"), "F5 <Control>r", PAGES, N_("reload"), FALSE },
  { "win.back", N_("Back"), "<Alt>Left Back", PAGES, NULL, TRUE },
  { "win.show-sidebar", N_("Go to the Sidebar"), "F9", PAGES, N_("pages navigation"), TRUE },

  { "page.new", N_("New Record"), "<Control>n", RECORDS, N_("add create"), FALSE },
  { "page.edit", N_("Edit"), "F2", RECORDS, N_("change"), FALSE },
  { "page.next-step", N_("Next Step"), "<Control>Return", RECORDS, N_("move submit approve claim pay"), FALSE },
  { "page.delete", N_("Delete"), "Delete", RECORDS, N_("remove bin trash"), FALSE },
  { "page.select-all", N_("Select All"), "<Control>a", RECORDS, NULL, FALSE },
  { "page.import", N_("Import…"), "<Control>i", RECORDS, N_("csv spreadsheet table file"), FALSE },
  { "page.export", N_("Export…"), "<Control>e", RECORDS, N_("csv spreadsheet table file save"), FALSE },

  /* What single pages do, to be found by name while they are shown. */
  { "page.move-item", N_("Move Item…"), NULL, RECORDS, N_("reschedule date later"), FALSE },
  { "page.activate", N_("Make Partner Active"), NULL, RECORDS, N_("lifecycle onboarding over"), FALSE },
  { "page.take-over", N_("Take Template Over…"), NULL, RECORDS, N_("differences changed"), FALSE },
  { "page.cancel-plan", N_("Cancel Plan"), NULL, RECORDS, N_("stop"), FALSE },
  { "page.register", N_("Register Deal"), NULL, RECORDS, N_("submit registration claim"), FALSE },
  { "page.accept", N_("Accept Registration"), NULL, RECORDS, N_("approve claim"), FALSE },
  { "page.reject", N_("Reject Registration"), NULL, RECORDS, N_("decline claim"), FALSE },
  { "page.withdraw", N_("Withdraw Registration"), NULL, RECORDS, N_("claim"), FALSE },
  { "page.renew", N_("Renew Registration…"), NULL, RECORDS, N_("extend proof claim"), FALSE },
  { "page.reopen", N_("Reopen Registration…"), NULL, RECORDS, N_("expired claim"), FALSE },
  { "page.settle", N_("Resolve Conflict…"), NULL, RECORDS, N_("settle registration channel"), FALSE },
  { "page.new-campaign", N_("New Campaign"), NULL, RECORDS, N_("marketing"), FALSE },
  { "page.expire", N_("Expire Overdue Requests"), NULL, RECORDS, N_("funding claims"), FALSE },
  { "page.move-meeting", N_("Move the Meeting…"), NULL, RECORDS, N_("reschedule review"), FALSE },
  { "page.add-ask", N_("Add an Ask"), NULL, RECORDS, N_("review wish"), FALSE },
  { "page.add-risk", N_("Add a Risk"), NULL, RECORDS, N_("review danger"), FALSE },
  { "page.add-decision", N_("Note a Decision"), NULL, RECORDS, N_("meeting minutes"), FALSE },
  { "page.add-action", N_("Agree on an Action"), NULL, RECORDS, N_("meeting minutes task to do"), FALSE },
  { "page.signers", N_("Choose Who Signs…"), NULL, RECORDS, N_("sign-off signers signature"), FALSE },
  { "page.mail", N_("Mail the Pre-Read…"), NULL, RECORDS, N_("email send"), FALSE },
  { "page.calendar", N_("Save Calendar File…"), NULL, RECORDS, N_("ics meeting"), FALSE },
  { "page.cancel-review", N_("Cancel Review"), NULL, RECORDS, N_("stop"), FALSE },
  { "page.print", N_("Print…"), NULL, RECORDS, N_("paper pdf"), FALSE },
  { "page.open-partner", N_("Open Partner"), NULL, RECORDS, NULL, FALSE },
  { "page.open-fields", N_("All Fields and History"), NULL, RECORDS, N_("record profile"), FALSE },
  { "page.open-plan", N_("Open Plan Record"), NULL, RECORDS, N_("fields history"), FALSE },
  { "record.add-activity", N_("Add Activity…"), NULL, RECORDS, N_("meeting call note"), FALSE },
  { "record.add-link", N_("Add Link…"), NULL, RECORDS, N_("relation connect"), FALSE },
  { "record.show-on-map", N_("Show on Map"), NULL, RECORDS, N_("ecosystem"), FALSE },
  { "record.delete", N_("Delete Record"), NULL, RECORDS, N_("remove bin"), FALSE },

  { "win.level-review", N_("Level Review"), NULL, RECORDS,
    N_("levels upgrade downgrade approve promote tiers recalibrate"), FALSE },

  { "win.new-workspace", N_("New Workspace…"), NULL, WORKSPACE, N_("create file"), FALSE },
  { "win.open-workspace", N_("Open Workspace…"), "<Control>o", WORKSPACE, N_("file switch"), FALSE },
  { "win.sample-workspace", N_("Open the Sample Workspace"), NULL, WORKSPACE, N_("demo example try"),
    FALSE },
  { "win.back-up", N_("Back Up Now"), NULL, WORKSPACE, N_("backup copy save"), FALSE },
  { "win.workspace-settings", N_("Workspace Settings"), NULL, WORKSPACE,
    N_("name title currency author backups recovery key"), FALSE },
  { "win.close-workspace", N_("Lock and Close Workspace"), "<Control>l", WORKSPACE, N_("lock"), FALSE },
};

const EntActionInfo *
ent_actions_get (guint *n)
{
  *n = G_N_ELEMENTS (actions);
  return actions;
}

const EntActionInfo *
ent_actions_lookup (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name))
      return &actions[i];
  return NULL;
}

char *
ent_action_info_dup_shortcut_label (const EntActionInfo *self)
{
  g_auto (GStrv) shortcuts = NULL;
  guint key;
  GdkModifierType modifiers;

  if (self->shortcut == NULL)
    return NULL;
  shortcuts = g_strsplit (self->shortcut, " ", 2);
  if (!gtk_accelerator_parse (shortcuts[0], &key, &modifiers))
    return NULL;
  return gtk_accelerator_get_label (key, modifiers);
}

/* --- Fuzzy matching --------------------------------------------------------------------------------- */

enum
{
  SCORE_LETTER = 1,
  SCORE_IN_A_ROW = 4,
  SCORE_WORD_START = 6,
  SCORE_FIRST = 8,
};

/* Greedy, but a letter at the start of a word is worth waiting for: tried first, then any place. */
static int
score_from (const char *text,
            const char *candidate,
            gsize       at,
            gboolean    in_a_row)
{
  int best = 0;

  if (*text == '\0')
    return 1;
  for (gsize i = at; candidate[i] != '\0'; i++)
    {
      gboolean word_start = i == 0 || candidate[i - 1] == ' ';
      int score, rest;

      if (candidate[i] != *text)
        continue;
      /* Letters inside a word have to go on from one that was matched, or anything would fit. */
      if (!word_start && !(in_a_row && i == at))
        continue;
      rest = score_from (text + 1, candidate, i + 1, TRUE);
      if (rest == 0)
        continue;
      score = SCORE_LETTER + rest;
      if (i == 0)
        score += SCORE_FIRST;
      else if (word_start)
        score += SCORE_WORD_START;
      if (in_a_row && i == at)
        score += SCORE_IN_A_ROW;
      best = MAX (best, score);
    }
  return best;
}

int
ent_fuzzy_score (const char *text,
                 const char *candidate)
{
  g_autofree char *needle = ent_text_key (text);
  g_autofree char *hay = ent_text_key (candidate);
  g_auto (GStrv) words = g_strsplit (needle, " ", -1);
  g_autofree char *joined = g_strjoinv ("", words);
  int score;

  if (*joined == '\0')
    return 1;
  /* What nobody types to find an action is cut short, which also bounds the work. */
  if (strlen (joined) > 40)
    return 0;
  score = score_from (joined, hay, 0, FALSE);
  return score > 0 ? score * 16 + MAX (0, 15 - (int) strlen (hay) / 4) : 0;
}
