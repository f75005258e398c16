import type { Command } from './command.ts';
import { documentFor } from './document.ts';
import { sourceHelp, sourceOptions } from './contract-source.ts';

export const openapiCommand: Command = {
  name: 'openapi',
  usage: '<wsdl> | --config [FILE]',
  summary: 'the OpenAPI 3.1 document, as JSON on stdout',
  help: `  --config [FILE]       of every service of this configuration; default portico.yaml\n${sourceHelp}`,
  options: { config: { type: 'boolean' }, ...sourceOptions },
  async run(input) {
    console.log(JSON.stringify(await documentFor(input), null, 2));
    return 0;
  },
};
