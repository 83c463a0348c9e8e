/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-value.h"

#include "model/ent-value-private.h"

#include <string.h>

typedef struct
{
  char        code[4];
  guint8      digits;
  const char *symbol; /* as shown: unlike that of any other currency */
} Currency;

/* ISO 4217, with the codes withdrawn since 2023, which older amounts still bear. Sorted. */
static const Currency currencies[] = {
  { "AED", 2, "AED" },
  { "AFN", 2, "AFN" },
  { "ALL", 2, "ALL" },
  { "AMD", 2, "AMD" },
  { "ANG", 2, "ANG" },
  { "AOA", 2, "AOA" },
  { "ARS", 2, "ARS" },
  { "AUD", 2, "A$" },
  { "AWG", 2, "AWG" },
  { "AZN", 2, "₼" },
  { "BAM", 2, "BAM" },
  { "BBD", 2, "BBD" },
  { "BDT", 2, "৳" },
  { "BGN", 2, "BGN" },
  { "BHD", 3, "BHD" },
  { "BIF", 0, "BIF" },
  { "BMD", 2, "BMD" },
  { "BND", 2, "BND" },
  { "BOB", 2, "BOB" },
  { "BOV", 2, "BOV" },
  { "BRL", 2, "R$" },
  { "BSD", 2, "BSD" },
  { "BTN", 2, "BTN" },
  { "BWP", 2, "BWP" },
  { "BYN", 2, "BYN" },
  { "BZD", 2, "BZD" },
  { "CAD", 2, "CA$" },
  { "CDF", 2, "CDF" },
  { "CHE", 2, "CHE" },
  { "CHF", 2, "CHF" },
  { "CHW", 2, "CHW" },
  { "CLF", 4, "CLF" },
  { "CLP", 0, "CLP" },
  { "CNY", 2, "CN¥" },
  { "COP", 2, "COP" },
  { "COU", 2, "COU" },
  { "CRC", 2, "₡" },
  { "CUP", 2, "CUP" },
  { "CVE", 2, "CVE" },
  { "CZK", 2, "Kč" },
  { "DJF", 0, "DJF" },
  { "DKK", 2, "DKK" },
  { "DOP", 2, "DOP" },
  { "DZD", 2, "DZD" },
  { "EGP", 2, "EGP" },
  { "ERN", 2, "ERN" },
  { "ETB", 2, "ETB" },
  { "EUR", 2, "€" },
  { "FJD", 2, "FJD" },
  { "FKP", 2, "FKP" },
  { "GBP", 2, "£" },
  { "GEL", 2, "₾" },
  { "GHS", 2, "₵" },
  { "GIP", 2, "GIP" },
  { "GMD", 2, "GMD" },
  { "GNF", 0, "GNF" },
  { "GTQ", 2, "GTQ" },
  { "GYD", 2, "GYD" },
  { "HKD", 2, "HK$" },
  { "HNL", 2, "HNL" },
  { "HRK", 2, "HRK" },
  { "HTG", 2, "HTG" },
  { "HUF", 2, "Ft" },
  { "IDR", 2, "IDR" },
  { "ILS", 2, "₪" },
  { "INR", 2, "₹" },
  { "IQD", 3, "IQD" },
  { "IRR", 2, "IRR" },
  { "ISK", 0, "ISK" },
  { "JMD", 2, "JMD" },
  { "JOD", 3, "JOD" },
  { "JPY", 0, "¥" },
  { "KES", 2, "KES" },
  { "KGS", 2, "KGS" },
  { "KHR", 2, "៛" },
  { "KMF", 0, "KMF" },
  { "KPW", 2, "KPW" },
  { "KRW", 0, "₩" },
  { "KWD", 3, "KWD" },
  { "KYD", 2, "KYD" },
  { "KZT", 2, "₸" },
  { "LAK", 2, "₭" },
  { "LBP", 2, "LBP" },
  { "LKR", 2, "LKR" },
  { "LRD", 2, "LRD" },
  { "LSL", 2, "LSL" },
  { "LYD", 3, "LYD" },
  { "MAD", 2, "MAD" },
  { "MDL", 2, "MDL" },
  { "MGA", 2, "MGA" },
  { "MKD", 2, "MKD" },
  { "MMK", 2, "MMK" },
  { "MNT", 2, "₮" },
  { "MOP", 2, "MOP" },
  { "MRU", 2, "MRU" },
  { "MUR", 2, "MUR" },
  { "MVR", 2, "MVR" },
  { "MWK", 2, "MWK" },
  { "MXN", 2, "MX$" },
  { "MXV", 2, "MXV" },
  { "MYR", 2, "MYR" },
  { "MZN", 2, "MZN" },
  { "NAD", 2, "NAD" },
  { "NGN", 2, "₦" },
  { "NIO", 2, "NIO" },
  { "NOK", 2, "NOK" },
  { "NPR", 2, "NPR" },
  { "NZD", 2, "NZ$" },
  { "OMR", 3, "OMR" },
  { "PAB", 2, "PAB" },
  { "PEN", 2, "PEN" },
  { "PGK", 2, "PGK" },
  { "PHP", 2, "₱" },
  { "PKR", 2, "PKR" },
  { "PLN", 2, "zł" },
  { "PYG", 0, "₲" },
  { "QAR", 2, "QAR" },
  { "RON", 2, "RON" },
  { "RSD", 2, "RSD" },
  { "RUB", 2, "₽" },
  { "RWF", 0, "RWF" },
  { "SAR", 2, "SAR" },
  { "SBD", 2, "SBD" },
  { "SCR", 2, "SCR" },
  { "SDG", 2, "SDG" },
  { "SEK", 2, "SEK" },
  { "SGD", 2, "S$" },
  { "SHP", 2, "SHP" },
  { "SLE", 2, "SLE" },
  { "SOS", 2, "SOS" },
  { "SRD", 2, "SRD" },
  { "SSP", 2, "SSP" },
  { "STN", 2, "STN" },
  { "SVC", 2, "SVC" },
  { "SYP", 2, "SYP" },
  { "SZL", 2, "SZL" },
  { "THB", 2, "฿" },
  { "TJS", 2, "TJS" },
  { "TMT", 2, "TMT" },
  { "TND", 3, "TND" },
  { "TOP", 2, "TOP" },
  { "TRY", 2, "₺" },
  { "TTD", 2, "TTD" },
  { "TWD", 2, "NT$" },
  { "TZS", 2, "TZS" },
  { "UAH", 2, "₴" },
  { "UGX", 0, "UGX" },
  { "USD", 2, "$" },
  { "USN", 2, "USN" },
  { "UYI", 0, "UYI" },
  { "UYU", 2, "UYU" },
  { "UYW", 4, "UYW" },
  { "UZS", 2, "UZS" },
  { "VED", 2, "VED" },
  { "VES", 2, "VES" },
  { "VND", 0, "₫" },
  { "VUV", 0, "VUV" },
  { "WST", 2, "WST" },
  { "XAF", 0, "XAF" },
  { "XCD", 2, "EC$" },
  { "XCG", 2, "XCG" },
  { "XOF", 0, "XOF" },
  { "XPF", 0, "XPF" },
  { "YER", 2, "YER" },
  { "ZAR", 2, "ZAR" },
  { "ZMW", 2, "ZMW" },
  { "ZWG", 2, "ZWG" },
  { "ZWL", 2, "ZWL" },
};

/* What people write. The first code is meant unless the context's currency is another one of the
 * list; "?" first: no code is usual enough to be guessed. */
static const struct
{
  const char *symbol;
  const char *codes;
} symbols[] = {
  { "$", "USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP BMD BSD BBD BZD FJD JMD LRD NAD TTD XCD" },
  { "US$", "USD" },
  { "U$S", "USD" },
  { "CA$", "CAD" },
  { "C$", "CAD NIO" },
  { "CAD$", "CAD" },
  { "A$", "AUD" },
  { "AU$", "AUD" },
  { "NZ$", "NZD" },
  { "HK$", "HKD" },
  { "S$", "SGD" },
  { "NT$", "TWD" },
  { "MX$", "MXN" },
  { "MEX$", "MXN" },
  { "R$", "BRL" },
  { "EC$", "XCD" },
  { "€", "EUR" },
  { "£", "GBP EGP LBP FKP GIP SHP SYP SSP SDG" },
  { "¥", "JPY CNY" },
  { "￥", "JPY CNY" },
  { "CN¥", "CNY" },
  { "JP¥", "JPY" },
  { "円", "JPY" },
  { "元", "CNY TWD" },
  { "RMB", "CNY" },
  { "₹", "INR" },
  { "Rs", "INR PKR LKR NPR MUR SCR" },
  { "Rs.", "INR PKR LKR NPR MUR SCR" },
  { "₨", "PKR INR LKR NPR MUR SCR" },
  { "₩", "KRW KPW" },
  { "₪", "ILS" },
  { "₫", "VND" },
  { "₦", "NGN" },
  { "₱", "PHP" },
  { "₴", "UAH" },
  { "₸", "KZT" },
  { "₺", "TRY" },
  { "₽", "RUB" },
  { "₾", "GEL" },
  { "₼", "AZN" },
  { "₡", "CRC SVC" },
  { "₲", "PYG" },
  { "₵", "GHS" },
  { "₮", "MNT" },
  { "₭", "LAK" },
  { "៛", "KHR" },
  { "฿", "THB" },
  { "৳", "BDT" },
  { "kr", "? SEK NOK DKK ISK" },
  { "kr.", "? SEK NOK DKK ISK" },
  { "Kč", "CZK" },
  { "zł", "PLN" },
  { "Ft", "HUF" },
  { "lei", "RON MDL" },
  { "лв", "BGN" },
  { "лв.", "BGN" },
  { "kn", "HRK" },
  { "Fr", "CHF" },
  { "Fr.", "CHF" },
  { "SFr.", "CHF" },
  { "R", "ZAR" },
  { "RM", "MYR" },
  { "Rp", "IDR" },
  { "S/", "PEN" },
  { "TL", "TRY" },
  { "KSh", "KES" },
  { "dollars", "USD CAD AUD NZD HKD SGD" },
  { "euro", "EUR" },
  { "euros", "EUR" },
};

/* Three letters as a number, of which the order is theirs. */
static guint32
code_number (const char code[4])
{
  return (guint32) (guchar) code[0] << 16 | (guint32) (guchar) code[1] << 8 | (guchar) code[2];
}

/* An import looks millions up. */
static const Currency *
find_currency (const char *code)
{
  guint first = 0, n = G_N_ELEMENTS (currencies);
  guint32 wanted;

  if (code == NULL || strnlen (code, 4) != 3)
    return NULL;
  wanted = code_number (code);
  while (n > 1)
    {
      guint half = n / 2;

      if (code_number (currencies[first + half].code) <= wanted)
        first += half;
      n -= half;
    }

  return code_number (currencies[first].code) == wanted ? &currencies[first] : NULL;
}

int
ent_currency_get_digits (const char *code)
{
  const Currency *currency = find_currency (code);

  return currency != NULL ? currency->digits : 2;
}

gboolean
ent_currency_is_known (const char *code)
{
  return find_currency (code) != NULL;
}

const char *
ent_currency_get_symbol (const char *code)
{
  const Currency *currency = find_currency (code);

  return currency != NULL ? currency->symbol : NULL;
}

const char * const *
ent_currency_get_codes (void)
{
  static const char *codes[G_N_ELEMENTS (currencies) + 1];
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
        codes[i] = currencies[i].code;
      g_once_init_leave (&ready, 1);
    }

  return codes;
}

/* The length of @symbol if the text at @p starts with it, else 0. Letters must not go on. */
static gsize
symbol_at (const char *symbol,
           const char *p,
           const char *end)
{
  gsize length;

  if (g_ascii_tolower (*symbol) != g_ascii_tolower (*p))
    return 0;
  length = strlen (symbol);
  if (length > (gsize) (end - p))
    return 0;
  if (length >= 2 && g_ascii_isalpha (symbol[length - 1])
        ? g_ascii_strncasecmp (p, symbol, length) != 0
        : memcmp (p, symbol, length) != 0)
    return 0;
  if (g_ascii_isalpha (symbol[length - 1]) && p + length < end &&
      (g_ascii_isalpha (p[length]) || (guchar) p[length] >= 0xc3))
    return 0;

  return length;
}

static gboolean
lists_code (const char *codes,
            const char *code)
{
  return code != NULL && strlen (code) == 3 && strstr (codes, code) != NULL;
}

static const char *
choose_code (const char           *codes,
             const EntReadContext *context)
{
  const char *usual = context != NULL ? context->default_currency : NULL;
  char first[4];

  if (lists_code (codes, usual))
    return find_currency (usual)->code;
  if (*codes == '?')
    return "?";
  g_strlcpy (first, codes, sizeof first);

  return find_currency (first)->code;
}

static const Currency *
code_at (const char *p,
         const char *end)
{
  char code[4] = { 0 };

  if (end - p < 3 || (end - p > 3 && g_ascii_isalpha (p[3])))
    return NULL;
  for (int i = 0; i < 3; i++)
    {
      if (!g_ascii_isalpha (p[i]))
        return NULL;
      code[i] = g_ascii_toupper (p[i]);
    }

  return find_currency (code);
}

const char *
ent_currency_match (const char           *p,
                    const char           *end,
                    const EntReadContext *context,
                    gsize                *length)
{
  const Currency *currency;
  const char *codes = NULL;

  /* Just a code, of which an import reads millions: no symbol is longer. */
  currency = end - p == 3 ? code_at (p, end) : NULL;
  if (currency != NULL)
    {
      *length = 3;
      return currency->code;
    }

  *length = 0;
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    {
      gsize n;

      /* Most begin with another letter, of which the case is one bit. */
      if (((symbols[i].symbol[0] ^ *p) & ~0x20) != 0)
        continue;
      n = symbol_at (symbols[i].symbol, p, end);
      if (n > *length)
        {
          *length = n;
          codes = symbols[i].codes;
        }
    }
  /* "ALL" is a code; "CAD$" is a longer symbol. */
  currency = *length <= 3 ? code_at (p, end) : NULL;
  if (currency != NULL)
    {
      *length = 3;
      return currency->code;
    }

  return codes != NULL ? choose_code (codes, context) : NULL;
}

gboolean
ent_currency_symbol_fits (const char *p,
                          gsize       length,
                          const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    if (symbol_at (symbols[i].symbol, p, p + length) == length)
      return lists_code (symbols[i].codes, code);

  return FALSE;
}
