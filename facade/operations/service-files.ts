import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError, type KeyPath } from '../config/config-problem.ts';
import type { Secret } from '../config/service-policy-config.ts';

/** Whoever guesses a secret needs one encrypted text to try it on. */
const LEAST_SECRET = 32;

/** Reads what the configuration, of a service as a rule, only points to. */
export class ServiceFiles {
  readonly #folder: string;
  readonly #path: KeyPath;

  /** `path`: of the service, or the part, in the configuration, for errors. */
  constructor(folder: string, path: KeyPath) {
    this.#folder = folder;
    this.#path = path;
  }

  /** The secret without the line end that editors put behind it. @throws ConfigError if its file cannot be read. */
  secret(secret: Secret, ...key: string[]): string {
    return typeof secret === 'string' ? secret : this.text(secret.file, ...key).replace(/\r?\n$/, '');
  }

  /** For one that keys are made of. @throws ConfigError also if it is short enough to be guessed. */
  strongSecret(secret: Secret, ...key: string[]): string {
    const text = this.secret(secret, ...key);
    if (text.length < LEAST_SECRET)
      throw this.error(`is too short to stay secret: take ${LEAST_SECRET} random characters or more`, ...key);
    return text;
  }

  /** @throws ConfigError */
  text(file: string, ...key: string[]): string {
    try {
      return readFileSync(resolve(this.#folder, file), 'utf8');
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
      throw this.error(`${file} cannot be read (${reason})`, ...key);
    }
  }

  error(message: string, ...key: string[]): ConfigError {
    return new ConfigError([{ path: [...this.#path, ...key], message }]);
  }
}
