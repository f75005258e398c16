import { join } from 'node:path';
import express from 'express';
import { readAssignment, takePart } from './take-part.ts';

type Callback = (error: unknown, result: unknown) => void;
interface StrongSoap {
  readonly soap: {
    createClient(wsdl: string, options: object, done: (error: unknown, client: Client) => void): void;
  };
}
interface Client {
  setEndpoint(endpoint: string): void;
  readonly [operation: string]: unknown;
}

/** No dependency of the project: it takes part where somebody has installed it. */
const name = 'strong-soap';
const { soap } = (await import(name)) as StrongSoap;
const { endpoint, folder, load } = readAssignment();
const client = await new Promise<Client>((resolve, reject) => {
  soap.createClient(join(folder, 'bank.wsdl'), {}, (error, made) => {
    if (error instanceof Error) reject(error);
    else resolve(made);
  });
});
client.setEndpoint(endpoint);
const call = client[load.operation] as (input: unknown, done: Callback) => void;
const app = express();

app.all('/{*path}', express.json(), (_request, response, next) => {
  call.call(client, load.soapInput, (error, result) => {
    if (error instanceof Error) next(error);
    else response.json(result);
  });
});
await takePart(app);
