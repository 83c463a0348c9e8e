/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * EntClockSkew:
 *
 * How far this computer's clock is from a server's, learned from the Date of its answers. Signatures and the life of
 * tokens are reckoned by the server's clock, so a laptop whose clock is wrong can sign in all the same, and its owner can
 * be told. One for each server. All functions may be called on any thread.
 *
 * Source: RFC 9110, section 6.6.1 "Date" (whole seconds); RFC 9111, section 5.1 "Age".
 */
typedef struct _EntClockSkew EntClockSkew;

/** What is not more than this is no skew: a minute, in microseconds. */
#define ENT_CLOCK_SKEW_TOLERANCE ((gint64) 60 * G_TIME_SPAN_SECOND)

/** Knows of no skew. (transfer full) */
EntClockSkew *ent_clock_skew_new          (void);
EntClockSkew *ent_clock_skew_ref          (EntClockSkew       *self);
void          ent_clock_skew_unref        (EntClockSkew       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntClockSkew, ent_clock_skew_unref)

/** Learns from the headers of an answer. @sent and @received: this computer's time in microseconds (g_get_real_time())
 * before the request and after the answer; how long it took is never taken for skew. An answer out of a cache, or without a
 * date that can be read, teaches nothing.
 *
 * Returns: whether the offset is now another one by over a minute: a request that was refused for its time may then be
 * signed and sent again, once. */
gboolean      ent_clock_skew_learn        (EntClockSkew       *self,
                                           SoupMessageHeaders *headers,
                                           gint64              sent,
                                           gint64              received);
/** What to add to this computer's time to have the server's, in microseconds; 0 up to %ENT_CLOCK_SKEW_TOLERANCE. */
gint64        ent_clock_skew_get_offset   (EntClockSkew       *self);
/** The server's time, as far as it is known: microseconds since 1970 UTC. @self: (nullable): this computer's time. */
gint64        ent_clock_skew_now          (EntClockSkew       *self);
/** "This computer’s clock is 10 minutes behind; …": a sentence for an offset; NULL without skew. (transfer full) */
char         *ent_clock_skew_dup_sentence (gint64              offset);

G_END_DECLS
