/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/ent-key.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

/* RFC 9562, section 6.2, method 1: after the 48-bit millisecond comes a 42-bit counter (the 12 bits
 * of rand_a and the upper 30 of rand_b), then 32 random bits. A counter this wide never runs out
 * within a millisecond, so a whole import gets ascending ids without waiting for the clock. */
#define COUNTER_BITS 42
#define COUNTER_LOW_BITS 30
#define COUNTER_MAX ((G_GUINT64_CONSTANT (1) << COUNTER_BITS) - 1)

static GMutex mutex;
static guint64 last_ms;
static guint64 counter;
static guint64 random_state;

/* SplitMix64: ids must be unlikely to collide, not hard to guess, and one system call per id would
 * cost more than the id. */
static guint64
next_random (void)
{
  guint64 z;

  random_state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  z = random_state;
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ (z >> 31);
}

static void
seed (void)
{
  ssize_t n;

  do
    n = getrandom (&random_state, sizeof random_state, 0);
  while (n < 0 && errno == EINTR);

  /* Only a sandbox that forbids the call gets here. */
  if (n != sizeof random_state)
    random_state = ((guint64) g_random_int () << 32) ^ g_random_int () ^
                   (guint64) g_get_monotonic_time ();
}

/* A clock that was set back does not make ids go back: the last millisecond goes on counting. The
 * counter starts in its lower half, so that it has room to count up. */
static void
advance (guint64 now_ms)
{
  if (now_ms > last_ms)
    {
      last_ms = now_ms;
      counter = next_random () & (COUNTER_MAX >> 1);
    }
  else if (counter < COUNTER_MAX)
    {
      counter++;
    }
  else
    {
      last_ms++;
      counter = next_random () & (COUNTER_MAX >> 1);
    }
}

static void
store_id (EntId *id)
{
  guint64 rand_a = counter >> COUNTER_LOW_BITS;
  guint64 high = (last_ms << 16) | (G_GUINT64_CONSTANT (7) << 12) | rand_a;
  guint64 low = (G_GUINT64_CONSTANT (2) << 62) |
                ((counter & ((1u << COUNTER_LOW_BITS) - 1)) << 32) |
                (next_random () >> 32);

  high = GUINT64_TO_BE (high);
  low = GUINT64_TO_BE (low);
  memcpy (id->bytes, &high, 8);
  memcpy (id->bytes + 8, &low, 8);
}

void
ent_id_init_many (EntId *ids,
                  gsize  count)
{
  guint64 now_ms = (guint64) g_get_real_time () / 1000;

  g_mutex_lock (&mutex);
  if (last_ms == 0)
    seed ();
  for (gsize i = 0; i < count; i++)
    {
      advance (now_ms);
      store_id (&ids[i]);
    }
  g_mutex_unlock (&mutex);
}

void
ent_id_init_new (EntId *id)
{
  ent_id_init_many (id, 1);
}

gboolean
ent_id_parse (EntId      *id,
              const char *text)
{
  EntId parsed;
  const char *p = text;

  for (guint i = 0; i < sizeof parsed.bytes; i++)
    {
      int high, low;

      if ((i == 4 || i == 6 || i == 8 || i == 10) && *p++ != '-')
        return FALSE;
      high = g_ascii_xdigit_value (p[0]);
      if (high < 0)
        return FALSE;
      low = g_ascii_xdigit_value (p[1]);
      if (low < 0)
        return FALSE;
      parsed.bytes[i] = (guint8) (high << 4 | low);
      p += 2;
    }
  if (*p != '\0')
    return FALSE;
  *id = parsed;

  return TRUE;
}

void
ent_id_to_text (const EntId *id,
                char         text[ENT_ID_TEXT_LENGTH + 1])
{
  static const char digits[] = "0123456789abcdef";
  char *p = text;

  for (guint i = 0; i < sizeof id->bytes; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *p++ = '-';
      *p++ = digits[id->bytes[i] >> 4];
      *p++ = digits[id->bytes[i] & 15];
    }
  *p = '\0';
}

gboolean
ent_id_is_zero (const EntId *id)
{
  static const EntId zero;

  return memcmp (id, &zero, sizeof zero) == 0;
}

gint64
ent_id_get_time (const EntId *id)
{
  gint64 ms = 0;

  for (guint i = 0; i < 6; i++)
    ms = ms << 8 | id->bytes[i];

  return ms * 1000;
}
