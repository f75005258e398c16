import { toTypeScript } from '../openapi/index.ts';
import type { Command } from './command.ts';
import { documentFor } from './document.ts';
import { sourceHelp, sourceOptions } from './contract-source.ts';

export const typesCommand: Command = {
  name: 'types',
  usage: '<wsdl> | --config [FILE]',
  summary: 'TypeScript types of the REST API, on stdout; made for openapi-fetch',
  help: `  --config [FILE]       of every service of this configuration; default portico.yaml\n${sourceHelp}`,
  options: { config: { type: 'boolean' }, ...sourceOptions },
  async run(input) {
    console.log(await toTypeScript(await documentFor(input)));
    return 0;
  },
};
