/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-level-replay.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rules/ent-level-private.h"
#include "rules/ent-rules.h"

typedef struct
{
  const char     *metric; /* interned */
  EntMetricValue  value;  /* its words are the replay's */
} Given;

typedef struct
{
  gint64  day;
  char   *subject;
  char   *title;
  GArray *values; /* of Given */
  guint   number; /* in the order of the file */
} Row;

/* Where a subject stands between snapshots. */
typedef struct
{
  EntKey level;
  char  *title;
  gint64 day;    /* of the last snapshot it was in; G_MININT64: not yet */
  gboolean is_in;
} Member;

struct _EntReplay
{
  EntProgram      *program;
  const EntLadder *ladder;
  GPtrArray       *rows;
  GStringChunk    *words;
  GHashTable      *members; /* subject → Member */
  GPtrArray       *changes;
};

/* --- Life -------------------------------------------------------------------------------------------------- */

static void
row_free (gpointer data)
{
  Row *self = data;

  g_free (self->subject);
  g_free (self->title);
  g_array_unref (self->values);
  g_free (self);
}

static void
member_free (gpointer data)
{
  g_free (((Member *) data)->title);
  g_free (data);
}

static void
change_free (gpointer data)
{
  EntLevelChange *self = data;

  g_free (self->subject);
  g_free (self->title);
  g_free (self->reason);
  g_free (self);
}

EntReplay *
ent_replay_new (EntProgram      *program,
                const EntLadder *ladder)
{
  EntReplay *self = g_new0 (EntReplay, 1);

  self->program = ent_program_ref (program);
  self->ladder = ladder;
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->words = g_string_chunk_new (4096);
  return self;
}

void
ent_replay_free (EntReplay *self)
{
  ent_program_unref (self->program);
  g_ptr_array_unref (self->rows);
  g_string_chunk_free (self->words);
  g_clear_pointer (&self->members, g_hash_table_unref);
  g_free (self);
}

/* --- The series --------------------------------------------------------------------------------------------- */

void
ent_replay_add (EntReplay  *self,
                gint64      day,
                const char *subject,
                const char *title)
{
  Row *row = g_new0 (Row, 1);

  row->day = day;
  row->subject = g_strdup (subject);
  row->title = g_strdup (title);
  row->values = g_array_new (FALSE, FALSE, sizeof (Given));
  row->number = self->rows->len;
  g_ptr_array_add (self->rows, row);
}

/* The unit that the ladder's rules compare the metric in. */
static gboolean
find_unit (EntReplay  *self,
           const char *metric,
           EntUnit    *unit)
{
  GPtrArray *rules = ent_program_get_rules (self->program);

  for (guint i = 0; i < rules->len; i++)
    {
      const EntProgramRule *rule = g_ptr_array_index (rules, i);

      if (rule->metric == metric && (rule->definition->parent == self->ladder->program))
        {
          *unit = rule->operator == ENT_OPERATOR_ONE_OF ? ENT_UNIT_TEXT : rule->unit;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
read_number (const char      *text,
             EntFieldType     type,
             EntMetricValue  *value,
             GError         **error)
{
  EntFieldInfo info = { .name = "value", .type = type, .label = "Value" };
  EntField field = { .info = info };
  EntReadContext context = { 0 };
  g_auto (EntValue) read = ENT_VALUE_INIT;

  if (!ent_value_read (&field, text, &context, &read, error))
    return FALSE;
  value->is_known = !ent_value_is_null (&read);
  value->number = read.integer;
  if (read.kind == ENT_VALUE_MONEY)
    {
      memcpy (value->sums[0].currency, read.currency, sizeof read.currency);
      value->sums[0].amount = read.integer;
      value->n_sums = 1;
    }
  return TRUE;
}

gboolean
ent_replay_set (EntReplay   *self,
                const char  *metric,
                const char  *text,
                GError     **error)
{
  Row *row = self->rows->len > 0 ? g_ptr_array_index (self->rows, self->rows->len - 1) : NULL;
  Given given = { g_intern_string (metric), { 0 } };
  EntUnit unit;

  g_return_val_if_fail (row != NULL, FALSE);
  if (!find_unit (self, given.metric, &unit))
    {
      g_set_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED,
                   _("No rule of %s asks for “%s”; name a metric of its requirements."), self->ladder->title, metric);
      return FALSE;
    }
  given.value.unit = unit;
  given.value.last = row->day;
  if (text != NULL && *text != '\0')
    {
      if (unit == ENT_UNIT_TEXT)
        {
          given.value.is_known = TRUE;
          given.value.words = g_string_chunk_insert_const (self->words, text);
        }
      else if (!read_number (text, unit == ENT_UNIT_MONEY ? ENT_FIELD_MONEY : unit == ENT_UNIT_PERCENT
                                   ? ENT_FIELD_PERCENT : ENT_FIELD_SCORE, &given.value, error))
        return FALSE;
    }
  g_array_append_val (row->values, given);
  return TRUE;
}

/* --- Levels of a row ------------------------------------------------------------------------------------------ */

static void
fill_result (const Row     *row,
             EntRuleResult *result)
{
  memset (&result->value, 0, sizeof result->value);
  result->value.last = G_MININT64;
  result->value.unit = result->rule->unit;
  for (guint i = 0; i < row->values->len; i++)
    {
      const Given *given = &g_array_index (row->values, Given, i);

      if (given->metric == result->rule->metric)
        result->value = given->value;
    }
  result->met = ent_rule_test (result->rule, &result->value, result->threshold);
}

static GArray *
get_results (EntReplay *self,
             const Row *row,
             EntKey     level)
{
  GArray *results = levels_make_results (self->program, level, -1, row->day);

  for (guint i = 0; i < results->len; i++)
    fill_result (row, &g_array_index (results, EntRuleResult, i));
  return results;
}

/* Place on the ladder; the number of levels when none is reached. */
static guint
find_place (EntReplay *self,
            const Row *row)
{
  for (guint i = 0; i < self->ladder->levels->len; i++)
    {
      const EntDefinition *level = g_ptr_array_index (self->ladder->levels, i);
      g_autoptr (GArray) results = get_results (self, row, level->key);
      gboolean is_met = ent_definition_is_in_force (level, row->day);

      for (guint r = 0; r < results->len && is_met; r++)
        {
          const EntRuleResult *result = &g_array_index (results, EntRuleResult, r);

          is_met = result->met == ENT_MET_YES || !result->rule->mandatory;
        }
      if (is_met)
        return i;
    }
  return self->ladder->levels->len;
}

static guint
get_place (EntReplay *self,
           EntKey     level)
{
  guint i = 0;

  while (i < self->ladder->levels->len &&
         ((const EntDefinition *) g_ptr_array_index (self->ladder->levels, i))->key != level)
    i++;
  return i;
}

static EntKey
get_level (EntReplay *self,
           guint      place)
{
  return place < self->ladder->levels->len
         ? ((const EntDefinition *) g_ptr_array_index (self->ladder->levels, place))->key : 0;
}

static const char *
get_title (EntReplay *self,
           EntKey     level)
{
  const EntDefinition *definition = level != 0 ? ent_program_get_definition (self->program, level) : NULL;

  return definition != NULL ? definition->title : _("No level");
}

/* --- Changes ---------------------------------------------------------------------------------------------------- */

/* What the rules of a level say, of one outcome: "Membership: Gold of exactly Platinum". */
static char *
list_results (EntReplay *self,
              const Row *row,
              EntKey     level,
              gboolean   met)
{
  g_autoptr (GArray) results = get_results (self, row, level);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < results->len; i++)
    {
      const EntRuleResult *result = &g_array_index (results, EntRuleResult, i);
      g_autofree char *value = NULL;

      if ((result->met == ENT_MET_YES) != met || !result->rule->mandatory)
        continue;
      value = ent_rule_result_describe (result);
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "; " : "", result->rule->definition->title, value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_change (EntReplay          *self,
            gint64              day,
            EntLevelChangeKind  kind,
            const char         *subject,
            const char         *title,
            EntKey              from,
            EntKey              to,
            char               *reason)
{
  EntLevelChange *change = g_new0 (EntLevelChange, 1);

  change->day = day;
  change->kind = kind;
  change->subject = g_strdup (subject);
  change->title = g_strdup (title);
  change->from = from;
  change->to = to;
  change->reason = reason;
  g_ptr_array_add (self->changes, change);
}

static void
move_member (EntReplay *self,
             Member    *member,
             const Row *row,
             guint      place)
{
  EntKey to = get_level (self, place);
  gboolean is_up = place < get_place (self, member->level);
  g_autofree char *list = list_results (self, row, is_up ? to : member->level, is_up);

  add_change (self, row->day, is_up ? ENT_LEVEL_CHANGE_UPGRADED : ENT_LEVEL_CHANGE_DOWNGRADED, row->subject,
              row->title, member->level, to,
              is_up ? g_strdup_printf (_("All requirements of %s are met (%s)."), get_title (self, to), list)
                    : g_strdup_printf (_("%s is no longer met (%s)."), get_title (self, member->level), list));
  member->level = to;
}

static void
enter_member (EntReplay *self,
              Member    *member,
              const Row *row,
              guint      place,
              gboolean   is_first)
{
  EntKey to = get_level (self, place);
  g_autofree char *list = to != 0 ? list_results (self, row, to, TRUE) : NULL;
  gboolean returns = member->day != G_MININT64;

  if (!is_first)
    add_change (self, row->day, returns ? ENT_LEVEL_CHANGE_RETURNED : ENT_LEVEL_CHANGE_JOINED, row->subject,
                row->title, 0, to,
                to == 0 ? g_strdup (_("Listed, but no level is met."))
                        : g_strdup_printf (_("Listed; all requirements of %s are met (%s)."), get_title (self, to),
                                           list));
  member->level = to;
  member->is_in = TRUE;
}

static void
visit (EntReplay *self,
       const Row *row,
       guint      place,
       gboolean   is_first)
{
  Member *member = g_hash_table_lookup (self->members, row->subject);

  if (member == NULL)
    {
      member = g_new0 (Member, 1);
      member->day = G_MININT64;
      g_hash_table_insert (self->members, row->subject, member);
    }
  if (!member->is_in)
    enter_member (self, member, row, place, is_first);
  else if (get_level (self, place) != member->level)
    move_member (self, member, row, place);
  member->day = row->day;
  g_set_str (&member->title, row->title);
}

static int
compare_subjects (gconstpointer a,
                  gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

static void
leave_missing (EntReplay *self,
               gint64     day)
{
  g_autofree gpointer *keys = g_hash_table_get_keys_as_array (self->members, NULL);
  g_autofree char *text = ent_date_display (day, ENT_DISPLAY_SHORT);
  guint n = g_hash_table_size (self->members);

  qsort (keys, n, sizeof (gpointer), compare_subjects);
  for (guint i = 0; i < n; i++)
    {
      Member *member = g_hash_table_lookup (self->members, keys[i]);
      g_autofree char *last = NULL;

      if (!member->is_in || member->day == day)
        continue;
      last = ent_date_display (member->day, ENT_DISPLAY_SHORT);
      add_change (self, day, ENT_LEVEL_CHANGE_LEFT, keys[i], member->title, member->level, 0,
                  g_strdup_printf (_("Not listed on %s; last listed on %s."), text, last));
      member->is_in = FALSE;
      member->level = 0;
    }
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *first = *(Row * const *) a, *second = *(Row * const *) b;
  int subjects;

  if (first->day != second->day)
    return first->day < second->day ? -1 : 1;
  subjects = strcmp (first->subject, second->subject);
  return subjects != 0 ? subjects : first->number < second->number ? -1 : 1;
}

GPtrArray *
ent_replay_run (EntReplay *self)
{
  self->changes = g_ptr_array_new_with_free_func (change_free);
  g_clear_pointer (&self->members, g_hash_table_unref);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, member_free);
  g_ptr_array_sort (self->rows, compare_rows);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = g_ptr_array_index (self->rows, i), *best = row;
      const Row *next = i + 1 < self->rows->len ? g_ptr_array_index (self->rows, i + 1) : NULL;
      guint place = find_place (self, row);

      for (; next != NULL && next->day == row->day && g_str_equal (next->subject, row->subject); i++)
        {
          guint other = find_place (self, next);

          if (other < place)
            {
              place = other;
              best = next;
            }
          next = i + 2 < self->rows->len ? g_ptr_array_index (self->rows, i + 2) : NULL;
        }
      visit (self, best, place, row->day == ((const Row *) g_ptr_array_index (self->rows, 0))->day);
      if (next == NULL || next->day != row->day)
        leave_missing (self, row->day);
    }
  return g_steal_pointer (&self->changes);
}

/* --- Words --------------------------------------------------------------------------------------------------------- */

const char *
ent_level_change_kind_name (EntLevelChangeKind kind)
{
  static const char * const names[] = { "joined", "returned", "upgraded", "downgraded", "left" };

  return names[kind];
}

const char *
ent_level_change_kind_label (EntLevelChangeKind kind)
{
  static const char * const labels[] =
    { N_("Joined"), N_("Returned"), N_("Upgraded"), N_("Downgraded"), N_("Left") };

  return _(labels[kind]);
}
