/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys by which names sort and match: case, accents and spaces do not count. */
#include "config.h"

#include "model/ent-value.h"

static const struct
{
  const char *text;
  const char *key;
} keys[] = {
  { "", "" },
  { "   ", "" },
  { "Acme", "acme" },
  { "  Acme \t Cloud\nInc.  ", "acme cloud inc." },
  { "Société Générale", "societe generale" },
  { "MÜNCHEN", "munchen" },
  { "Straße", "strasse" },
  { "Ørsted", "orsted" },
  { "Łódź", "lodz" },
  { "Æther", "aether" },
  { "İstanbul", "istanbul" },
  { "ﬁnance", "finance" },
  { "Ａｃｍｅ", "acme" },
  { "No\xc2\xa0" "break", "no break" },
  { " é ", "e" },
  { "ΑΘΉΝΑ", "αθηνα" },
  { "Ёлка", "елка" },
  { "がぎ", "がぎ" },
};

static void
test_keys (void)
{
  g_autoptr (GString) buffer = g_string_new ("left over");

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *key = ent_text_key (keys[i].text);
      g_autofree char *again = ent_text_key (key);
      g_autofree char *wanted = g_utf8_normalize (keys[i].key, -1, G_NORMALIZE_ALL);

      if (i < G_N_ELEMENTS (keys) - 1)
        g_assert_cmpstr (key, ==, keys[i].key);
      else
        g_assert_cmpstr (key, ==, wanted);
      g_assert_cmpstr (again, ==, key);
      g_assert_cmpstr (ent_text_key_into (buffer, keys[i].text, -1), ==, key);
    }
}

/* Texts of Latin letters alone go a short way; a Greek letter makes them go the long one. */
static void
test_latin_letters_fold_alike_everywhere (void)
{
  for (gunichar c = 1; c < 0x300; c++)
    {
      char letter[7] = { 0 };
      g_autofree char *latin = NULL, *mixed = NULL, *key = NULL, *mixed_key = NULL, *expected = NULL;

      g_unichar_to_utf8 (c, letter);
      latin = g_strconcat ("É", letter, "b", letter, letter, "c", NULL);
      mixed = g_strconcat (latin, " α", NULL);
      key = ent_text_key (latin);
      mixed_key = ent_text_key (mixed);
      expected = g_strconcat (key, " α", NULL);
      g_assert_cmpstr (mixed_key, ==, expected);
    }
}

static void
test_length_is_kept (void)
{
  g_autoptr (GString) buffer = g_string_new (NULL);

  g_assert_cmpstr (ent_text_key_into (buffer, "Acme Cloud", 4), ==, "acme");
  g_assert_cmpstr (ent_text_key_into (buffer, "Étoile", 3), ==, "et");
}

static void
test_invalid_text_has_a_key (void)
{
  g_autofree char *key = ent_text_key ("Caf\xe9 Noir");

  g_assert_true (g_utf8_validate (key, -1, NULL));
  g_assert_true (g_str_has_prefix (key, "caf"));
}

static void
test_numbers_from_right_to_left (void)
{
  static const struct { const char *text, *kept; } cases[] = {
    { "−59.6 %", "\u2066−59.6 %\u2069" }, { "3.86 ×", "\u20663.86 ×\u2069" }, { "$86K", "$86K" }, { "—", "—" }, { "", "" },
    { "23 of 90", "23 of 90" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *kept = ent_text_keep_number (cases[i].text);

      g_assert_cmpstr (kept, ==, cases[i].kept);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/keys", test_keys);
  g_test_add_func ("/text/latin-letters", test_latin_letters_fold_alike_everywhere);
  g_test_add_func ("/text/length-is-kept", test_length_is_kept);
  g_test_add_func ("/text/invalid-text-has-a-key", test_invalid_text_has_a_key);
  g_test_add_func ("/text/numbers-from-right-to-left", test_numbers_from_right_to_left);

  return g_test_run ();
}
