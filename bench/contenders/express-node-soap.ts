import { join } from 'node:path';
import express from 'express';
import { createClientAsync } from 'soap';
import { readAssignment, takePart } from './take-part.ts';

const { endpoint, folder, load } = readAssignment();
const client = await createClientAsync(join(folder, 'bank.wsdl'), {}, endpoint);
const call = (client as unknown as Record<string, (input: unknown) => Promise<[unknown]>>)[
  `${load.operation}Async`
]!;
const app = express();

app.all('/{*path}', express.json(), async (_request, response) => {
  const [result] = await call.call(client, load.soapInput);
  response.json(result);
});
await takePart(app);
