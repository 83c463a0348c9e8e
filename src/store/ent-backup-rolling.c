/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define INTERVAL (15 * 60)
#define DAY (24 * 60 * 60)
#define KEEP_ALL DAY
#define KEEP_DAILY (30 * DAY)
#define NAME_FORMAT "%Y%m%dT%H%M%SZ.entente"

/* Of each past day the last copy stays: it has most of that day's work. */
void
ent_rolling_choose (const gint64 *times,
                    gsize         n_times,
                    gint64        now,
                    gboolean     *drop)
{
  for (gsize i = 0; i < n_times; i++)
    {
      gint64 age = now - times[i];
      gboolean is_last_of_day = i + 1 == n_times || times[i + 1] / DAY != times[i] / DAY;

      drop[i] = age > KEEP_DAILY || (age > KEEP_ALL && !is_last_of_day);
    }
  /* However old it is, the latest copy is better than none. */
  if (n_times > 0)
    drop[n_times - 1] = FALSE;
}

static char *
make_name (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time);

  return g_date_time_format (date, NAME_FORMAT);
}

/* 0 for files that are not rolling copies: those are left alone. */
static gint64
read_name (const char *name)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *stamp = NULL;
  g_autofree char *again = NULL;

  if (strlen (name) < 16 || name[8] != 'T' || name[15] != 'Z')
    return 0;
  stamp = g_strndup (name, 16);
  date = g_date_time_new_from_iso8601 (stamp, NULL);
  if (date == NULL)
    return 0;
  again = g_date_time_format (date, NAME_FORMAT);
  return g_str_equal (again, name) ? g_date_time_to_unix (date) : 0;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static GArray *
list_times (const char *folder)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      gint64 time = read_name (name);

      if (time > 0)
        g_array_append_val (times, time);
    }
  g_array_sort (times, compare_times);
  return times;
}

/* When the workspace, or the log beside it, was last written; seconds since 1970. */
static gint64
last_write (EntStore *store)
{
  g_autofree char *log = g_strconcat (ent_store_get_path (store), "-wal", NULL);
  GStatBuf file_info;
  GStatBuf log_info;
  gint64 time = 0;

  if (g_stat (ent_store_get_path (store), &file_info) == 0)
    time = file_info.st_mtime;
  if (g_stat (log, &log_info) == 0)
    time = MAX (time, log_info.st_mtime);
  return time;
}

static void
remove_unwanted (const char *folder,
                 GArray     *times,
                 gint64      now)
{
  g_autofree gboolean *drop = g_new0 (gboolean, times->len + 1);

  ent_rolling_choose ((gint64 *) (gpointer) times->data, times->len, now, drop);
  for (guint i = 0; i < times->len; i++)
    {
      g_autofree char *name = make_name (g_array_index (times, gint64, i));
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (drop[i])
        g_unlink (path);
    }
}

gboolean
ent_store_rolling_backup (EntStore    *store,
                          const char  *folder,
                          gint64       now,
                          GError     **error)
{
  g_autoptr (GArray) times = list_times (folder);
  gint64 last = times->len > 0 ? g_array_index (times, gint64, times->len - 1) : 0;
  g_autofree char *name = make_name (now);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_return_val_if_fail (ENT_IS_STORE (store), FALSE);

  if (now - last < INTERVAL || last_write (store) < last)
    return TRUE;
  if (!ent_store_backup (store, path, NULL, NULL, NULL, error))
    return FALSE;
  g_array_append_val (times, now);
  remove_unwanted (folder, times, now);
  return TRUE;
}
