import { dirname } from 'node:path';
import { createFacade, loadConfig } from '../../index.ts';

/** A facade in a process of its own, of the configuration file named by its argument. Tells its ports as JSON. */
const [path = ''] = process.argv.slice(2);
const { config, problems } = await loadConfig(path, process.env);
if (config === undefined) throw new Error(JSON.stringify(problems));
const facade = await createFacade({ config, configDir: dirname(path) });
const ports = await facade.listen();
process.once('SIGTERM', () => void facade.close());
console.log(JSON.stringify(ports));
