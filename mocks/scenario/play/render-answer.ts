import { DecodeError, ValueError } from '../../../wsdl/index.ts';
import type { SoapCall } from '../../call.ts';
import { encodeFitting, type SoapAnswer } from '../../encode-answer.ts';
import { escapeXml } from '../../scan-tags.ts';
import type { Scope } from '../expression/evaluate.ts';
import type { AnswerBody } from '../scenario.ts';
import type { YamlNode } from '../source/yaml-node.ts';
import { PlayError, render, renderText } from '../template/render.ts';
import { answerOfXml } from '../xml-answer.ts';
import { encodeWithNumbers } from './fit-numbers.ts';

/** An answer in bytes, checked by the contract. @throws PlayError naming the place in the file if it does not fit. */
export function renderAnswer(body: AnswerBody, node: YamlNode, call: SoapCall, scope: Scope): SoapAnswer {
  try {
    return toAnswer(body, call, scope);
  } catch (error) {
    if (error instanceof ValueError || error instanceof DecodeError)
      throw new PlayError(
        { node },
        `the answer of ${call.operation.id} does not fit its contract: ${error.message}`,
      );
    throw error;
  }
}

function toAnswer(body: AnswerBody, call: SoapCall, scope: Scope): SoapAnswer {
  switch (body.kind) {
    case 'output':
      return encodeWithNumbers(render(body.output, scope) ?? null, (output) =>
        encodeFitting(call, { output }),
      );
    case 'xml':
      return answerOfXml(call.codec, renderText(body.xml, scope, escapeXml));
    case 'fault':
      return faultAnswer(body, call, scope);
  }
}

function faultAnswer(
  { name, detail, category, ...body }: AnswerBody & { readonly kind: 'fault' },
  call: SoapCall,
  scope: Scope,
): SoapAnswer {
  const fault = { reason: renderText(body.reason, scope, (text) => text), category };
  if (name === undefined || detail === undefined) return encodeFitting(call, { fault });
  return encodeWithNumbers(render(detail, scope) ?? null, (value) =>
    encodeFitting(call, { fault: { ...fault, name: name.text, value } }),
  );
}
