import { createMockServer } from '../../mocks/index.ts';
import { loadContract } from '../../index.ts';
import { announce } from './take-part.ts';

/** Portico's mock of the stored contract it is given, with nothing configured. */
const mock = await createMockServer({ wsdl: await loadContract(process.argv[2]!) });
announce(mock.port);
