import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { storeContract, type Contract } from '../../wsdl/index.ts';
import { loadContract } from '../../index.ts';
import { bankWsdl } from './bank-wsdl.ts';

/** A folder with all that the contenders read, and the token that every request carries. */
export interface Scene {
  readonly folder: string;
  readonly token: string;
  remove(): Promise<void>;
}

export interface SceneOptions {
  /** In place of the bank's. */
  readonly contract?: Contract;
  /** Operations of a second service that nobody calls. */
  readonly idleOperations?: number;
}

const TOKEN_HOURS = '12h';

/** Holds `bank.wsdl`, `contract.json`, perhaps `records.json`, and `jwks.json`. */
export async function createScene({ contract, idleOperations = 0 }: SceneOptions = {}): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-bench-'));
  await storeWsdl(folder, 'bank.wsdl', 0, 'contract.json');
  if (contract !== undefined) await storeContract(contract, join(folder, 'contract.json'));
  if (idleOperations > 0) await storeWsdl(folder, 'records.wsdl', idleOperations, 'records.json');
  const token = await writeKeys(folder);
  return { folder, token, remove: () => rm(folder, { recursive: true }) };
}

async function storeWsdl(folder: string, file: string, idle: number, stored: string): Promise<void> {
  const path = join(folder, file);
  await writeFile(path, bankWsdl('http://127.0.0.1:9/bank', idle));
  await storeContract(await loadContract(path), join(folder, stored));
}

/** An ES256 key set, and a token of the customer anna with all scopes. */
async function writeKeys(folder: string): Promise<string> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'bench' };
  await writeFile(join(folder, 'jwks.json'), JSON.stringify({ keys: [key] }));
  return new SignJWT({ scope: 'read write', jti: 'bench-token' })
    .setProtectedHeader({ alg: 'ES256', kid: 'bench', typ: 'at+jwt' })
    .setIssuer('https://issuer.example')
    .setAudience('bank')
    .setSubject('anna')
    .setIssuedAt()
    .setExpirationTime(TOKEN_HOURS)
    .sign(privateKey);
}
