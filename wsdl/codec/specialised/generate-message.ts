import type { GroupParticle } from '../../contract.ts';
import { SOAP_ENVELOPE_NAMESPACE } from '../../qname.ts';
import type { DecodePlan } from '../decode/message-plan.ts';
import { FAIL, SKIP_SPACE, type FunctionSource } from './decoder-source.ts';
import { generateValue, openTest } from './generate-element.ts';
import { generateAccessors } from './generate-encoded.ts';
import { generateParticle } from './generate-model.ts';
import { tagName, type Generation } from './generation.ts';
import { readWrapperTag } from './wrapper-tag.ts';

/** The function that reads the content of soap:Body, and the end tags behind it. @returns its name. */
export function generateMessage(generation: Generation, { message, soapVersion }: DecodePlan): string {
  const namespace = SOAP_ENVELOPE_NAMESPACE[soapVersion];
  return generation.addFunction((into) => {
    const { wrapper } = message.body;
    if (wrapper === undefined) generateContent(generation, into, message.body);
    else generateWrapped(generation, into, { ...message.body, wrapper });
    for (const local of ['Body', 'Envelope']) {
      into.line(SKIP_SPACE);
      into.take(`</${tagName(generation, { namespace, local }) ?? ''}>`);
    }
    into.line(SKIP_SPACE);
  });
}

type Body = DecodePlan['message']['body'];

function generateWrapped(
  generation: Generation,
  into: FunctionSource,
  body: Body & { readonly wrapper: NonNullable<Body['wrapper']> },
): void {
  const written = tagName(generation, body.wrapper);
  if (written === undefined) return into.line(`${FAIL};`);
  const readTag = into.decoder.constant(readWrapperTag);
  into.line(`${SKIP_SPACE} if (!${openTest(generation, body.wrapper)}) ${FAIL}; n++;`);
  into.line(`const scope = s.scope; p = ${readTag}(s, p + ${Buffer.byteLength(written) + 1});`);
  generateContent(generation, into, body);
  into.line(SKIP_SPACE);
  into.take(`</${written}>`);
  into.line('s.scope = scope;');
}

function generateContent(generation: Generation, into: FunctionSource, { kind, shape, members }: Body): void {
  const [only] = members;
  if (shape === 'value' && only !== undefined) {
    into.line(`${SKIP_SPACE} if (!${openTest(generation, only.name)}) ${FAIL};`);
    return generateValue(generation, into, only);
  }
  const model: GroupParticle = {
    kind: kind === 'rpc' ? 'all' : 'sequence',
    particles: members,
    min: 1,
    max: 1,
  };
  into.put('{');
  if (generation.encoded) generateAccessors(generation, into, members);
  else generateParticle(generation, into, model);
  into.line('close(s, 125);');
}
