'use strict';
// The usual dots and failures, then one plain line of totals that any CI can read. With CI=true a skipped test is a failure.
// What tests leave open keeps the process from its end: that is named after a while, and is a failure, in place of a run that hangs.
// A test that fails is run once more, and named with what it failed of: what passes only then is a defect to be found, in the test or in us.
const { reporters } = require('mocha');

const MS_TO_END = 15_000;

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
    const failed = failures + (skipsFail ? pending : 0);
    const skipped = skipsFail ? 0 : pending;
    console.log(`${passes} passed, ${failed} failed, ${skipped} skipped`);
    // Without a hold on the process: it never comes where nothing else is open.
    setTimeout(() => endWhatHangs({ passes, failed, skipped }), MS_TO_END).unref();
  }
};

function endWhatHangs({ passes, failed, skipped }) {
  const open = process.getActiveResourcesInfo().filter((kind) => kind !== 'PipeWrap' && kind !== 'TTYWrap');
  console.log(`Tests left open: ${open.join(', ') || 'a pipe'}. Run fewer files to find whose it is.`);
  console.log(`${passes} passed, ${failed + 1} failed, ${skipped} skipped`);
  // Set last: mocha sets a code of its own when the process ends.
  process.on('exit', () => (process.exitCode = 1));
  process.exit();
}
