// Of Node, for the server: its young objects get 32 MB in place of 128, which costs nothing that can be measured (docs/performance.md).
'use strict';
module.exports = ['--max-semi-space-size=16'];
