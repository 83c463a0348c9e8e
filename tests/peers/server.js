// SPDX-License-Identifier: GPL-3.0-or-later
// PouchDB's server with its databases in memory, on a loopback port that the system chooses. Prints one
// line, "ready PORT", and ends when its standard input does, so it never outlives the test that started it.
'use strict';

const { createRequire } = require('module');
const need = createRequire(process.env.ENTENTE_PEERS + '/');

const PouchDB = need('pouchdb');
PouchDB.plugin(need('pouchdb-adapter-memory')).plugin(need('pouchdb-find'));

const app = need('express')();
app.use(need('express-pouchdb')(PouchDB.defaults({ adapter: 'memory' }), {
  mode: 'fullCouchDB',
  inMemoryConfig: true,
  logPath: '/dev/null',
}));

const server = app.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
process.stdin.on('end', () => process.exit(0)).resume();
