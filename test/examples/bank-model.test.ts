import fc from 'fast-check';
import { bankCommands, createModel, openModelledBank, type ModelledBank } from './bank-model.ts';

const RUNS = Number(process.env.PORTICO_MODEL_RUNS ?? 60);

describe('the mock bank: whatever is called in whatever order', function () {
  this.timeout(Math.max(30_000, RUNS * 200));
  let bank: ModelledBank;
  before(async () => {
    bank = await openModelledBank();
  });
  after(() => bank.close());

  it(`answers as the model does, in ${RUNS} sequences`, async () => {
    await fc.assert(
      fc.asyncProperty(bankCommands, async (commands) => {
        bank.begin();
        await fc.asyncModelRun(() => ({ model: createModel(), real: bank }), commands);
      }),
      { numRuns: RUNS },
    );
  });
});
