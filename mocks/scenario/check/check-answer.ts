import { DecodeError, ValueError, type OperationCodec } from '../../../wsdl/index.ts';
import type { Answer, AnswerBody } from '../scenario.ts';
import { suggestion } from '../source/yaml-node.ts';
import { isConstant, type Template } from '../template/template.ts';
import { answerOfXml } from '../xml-answer.ts';
import type { Names } from './check-expression.ts';
import { checkTemplate, isCertain, nodeAt, outlineOf } from './check-template.ts';

/** Writes down what is certain to be wrong with an answer of the operation, whatever its templates will give. */
export function checkAnswer({ body, node }: Answer, codec: OperationCodec, names: Names): void {
  if (body === undefined) return;
  switch (body.kind) {
    case 'output':
      checkTemplate(body.output, names);
      if (codec.output === undefined) return node.fail(`${codec.operation.id} is one-way: it has no output`);
      return checkValue(body.output, (value) => codec.output?.encodePackage(value));
    case 'xml':
      checkTemplate(body.xml, names);
      if (codec.output === undefined) return node.fail(`${codec.operation.id} is one-way: it has no output`);
      return checkXml(body.xml, codec);
    case 'fault':
      return checkFault(body, codec, names);
  }
}

function checkFault(
  body: AnswerBody & { readonly kind: 'fault' },
  codec: OperationCodec,
  names: Names,
): void {
  const { name, reason, detail, category } = body;
  checkTemplate(reason, names);
  if (name === undefined) return;
  const declared = codec.operation.faults.map((fault) => fault.name);
  if (!declared.includes(name.text)) {
    const hint = suggestion(name.text, declared) || `; it declares ${declared.join(', ') || 'none'}`;
    return name.node.fail(`${codec.operation.id} declares no fault "${name.text}"${hint}`);
  }
  if (detail === undefined) return name.node.fail(`the fault "${name.text}" needs a "detail"`);
  checkTemplate(detail, names);
  checkValue(detail, (value) =>
    codec.encodeFault({ category, reason: 'x', detail: { name: name.text, value } }),
  );
}

function checkValue(
  template: Template,
  encode: (value: ReturnType<typeof outlineOf>['value']) => unknown,
): void {
  const { value, unknown } = outlineOf(template);
  try {
    encode(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    for (const fault of error.faults.filter((one) => isCertain(one, unknown))) {
      const node = nodeAt(template, fault.pointer);
      const hint =
        fault.code === 'type' && typeof node.scalar === 'number'
          ? '; write it in quotes to keep every digit'
          : '';
      node.fail(`does not fit the contract at ${fault.pointer || '/'}: ${fault.message}${hint}`);
    }
  }
}

/** Of XML with templates only the elements can be judged: with nothing in their place values would not fit. */
function checkXml(template: Template, codec: OperationCodec): void {
  const text =
    template.kind === 'text'
      ? template.parts.map((part) => (typeof part === 'string' ? part : '')).join('')
      : template.kind === 'constant'
        ? String(template.value)
        : undefined;
  if (text === undefined) return;
  try {
    answerOfXml(codec, text);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    if (isConstant(template) || error.code !== 'invalid-value')
      template.node.fail(`does not fit the contract: ${error.message}`);
  }
}
