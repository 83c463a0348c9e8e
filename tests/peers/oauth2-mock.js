// SPDX-License-Identifier: GPL-3.0-or-later
// A sign-in service that lets everybody in at once and checks PKCE, on a loopback port that the system chooses. Prints one
// line, "ready PORT", and ends when its standard input does, so it never outlives the test that started it.
'use strict';

const { createRequire } = require('module');
const { OAuth2Server } = createRequire(process.env.ENTENTE_PEERS + '/')('oauth2-mock-server');

(async () => {
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await server.start(0, '127.0.0.1');
  console.log(`ready ${server.address().port}`);
})();
process.stdin.on('end', () => process.exit(0)).resume();
