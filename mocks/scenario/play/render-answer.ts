import { DecodeError } from '../../../wsdl/index.ts';
import type { SoapCall } from '../../call.ts';
import { encodeAnswer, type SoapAnswer } from '../../encode-answer.ts';
import { Refusal } from '../../refusal.ts';
import { escapeXml } from '../../scan-tags.ts';
import type { Scope } from '../expression/evaluate.ts';
import type { AnswerBody } from '../scenario.ts';
import type { YamlNode } from '../source/yaml-node.ts';
import { PlayError, render, renderText } from '../template/render.ts';
import { answerOfXml } from '../xml-answer.ts';

/** An answer in bytes, checked by the contract. @throws PlayError naming the place in the file if it does not fit. */
export function renderAnswer(body: AnswerBody, node: YamlNode, call: SoapCall, scope: Scope): SoapAnswer {
  try {
    return toAnswer(body, call, scope);
  } catch (error) {
    if (error instanceof Refusal) throw new PlayError({ node }, error.message);
    if (error instanceof DecodeError)
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
      return encodeAnswer(call, { output: render(body.output, scope) ?? null });
    case 'xml':
      return answerOfXml(call.codec, renderText(body.xml, scope, escapeXml));
    case 'fault': {
      const { name, reason, detail, category } = body;
      const value = detail && render(detail, scope);
      return encodeAnswer(call, {
        fault: {
          reason: renderText(reason, scope, (text) => text),
          category,
          ...(name && { name: name.text, value: value ?? null }),
        },
      });
    }
  }
}
