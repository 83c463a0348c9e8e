/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** TestPeer: a server of tests/peers that runs beside the test, on a loopback port of its own. */
typedef struct _TestPeer TestPeer;

/**
 * test_peer_start:
 * @script: its file in tests/peers, "server.js"
 *
 * Starts it and waits until it listens. Where the peers or Node.js are not there the running test is skipped, which says why.
 *
 * Returns: (transfer full) (nullable): %NULL when skipped
 */
TestPeer *test_peer_start    (const char *script);
/** Ends it and waits for its end. */
void      test_peer_stop     (TestPeer   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestPeer, test_peer_stop)
guint16   test_peer_get_port (TestPeer   *self);

G_END_DECLS
