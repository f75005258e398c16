import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createDevelopmentToken } from '../facade/index.ts';
import { CommandError, expectPositionals, numberOption, UsageError, type Command } from './command.ts';
import { DEFAULT_CONFIG } from './config-source.ts';

const ONE_HOUR = 3600;

export const tokenCommand: Command = {
  name: 'token',
  usage: '[--sub S] [--scope "a b"] [--config portico.yaml] [--expires SECONDS]',
  summary: 'a development token, good for a facade with auth.development: true',
  help: `  --sub S        subject; default developer
  --scope "a b"  scopes, separated by blanks; default none
  --config FILE  the key is kept in .portico beside it; default ${DEFAULT_CONFIG}
  --expires N    seconds; default ${ONE_HOUR}`,
  options: {
    sub: { type: 'string' },
    scope: { type: 'string' },
    config: { type: 'string' },
    expires: { type: 'string' },
  },
  async run(input) {
    expectPositionals(input, []);
    const subject = input.values.sub ?? 'developer';
    if (subject === '') throw new UsageError('--sub is empty; name a subject');
    const config = input.values.config;
    if (config !== undefined && !existsSync(config))
      throw new CommandError(`${config}: there is no such file`);
    const scopes = (input.values.scope ?? '').split(/\s+/).filter((scope) => scope !== '');
    const token = await createDevelopmentToken({
      configDir: dirname(resolve(config ?? DEFAULT_CONFIG)),
      subject,
      scopes,
      expiresInSeconds: numberOption(input, 'expires', { min: 1, max: 365 * 86_400 }) ?? ONE_HOUR,
    });
    console.log(token);
    return 0;
  },
};
