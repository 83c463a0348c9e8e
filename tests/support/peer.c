/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/peer.h"

#include <string.h>

struct _TestPeer
{
  GSubprocess      *process;
  GDataInputStream *output;
  guint16           port;
};

/* Its one line, "ready PORT". */
static guint16
read_port (TestPeer *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (self->output, NULL, NULL, &error);
  guint64 port = 0;

  g_assert_no_error (error);
  if (line == NULL || !g_str_has_prefix (line, "ready ") ||
      !g_ascii_string_to_unsigned (line + strlen ("ready "), 10, 1, G_MAXUINT16, &port, NULL))
    g_error ("a peer did not start: %s", line != NULL ? line : "it ended");
  return (guint16) port;
}

TestPeer *
test_peer_start (const char *script)
{
  g_autofree char *node = g_find_program_in_path ("node");
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "peers", script, NULL);
  g_autoptr (GError) error = NULL;
  TestPeer *self;

  if (g_getenv ("ENTENTE_PEERS") == NULL || node == NULL)
    {
      g_test_skip (node == NULL ? "Node.js is not here, so the peer cannot run"
                                : "the peers are not here (ENTENTE_PEERS): build-aux/test fetches them with npm");
      return NULL;
    }
  self = g_new0 (TestPeer, 1);
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, node, path, NULL);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->port = read_port (self);
  return self;
}

void
test_peer_stop (TestPeer *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->output);
  g_object_unref (self->process);
  g_free (self);
}

guint16
test_peer_get_port (TestPeer *self)
{
  return self->port;
}
