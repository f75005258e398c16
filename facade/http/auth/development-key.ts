import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JWK } from 'jose';

export const DEVELOPMENT_ISSUER = 'portico-development';
export const DEVELOPMENT_AUDIENCE = 'portico';
export const DEVELOPMENT_ALGORITHM = 'ES256';
const ONE_HOUR = 3600;

export interface DevelopmentTokenOptions {
  /** Folder of portico.yaml; the key lies in `.portico/dev-key.json` below it, made when first needed. */
  readonly configDir: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  /** Default 3600. */
  readonly expiresInSeconds?: number;
  /** Further claims, e.g. those that routes take members from. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** A token that a facade with `auth.development: true` and the same folder accepts. */
export async function createDevelopmentToken(options: DevelopmentTokenOptions): Promise<string> {
  const key = await developmentKey(options.configDir);
  const { SignJWT } = await import('jose/jwt/sign');
  return new SignJWT({ client_id: 'portico-token', ...options.claims, scope: options.scopes.join(' ') })
    .setProtectedHeader({
      alg: DEVELOPMENT_ALGORITHM,
      typ: 'at+jwt',
      ...(key.kid !== undefined && { kid: key.kid }),
    })
    .setIssuer(DEVELOPMENT_ISSUER)
    .setAudience(DEVELOPMENT_AUDIENCE)
    .setSubject(options.subject)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + (options.expiresInSeconds ?? ONE_HOUR))
    .setJti(randomUUID())
    .sign(key);
}

/** The public half of the development key. */
export async function developmentPublicKey(configDir: string): Promise<JWK> {
  const { kty, crv, x, y, alg, kid } = await developmentKey(configDir);
  return { kty, crv, x, y, alg, kid } as JWK;
}

async function developmentKey(configDir: string): Promise<JWK> {
  const folder = join(configDir, '.portico');
  const path = join(folder, 'dev-key.json');
  return (await readKey(path)) ?? (await makeKey(folder, path));
}

async function readKey(path: string): Promise<JWK | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as JWK;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${path} cannot be read; remove it and a new key will be made`, { cause: error });
  }
}

/** Linking a finished file into place: of two processes that make the key at once, both then read the first one's. */
async function makeKey(folder: string, path: string): Promise<JWK> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [{ exportJWK }, { generateKeyPair }] = await Promise.all([
    import('jose/key/export'),
    import('jose/key/generate/keypair'),
  ]);
  const { privateKey } = await generateKeyPair(DEVELOPMENT_ALGORITHM, { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: DEVELOPMENT_ALGORITHM, kid: randomUUID() };
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(key), { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, path);
    return key;
  } catch (error) {
    const winner = await readKey(path);
    if (winner === undefined) throw error;
    return winner;
  } finally {
    await rm(draft);
  }
}
