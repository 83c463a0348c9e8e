/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys as people write them down and type them in. */
#include "config.h"

#include <string.h>

#include "store/ent-store.h"

static void
test_printed_keys (void)
{
  for (int i = 0; i < 100; i++)
    {
      EntStoreKey key;
      EntStoreKey again;
      g_autofree char *text = NULL;
      g_autofree char *lower = NULL;

      ent_store_key_init_new (&key);
      text = ent_store_key_print (&key);
      g_assert_cmpuint (strlen (text), ==, 55 + 10);
      lower = g_ascii_strdown (text, -1);
      g_strdelimit (lower, "-", ' ');
      g_strdelimit (lower, "0", 'o');
      g_strdelimit (lower, "1", 'l');
      g_assert_true (ent_store_key_parse (&again, lower, NULL));
      g_assert_cmpmem (&key, sizeof key, &again, sizeof again);
      /* A slip in any place is noticed. */
      for (gsize at = 0; at < strlen (text); at++)
        {
          g_autofree char *wrong = g_strdup (text);

          if (wrong[at] == '-')
            continue;
          wrong[at] = wrong[at] == '7' ? '8' : '7';
          g_assert_false (ent_store_key_parse (&again, wrong, NULL));
        }
    }
}

static void
test_hexadecimal_keys (void)
{
  EntStoreKey key;
  g_autoptr (GError) error = NULL;

  g_assert_true (ent_store_key_parse (
    &key, " 000102030405060708090a0B0c0d0e0f101112131415161718191a1b1c1d1e1f\n", NULL));
  g_assert_cmpuint (key.bytes[31], ==, 0x1f);
  g_assert_false (ent_store_key_parse (&key, "0001", &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_WRONG_KEY);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/key/printed", test_printed_keys);
  g_test_add_func ("/store/key/hexadecimal", test_hexadecimal_keys);
  return g_test_run ();
}
