/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-schema.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_VALUE_NULL,
  ENT_VALUE_INT,   /* INT, PERCENT, SCORE, BOOL, DATE, DATETIME, DURATION, REF (an EntKey) */
  ENT_VALUE_MONEY, /* integer minor units + currency */
  ENT_VALUE_TEXT,  /* all kinds of one text */
  ENT_VALUE_LIST,  /* many texts: NULL-terminated, in the order kept */
  ENT_VALUE_KEYS,  /* many references: `integer` keys at `keys` */
} EntValueKind;

/**
 * EntValue:
 *
 * A field's value: a plain struct; zero-initialised it is NULL, and ent_value_clear() frees what it
 * holds. An empty text or list is always ENT_VALUE_NULL.
 */
typedef struct
{
  EntValueKind kind;
  char         currency[4];
  gint64       integer; /* INT: the number; MONEY: minor units; KEYS: how many */
  union
  {
    char   *text;
    char  **list;
    EntKey *keys;
  };
} EntValue;

#define ENT_VALUE_INIT { ENT_VALUE_NULL, { 0 }, 0, { NULL } }

void     ent_value_clear     (EntValue *self);
/** Overwrites @copy, which must be NULL-valued or initialised. */
void     ent_value_copy      (const EntValue *self,
                              EntValue       *copy);
gboolean ent_value_equal     (const EntValue *a,
                              const EntValue *b);
/** Order for sorting: NULL last; texts by ent_text_key(); money by currency, then amount. */
int      ent_value_compare   (const EntValue *a,
                              const EntValue *b);
static inline gboolean
ent_value_is_null (const EntValue *self)
{
  return self->kind == ENT_VALUE_NULL;
}

void     ent_value_set_int   (EntValue *self,
                              gint64    integer);
void     ent_value_set_money (EntValue   *self,
                              gint64      minor,
                              const char *currency);
void     ent_value_set_text  (EntValue   *self,
                              const char *text);
void     ent_value_take_text (EntValue *self,
                              char     *text);
void     ent_value_set_list  (EntValue           *self,
                              const char * const *list);
void     ent_value_take_list (EntValue *self,
                              char    **list);
void     ent_value_set_keys  (EntValue     *self,
                              const EntKey *keys,
                              gsize         n_keys);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntValue, ent_value_clear)

/* The error domain of the whole model. */
#define ENT_VALUE_ERROR (ent_value_error_quark ())
GQuark ent_value_error_quark (void);

typedef enum
{
  ENT_VALUE_ERROR_MALFORMED, /* cannot be read as this type */
  ENT_VALUE_ERROR_RANGE,     /* below min, above max, or does not fit 64 bits */
  ENT_VALUE_ERROR_CHOICE,    /* not one of the choices */
  ENT_VALUE_ERROR_REFERENCE, /* names no record, or several */
  ENT_VALUE_ERROR_AMBIGUOUS, /* 03/04/2025 without a known day/month order */
  ENT_VALUE_ERROR_REQUIRED,
} EntValueErrorCode;

/* Three written forms of a value:
 *   storage      what the SQLite columns and the journal hold (the store's business)
 *   interchange  exact, locale-free, reads back to the same value: CSV, JSON, command line,
 *                filters. Dates 2026-11-20, instants 2026-11-20T09:30:00Z, money "1234.50 USD",
 *                percent "12.5", scores "3.75", booleans true/false, durations in minutes, choices
 *                by value, lists joined by "; " with a backslash before ; and \ inside an item,
 *                and before , and | in a list of one.
 *   display      for people, in the locale and time zone of the user. */

typedef enum
{
  ENT_DATE_ORDER_UNKNOWN, /* 03/04/2025 is refused as ambiguous, 25/04/2025 is not */
  ENT_DATE_ORDER_DMY,
  ENT_DATE_ORDER_MDY,
  ENT_DATE_ORDER_YMD,
} EntDateOrder;

/** Finds the record that @text names (title, short code, id, `ref:…`); 0 with @error set when none
 * or several fit. @field tells the wanted type. */
typedef EntKey (*EntResolveFunc) (const EntField *field,
                                  const char     *text,
                                  gpointer        user_data,
                                  GError        **error);

/** How to read loosely written text. Zero-initialised is usable. */
typedef struct
{
  EntDateOrder   date_order;
  char           decimal_point;    /* '.', ',' or 0: told from the number itself */
  const char    *default_currency; /* for bare amounts; NULL: "USD" */
  GTimeZone     *time_zone;        /* of instants without a zone; NULL: UTC */
  gint64         today;            /* for "today"; days since 1970; 0: the clock's */
  EntResolveFunc resolve;          /* NULL: references read as #KEY only */
  gpointer       resolve_data;
} EntReadContext;

/**
 * ent_value_read:
 *
 * Reads @text leniently as a value of @field: dates in the common written forms, money with code or
 * symbol and either separator, country names or codes, booleans as yes/no/true/1/x, choices by value
 * or label, lists split at ";" (without one at "|" and line ends, else at ","), repeated items once.
 * Blank text is NULL; so are "-", "n/a", "null" and "none" of a number, amount or date. Checks min and
 * max, not REQUIRED. The error is one sentence that names the text and what was expected. Any thread.
 */
gboolean ent_value_read      (const EntField       *field,
                              const char           *text,
                              const EntReadContext *context,
                              EntValue             *value,
                              GError              **error);
/** Interchange form; references as `#KEY` unless the caller resolves them. NULL for a NULL value.
 * (transfer full) */
char    *ent_value_write     (const EntField *field,
                              const EntValue *value);
/** Checks a value against the field: kind, range, choice (unless OPEN). */
gboolean ent_value_check     (const EntField *field,
                              const EntValue *value,
                              GError        **error);
/** The declared default; a NULL value when there is none. */
void     ent_field_get_default (const EntField       *field,
                                const EntReadContext *context,
                                EntValue             *value);

typedef enum
{
  ENT_DISPLAY_FULL,  /* $1,234,567.00 · 20 November 2026 */
  ENT_DISPLAY_SHORT, /* $1.2M · 20 Nov 2026 */
} EntDisplay;

/** Names a record for display. (transfer full) (nullable) */
typedef char *(*EntNameFunc) (EntKey   key,
                              gpointer user_data);

/** For people: choice labels, money, dates, numbers in the user's locale; "" for NULL. (transfer
 * full) */
char    *ent_value_display   (const EntField *field,
                              const EntValue *value,
                              EntDisplay      form,
                              EntNameFunc     name,
                              gpointer        user_data);

/* --- Text ------------------------------------------------------------------------------------- */

/** Key for sorting and matching names: NFKD, marks stripped, case folded, runs of space joined,
 * ends trimmed. ASCII takes a fast path. (transfer full) */
char       *ent_text_key      (const char *text);
/** A number with its sign and unit, for a text that runs from right to left: "−59.6 %" stays in this order where it has no
 * letters to keep it so; any other text as it is. */
char       *ent_text_keep_number (const char *text);
/** As ent_text_key() into a reused buffer. @length -1: NUL-terminated. Returns buffer->str. */
const char *ent_text_key_into (GString    *buffer,
                               const char *text,
                               gssize      length);

/* --- Money and numbers (ISO 4217) ------------------------------------------------------------- */

/** Decimal places: USD 2, JPY 0, BHD 3; 2 if unknown. */
int         ent_currency_get_digits (const char *code);
gboolean    ent_currency_is_known   (const char *code);
/** "$", "€", "CHF"; NULL when unknown. (transfer none) */
const char *ent_currency_get_symbol (const char *code);
/** All codes, sorted, NULL-terminated. (transfer none) */
const char * const *ent_currency_get_codes (void);
gboolean    ent_money_read          (const char           *text,
                                     const EntReadContext *context,
                                     gint64               *minor,
                                     char                  currency[4],
                                     GError              **error);
/** (transfer full) */
char       *ent_money_display       (gint64      minor,
                                     const char *currency,
                                     EntDisplay  form);
/** amount * num / den rounded half to even; FALSE when it does not fit 64 bits or den is 0. */
gboolean    ent_mul_div             (gint64  amount,
                                     gint64  num,
                                     gint64  den,
                                     gint64 *result);

/* --- Dates (days since 1970-01-01, proleptic Gregorian) and instants (microseconds UTC) ------- */

gboolean ent_date_read         (const char           *text,
                                const EntReadContext *context,
                                gint64               *days,
                                GError              **error);
gboolean ent_datetime_read     (const char           *text,
                                const EntReadContext *context,
                                gint64               *micros,
                                GError              **error);
gint64   ent_date_from_ymd     (int year,
                                int month,
                                int day);
/** Any of the three may be NULL. */
void     ent_date_to_ymd       (gint64 days,
                                int   *year,
                                int   *month,
                                int   *day);
gboolean ent_date_is_valid_ymd (int year,
                                int month,
                                int day);
/** Today in the local time zone. */
gint64   ent_date_today        (void);
char    *ent_date_write        (gint64 days); /* 2026-11-20 */
char    *ent_date_display      (gint64     days,
                                EntDisplay form);
/** "today", "in 3 days", "2 months ago" near @today; else the short date. (transfer full) */
char    *ent_date_display_near (gint64 days,
                                gint64 today);
char    *ent_datetime_write    (gint64 micros); /* 2026-11-20T09:30:00Z, fractions only if present */
char    *ent_datetime_display  (gint64     micros,
                                EntDisplay form); /* in the local zone */
/** A time of day, minutes since midnight, as the locale writes it: "18:00", "6:00 PM". (transfer full) */
char    *ent_time_display      (int minutes);
/** Reads one, without seconds or zone: "18:00", "1800", "6 pm". */
gboolean ent_time_of_day_read  (const char *text,
                                int        *minutes);

/* --- Countries (ISO 3166-1) ------------------------------------------------------------------- */

/** @text: alpha-2, alpha-3, English or local name, any case. The alpha-2 code, or NULL. (transfer
 * none) */
const char         *ent_country_match     (const char *text);
/** Name in the user's language. (transfer none) (nullable) */
const char         *ent_country_get_name  (const char *code);
/** All alpha-2 codes, sorted; NULL-terminated. (transfer none) */
const char * const *ent_country_get_codes (void);

G_END_DECLS
