// SPDX-License-Identifier: GPL-3.0-or-later
// Stands in front of a server as a company's proxy does: offers HTTP/2 and HTTP/1.1 over TLS, and speaks HTTP/1.1 to
// what is behind.
// PEER_TARGET is the port behind, PEER_IDENTITY a PEM file with a certificate and its key. Prints "ready PORT"; ends
// when its standard input does.
'use strict';

const fs = require('fs');
const http = require('http');
const http2 = require('http2');

const identity = fs.readFileSync(process.env.PEER_IDENTITY);
const ours = /^(:|connection$|keep-alive$|transfer-encoding$|host$)/;

const without = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !ours.test(name)));

const server = http2.createSecureServer({ key: identity, cert: identity, allowHTTP1: true }, (request, response) => {
  const behind = http.request({
    host: '127.0.0.1', port: process.env.PEER_TARGET, method: request.method, path: request.url,
    headers: without(request.headers),
  }, (answer) => {
    response.writeHead(answer.statusCode, without(answer.headers));
    answer.on('error', () => response.destroy()).pipe(response);
  });
  behind.on('error', () => response.destroy());
  response.on('close', () => behind.destroy());
  request.pipe(behind);
});

server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
process.stdin.on('end', () => process.exit(0)).resume();
