'use strict';
// The usual dots and failures, then one plain line of totals that any CI can read. With CI=true a skipped test is a failure.
// A test that fails is run once more, and named with what it failed of: what passes only then is a defect to be found, in the test or in us.
const { reporters } = require('mocha');

module.exports = class Reporter extends reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    runner.on('pending', (test) => this.skipped.push(test.fullTitle()));
    runner.on('retry', (test, error) => this.retried.push(`${test.fullTitle()}: ${error.message}`));
    runner.once('end', () => this.printTotals(runner));
  }

  skipped = [];
  retried = [];

  printTotals(runner) {
    const { passes, failures, pending } = runner.stats;
    for (const line of this.retried) console.log(`run again: ${line}`);
    for (const title of this.skipped) console.log(`skipped: ${title}`);
    const skipsFail = process.env.CI === 'true' && pending > 0;
    if (skipsFail) {
      console.log('With CI=true every test must run.');
      runner.failures += pending;
    }
    console.log(
      `${passes} passed, ${failures + (skipsFail ? pending : 0)} failed, ${skipsFail ? 0 : pending} skipped`,
    );
  }
};
