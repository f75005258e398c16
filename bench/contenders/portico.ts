import { createFacade, parseConfig } from '../../facade/index.ts';
import { bankConfig } from '../scene/bank-config.ts';
import { announce, readAssignment } from './take-part.ts';

/** The product as it is configured for production, its log included. */
const assignment = readAssignment();
const { config, problems } = parseConfig('portico.yaml', bankConfig(assignment), {});
if (config === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
const facade = await createFacade({ config, configDir: assignment.folder });
announce((await facade.listen()).port);
