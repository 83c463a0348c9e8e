/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-value.h"

G_BEGIN_DECLS

/* What the files of the model share and nobody else needs. Readers work on a span [start, end) of
 * the caller's text, so that a million cells are read without copying one. */

/** Case-blind; spaces, underscores and hyphens do not count. */
gboolean    ent_text_loosely_equal   (const char  *a,
                                      const char  *b,
                                      gsize        b_length);
/** For error sentences: one line, valid UTF-8, at most 60 characters. (transfer full) */
char       *ent_text_shorten         (const char  *text,
                                      gssize       length);
/** Bytes of the white space at @p, no-break spaces included; 0 if there is none. */
gsize       ent_text_space_at        (const char  *p,
                                      const char  *end);
void        ent_text_trim            (const char **start,
                                      const char **end);

/* A number as written. @start to @end are digits and separators. */
typedef struct
{
  const char *start, *end;
  gboolean    negative;
  gboolean    is_percent;
  gboolean    has_suffix;  /* K, M, B or an exponent: "1.234M" has decimals, not thousands */
  int         shift;       /* power of ten of the suffix */
  char        currency[4]; /* "" if none was written */
} EntAmount;

typedef enum
{
  ENT_AMOUNT_OK,
  ENT_AMOUNT_MALFORMED,
  ENT_AMOUNT_CURRENCY, /* the symbol stands for several currencies */
  ENT_AMOUNT_PRECISE,  /* more decimals than allowed */
  ENT_AMOUNT_LARGE,    /* does not fit 64 bits */
} EntAmountStatus;

EntAmountStatus ent_amount_scan      (const char           *start,
                                      const char           *end,
                                      const EntReadContext *context,
                                      EntAmount            *amount);
/** Bytes of a thousands separator other than dot and comma: spaces and Swiss apostrophes. */
gsize           ent_number_group_mark_at (const char *p,
                                          const char *end);
/** @digits decimals are kept; @prefer_decimal: a lone separator is a decimal one. */
EntAmountStatus ent_amount_to_scaled (const EntAmount      *amount,
                                      int                   digits,
                                      char                  decimal_point,
                                      gboolean              prefer_decimal,
                                      gint64               *value);

gboolean    ent_money_read_span      (const char           *start,
                                      const char           *end,
                                      const EntReadContext *context,
                                      gint64               *minor,
                                      char                  currency[4],
                                      GError              **error);

/** Digits with a '.' and exactly @digits decimals; or, if @trim, no more of them than needed. */
void        ent_number_append        (GString     *buffer,
                                      gint64       value,
                                      int          digits,
                                      gboolean     trim);
/** As above with the separators of the user's locale. */
void        ent_number_append_local  (GString     *buffer,
                                      gint64       value,
                                      int          digits,
                                      gboolean     trim);

/** Code of the currency written at @p, "?" if its symbol has several, NULL if there is none. */
const char *ent_currency_match       (const char           *p,
                                      const char           *end,
                                      const EntReadContext *context,
                                      gsize                *length);
gboolean    ent_currency_symbol_fits (const char  *p,
                                      gsize        length,
                                      const char  *code);
const char *ent_country_match_span   (const char  *start,
                                      const char  *end);
/** (nullable) */
const char *ent_country_find_code    (const char  *code);

gboolean    ent_date_read_span       (const char           *start,
                                      const char           *end,
                                      const EntReadContext *context,
                                      gint64               *days,
                                      GError              **error);
gboolean    ent_datetime_read_span   (const char           *start,
                                      const char           *end,
                                      const EntReadContext *context,
                                      gint64               *micros,
                                      GError              **error);
gboolean    ent_duration_read_span   (const char  *start,
                                      const char  *end,
                                      gint64      *minutes,
                                      GError     **error);
/** Whether it is in the years 1 to 9999, the only ones that are written and read. */
gboolean    ent_date_is_in_range     (gint64       days);
gboolean    ent_datetime_is_in_range (gint64       micros);
/** 1..12 and 1..7 (Monday first); 0 when it is no such name, in English or the user's language. */
int         ent_month_match          (const char  *word,
                                      gsize        length);
int         ent_weekday_match        (const char  *word,
                                      gsize        length);
/** Moves by @n months, to the last day of the month if need be. */
gint64      ent_date_add_months      (gint64       days,
                                      int          n);

/* The parts of ent_value_read(). A text is returned in its stored form, NULL with @error set.
 * (transfer full) */
char       *ent_text_read            (const EntField       *field,
                                      const char           *start,
                                      const char           *end,
                                      const EntReadContext *context,
                                      GError              **error);
gboolean    ent_ref_read             (const EntField       *field,
                                      const char           *start,
                                      const char           *end,
                                      const EntReadContext *context,
                                      EntKey               *key,
                                      GError              **error);
gboolean    ent_list_read            (const EntField       *field,
                                      const char           *start,
                                      const char           *end,
                                      const EntReadContext *context,
                                      EntValue             *value,
                                      GError              **error);
char       *ent_address_read         (EntFieldType type,
                                      const char  *start,
                                      const char  *end,
                                      GError     **error);
gboolean    ent_json_is_valid        (const char  *start,
                                      const char  *end);

/** The choice that a text means: by value, label or translated label. (nullable) */
const EntChoice *ent_field_match_choice_span (const EntField *field,
                                              const char     *start,
                                              const char     *end);

/* Each sets an error sentence that quotes [start, end) and returns FALSE when something is
 * wrong. */
gboolean    ent_text_check_utf8      (const char     *start,
                                      const char     *end,
                                      GError        **error);
gboolean    ent_choice_fail          (const EntField *field,
                                      const char     *start,
                                      const char     *end,
                                      GError        **error);
gboolean    ent_key_check            (const EntField *field,
                                      EntKey          key,
                                      const char     *start,
                                      const char     *end,
                                      GError        **error);
/** @start may be NULL: the value is quoted as it is written. */
gboolean    ent_value_check_range    (const EntField *field,
                                      const EntValue *value,
                                      const char     *start,
                                      const char     *end,
                                      GError        **error);

G_END_DECLS
