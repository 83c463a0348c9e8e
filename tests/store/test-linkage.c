/* Which SQLite the program runs with. libsoup brings libsqlite3 along, whose symbols have the same
 * names as SQLCipher's; the wrong one would write workspaces that are not encrypted. */
#include <glib.h>
#include <sqlcipher/sqlite3.h>

static void
test_sqlcipher_is_in_use (void)
{
  g_assert_cmpint (sqlite3_compileoption_used ("HAS_CODEC"), ==, 1);
}

static void
test_full_text_search_is_there (void)
{
  g_assert_cmpint (sqlite3_compileoption_used ("ENABLE_FTS5"), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/linkage/sqlcipher-is-in-use", test_sqlcipher_is_in_use);
  g_test_add_func ("/linkage/full-text-search-is-there", test_full_text_search_is_there);

  return g_test_run ();
}
