import type { Contract, TypeDefinition } from '../../wsdl/index.ts';
import { contractOf, element, operation } from './contract-builder.ts';
import { documentOf, pointerOf, validatorOf, type Validate } from './validator.ts';

/** Validators for an operation that takes and gives `{ value: <type> }`. */
export function bothDirections(
  type: string,
  types: readonly TypeDefinition[] = [],
  more: Partial<Contract> = {},
): { input: Validate; output: Validate } {
  const parts = [element('value', type)];
  const document = documentOf(
    contractOf([operation('Exchange', { input: parts, output: parts })], types, more),
  );
  const compile = validatorOf(document);
  const media = ['content', 'application/json', 'schema'];
  const post = ['paths', '/v1/bank/exchange', 'post'];
  const wrap =
    (validate: Validate): Validate =>
    (value) =>
      validate({ value });
  return {
    input: wrap(compile(pointerOf(...post, 'requestBody', ...media))),
    output: wrap(compile(pointerOf(...post, 'responses', '200', ...media))),
  };
}
