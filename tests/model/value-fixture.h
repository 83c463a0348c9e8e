/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Fields of a sample schema and their values. */

#include "sample-types.h"

#include <string.h>

static EntSchema *schema;

static inline const EntField *
get_field (const char *name)
{
  const EntField *field = ent_record_type_lookup (ent_schema_lookup (schema, "sample"), name);

  g_assert_nonnull (field);

  return field;
}

static const struct
{
  const char       *field, *text;
  EntValueErrorCode code;
  const char       *message; /* or NULL: any */
} refusals[] = {
  { "line", "eleven long", ENT_VALUE_ERROR_RANGE,
    "“eleven long” is too long; write at most 10 characters" },
  { "line", "caf\xe9", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "count", "12.5", ENT_VALUE_ERROR_MALFORMED,
    "“12.5” is not a whole number; write it without decimals" },
  { "count", "many", ENT_VALUE_ERROR_MALFORMED,
    "“many” is not a whole number; write one such as 1200" },
  { "count", "5 %", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "count", "$5", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "count", "9223372036854775808", ENT_VALUE_ERROR_RANGE, NULL },
  { "share", "150", ENT_VALUE_ERROR_RANGE,
    "“150” is above the largest allowed value, 100 %" },
  { "share", "-1", ENT_VALUE_ERROR_RANGE, "“-1” is below the smallest allowed value, 0 %" },
  { "share", "1.00001", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "budget", "$1,000.01", ENT_VALUE_ERROR_RANGE,
    "“$1,000.01” is above the largest allowed value, $1,000.00" },
  { "grade", "3.755", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "done", "maybe", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "due", "03/04/2026", ENT_VALUE_ERROR_AMBIGUOUS, NULL },
  { "effort", "2 weeks", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "effort", "1:75", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "effort", "0.333 h", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "stage", "won", ENT_VALUE_ERROR_CHOICE,
    "“won” is not one of the choices; write one of: New, Under way, Closed, lost" },
  { "stages", "new; won", ENT_VALUE_ERROR_CHOICE, NULL },
  { "peer", "Acme", ENT_VALUE_ERROR_REFERENCE, NULL },
  { "peer", "#66", ENT_VALUE_ERROR_REFERENCE,
    "“#66” is another kind of record; choose one of kind “Sample”" },
  { "peer", "#0", ENT_VALUE_ERROR_REFERENCE, NULL },
  { "peer", "#65", ENT_VALUE_ERROR_REFERENCE, NULL },
  { "country", "Atlantis", ENT_VALUE_ERROR_MALFORMED,
    "“Atlantis” is not a country; write its name or its code, such as DE" },
  { "currency", "XYZ", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "currency", "kr", ENT_VALUE_ERROR_AMBIGUOUS, NULL },
  { "timezone", "Berlin", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "timezone", "+02:00", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "url", "not a link", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "url", "javascript:alert(1)", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "url", "word", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "email", "ada", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "email", "ada@localhost", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "email", "a b@example.com", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "email", "a@b@example.com", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "phone", "12", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "phone", "call me", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "domain", "example", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "domain", "Acme Inc.", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "hash", "e3b0c442", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "data", "{a: 1}", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "data", "[1, 2", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "data", "[1] 2", ENT_VALUE_ERROR_MALFORMED, NULL },
  { "data", "01", ENT_VALUE_ERROR_MALFORMED, NULL },
};
