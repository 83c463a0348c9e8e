// SPDX-License-Identifier: GPL-3.0-or-later
// A strict OpenID provider on a loopback port that the system chooses: a native client without a secret, PKCE required, access
// tokens of five seconds, refresh tokens that are good once. Prints one line, "ready PORT", and ends when its standard input
// does, so it never outlives the test that started it.
'use strict';

// It warns of what only tests may do; the test reads one line.
console.info = console.warn = () => {};

const { createRequire } = require('module');
const http = require('http');
const { Provider } = createRequire(process.env.ENTENTE_PEERS + '/')('oidc-provider');

const configuration = {
  clients: [{
    client_id: 'entente',
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: ['http://127.0.0.1/cb'],
  }, {
    client_id: 'robot',
    client_secret: 'robot:s3cret&more',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  }],
  cookies: { keys: ['only for tests'] },
  features: { clientCredentials: { enabled: true }, devInteractions: { enabled: true }, revocation: { enabled: true } },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  scopes: ['openid', 'offline_access', 'deals'],
  ttl: {
    AccessToken: 5, AuthorizationCode: 60, ClientCredentials: 5, Grant: 3600, IdToken: 3600, Interaction: 600,
    RefreshToken: 3600, Session: 3600,
  },
};

const server = http.createServer().listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  server.on('request', new Provider(`http://127.0.0.1:${port}`, configuration).callback());
  console.log(`ready ${port}`);
});
process.stdin.on('end', () => process.exit(0)).resume();
