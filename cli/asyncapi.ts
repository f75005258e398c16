import type { Command } from './command.ts';
import { sourceHelp, sourceOptions } from './contract-source.ts';
import { busDocumentFor } from './document.ts';

export const asyncapiCommand: Command = {
  name: 'asyncapi',
  usage: '<wsdl> | --config [FILE]',
  summary: 'the AsyncAPI 3.0 document, as JSON on stdout',
  help: `  --config [FILE]       what this configuration does on the bus; default portico.yaml. A WSDL alone is shown with all of
                        its operations on one queue
${sourceHelp}`,
  options: { config: { type: 'boolean' }, ...sourceOptions },
  async run(input) {
    console.log(JSON.stringify(await busDocumentFor(input), null, 2));
    return 0;
  },
};
