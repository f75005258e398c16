#!/usr/bin/env node
// CommonJS and old syntax on purpose: a Node too old for Portico must still be able to say so.
'use strict';
var needed = 24;
if (Number(process.versions.node.split('.')[0]) < needed) {
  console.error(
    'portico needs Node.js ' +
      needed +
      ' or newer; this is ' +
      process.versions.node +
      '. Install it, or run: npx -p node@' +
      needed +
      ' -p portico portico',
  );
  process.exit(1);
}
// The server runs with flags of its own, in the same process, unless somebody has given others.
var flags = require('./flags.cjs');
var given = process.execArgv.concat(process.env.NODE_OPTIONS || '').join(' ');
if (process.argv[2] === 'serve' && process.execve && !process.send && !/semi.space.size/.test(given)) {
  process.execve(
    process.execPath,
    [process.execPath].concat(process.execArgv, flags, process.argv.slice(1)),
    process.env,
  );
}
// Compiled code is kept for the next start, in the system's folder for temporary files.
require('node:module').enableCompileCache();
import('../dist/cli.js').then(
  function (cli) {
    return cli.main(process.argv.slice(2));
  },
  function (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !/dist.cli\.js/.test(error.message)) throw error;
    console.error(
      'portico is not built here. Run: npm run build (or, in a checkout: npm run portico -- ...)',
    );
    process.exitCode = 1;
  },
);
