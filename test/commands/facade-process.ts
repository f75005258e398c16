import { createFacade } from '../../index.ts';
import { bankConfig, type BankSettings } from './bank-config.ts';

/** A facade of the bank in a process that may be killed. Told all by its arguments: folder of its keys, and settings as JSON. */
const [configDir = '', settings = ''] = process.argv.slice(2);
const config = await bankConfig(JSON.parse(settings) as BankSettings);
const facade = await createFacade({ config, configDir });
const { port } = await facade.listen(0, '127.0.0.1');
process.once('SIGTERM', () => {
  void facade.close().then(() => {
    process.exit(0);
  });
});
console.log(port);
