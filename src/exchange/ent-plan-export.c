/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-plan-export.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "exchange/ent-csv-writer.h"

/* An iCalendar line is at most 75 bytes long, without its end. */
#define ICS_LINE 75

static char *
dup_owner (EntStore  *store,
           EntRecord *record)
{
  EntKey owner = ent_record_get_ref (record, "owner");

  return owner != 0 ? ent_store_dup_title (store, owner) : NULL;
}

static char *
write_date (gint64 day)
{
  return day != ENT_ONBOARD_NO_DATE ? ent_date_write (day) : NULL;
}

static gboolean
write_file (const char *path,
            GString    *text,
            GError    **error)
{
  g_autoptr (EntSafeFile) file = ent_safe_file_new (path, error);

  if (file == NULL)
    return FALSE;
  ent_safe_file_write (file, text->str, text->len);
  return ent_safe_file_close (file, error);
}

/* --- Markdown ---------------------------------------------------------------------------------------------- */

/* One line, with what Markdown would take for markup kept as text. */
static void
append_plain (GString    *out,
              const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    {
      if (strchr ("\\`*_[]<>#|", *c) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *c == '\n' || *c == '\r' ? ' ' : *c);
    }
}

static void
append_item (GString              *out,
             EntStore             *store,
             const EntOnboardItem *item)
{
  g_autofree char *owner = dup_owner (store, item->record);
  g_autofree char *due = item->due != ENT_ONBOARD_NO_DATE ? ent_date_display (item->due, ENT_DISPLAY_SHORT) : NULL;

  g_string_append_printf (out, "- [%s] ", item->is_done ? "x" : " ");
  if (item->is_gate)
    g_string_append_printf (out, "**%s** ", _("Gate:"));
  append_plain (out, item->title);
  if (due != NULL)
    g_string_append_printf (out, ", %s", due);
  if (owner != NULL)
    {
      g_string_append (out, ", ");
      append_plain (out, owner);
    }
  if (!item->is_done && !item->is_open)
    g_string_append_printf (out, " (%s)", _("dropped"));
  if (item->slip > 0 && item->is_open)
    g_string_append_printf (out, _(" (+%d d)"), item->slip);
  g_string_append_c (out, '\n');
}

static gboolean
export_markdown (EntStore            *store,
                 const EntOnboardRun *run,
                 const char          *path,
                 GError             **error)
{
  g_autoptr (GString) out = g_string_new ("# ");
  g_autofree char *day = ent_onboard_run_dup_day (run);

  append_plain (out, ent_record_get_title (run->plan));
  g_string_append_printf (out, "\n\n%s · %d %%", day, run->progress);
  if (run->slip > 0)
    g_string_append_printf (out, _(" · +%d d"), run->slip);
  g_string_append_c (out, '\n');
  for (guint i = 0; i < run->items->len; i++)
    {
      const EntOnboardItem *item = ent_onboard_run_get (run, i);
      const EntOnboardItem *before = i > 0 ? ent_onboard_run_get (run, i - 1) : NULL;

      if (before == NULL || !g_str_equal (before->phase, item->phase))
        {
          g_string_append (out, "\n## ");
          append_plain (out, *item->phase != '\0' ? item->phase : _("Other"));
          g_string_append_c (out, '\n');
        }
      if (*item->section != '\0' && (before == NULL || !g_str_equal (before->section, item->section)))
        {
          g_string_append (out, "\n### ");
          append_plain (out, item->section);
          g_string_append (out, "\n\n");
        }
      append_item (out, store, item);
    }
  return write_file (path, out, error);
}

/* --- CSV --------------------------------------------------------------------------------------------------- */

static gboolean
export_csv (EntStore            *store,
            const EntOnboardRun *run,
            const char          *path,
            GError             **error)
{
  static const char * const header[] = { "code", "phase", "section", "item", "type", "status", "target", "due", "done_on",
                                         "slip_days", "owner" };
  g_autoptr (EntCsvWriter) writer = ent_csv_writer_new (path, FALSE, error);

  if (writer == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (header); i++)
    ent_csv_writer_add (writer, header[i], -1);
  ent_csv_writer_end_row (writer);
  for (guint i = 0; i < run->items->len; i++)
    {
      const EntOnboardItem *item = ent_onboard_run_get (run, i);
      g_autofree char *target = write_date (item->target);
      g_autofree char *due = write_date (item->due);
      g_autofree char *done_on = write_date (item->done_on);
      g_autofree char *slip = g_strdup_printf ("%d", item->slip);
      g_autofree char *owner = dup_owner (store, item->record);

      ent_csv_writer_add (writer, ent_record_get_code (item->record), -1);
      ent_csv_writer_add_text (writer, item->phase);
      ent_csv_writer_add_text (writer, item->section);
      ent_csv_writer_add_text (writer, item->title);
      ent_csv_writer_add_text (writer, item->type);
      ent_csv_writer_add_text (writer, item->status);
      ent_csv_writer_add (writer, target, -1);
      ent_csv_writer_add (writer, due, -1);
      ent_csv_writer_add (writer, done_on, -1);
      ent_csv_writer_add (writer, slip, -1);
      ent_csv_writer_add_text (writer, owner);
      ent_csv_writer_end_row (writer);
    }
  return ent_csv_writer_close (writer, error);
}

/* --- iCalendar ------------------------------------------------------------------------------------------------ */

/* Folds a content line at characters, not inside one. */
static void
append_line (GString    *out,
             const char *line)
{
  gsize room = ICS_LINE;

  for (const char *c = line; *c != '\0'; c = g_utf8_next_char (c))
    {
      gsize length = (gsize) (g_utf8_next_char (c) - c);

      if (length > room)
        {
          g_string_append (out, "\r\n ");
          room = ICS_LINE - 1;
        }
      g_string_append_len (out, c, (gssize) length);
      room -= length;
    }
  g_string_append (out, "\r\n");
}

static void
append_text (GString    *out,
             const char *name,
             const char *text)
{
  g_autoptr (GString) line = g_string_new (name);

  g_string_append_c (line, ':');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '\n')
        g_string_append (line, "\\n");
      else if ((guchar) *c >= ' ')
        {
          if (strchr ("\\;,", *c) != NULL)
            g_string_append_c (line, '\\');
          g_string_append_c (line, *c);
        }
    }
  append_line (out, line->str);
}

static void
append_day (GString    *out,
            const char *name,
            gint64      day)
{
  int year, month, mday;

  ent_date_to_ymd (day, &year, &month, &mday);
  g_string_append_printf (out, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, year, month, mday);
}

static void
append_event (GString              *out,
              const EntOnboardRun  *run,
              const EntOnboardItem *item)
{
  g_autofree char *summary = g_strdup_printf ("%s: %s", ent_record_get_title (run->plan), item->title);
  const char *note = ent_record_get_text (item->record, "note");
  int year, month, day;
  char id[ENT_ID_TEXT_LENGTH + 1];

  ent_id_to_text (ent_record_get_id (item->record), id);
  ent_date_to_ymd (run->today, &year, &month, &day);
  g_string_append_printf (out, "BEGIN:VEVENT\r\nUID:%s@entente\r\nDTSTAMP:%04d%02d%02dT000000Z\r\n", id, year, month, day);
  append_day (out, "DTSTART", item->due);
  append_day (out, "DTEND", item->due + 1);
  append_text (out, "SUMMARY", summary);
  if (note != NULL)
    append_text (out, "DESCRIPTION", note);
  g_string_append (out, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

static gboolean
export_calendar (EntStore            *store,
                 const EntOnboardRun *run,
                 const char          *path,
                 GError             **error)
{
  g_autoptr (GString) out = g_string_new ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Entente//Plan//EN\r\n");

  for (guint i = 0; i < run->items->len; i++)
    {
      const EntOnboardItem *item = ent_onboard_run_get (run, i);

      if (item->is_open && item->due != ENT_ONBOARD_NO_DATE)
        append_event (out, run, item);
    }
  g_string_append (out, "END:VCALENDAR\r\n");
  return write_file (path, out, error);
}

gboolean
ent_plan_export (EntStore            *store,
                 const EntOnboardRun *run,
                 const char          *path,
                 GError             **error)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  if (g_str_has_suffix (lower, ".md"))
    return export_markdown (store, run, path, error);
  if (g_str_has_suffix (lower, ".csv"))
    return export_csv (store, run, path, error);
  if (g_str_has_suffix (lower, ".ics"))
    return export_calendar (store, run, path, error);
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_INVALID,
               _("The name of “%s” must end in .md, .csv or .ics."), path);
  return FALSE;
}
