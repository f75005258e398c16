import type { ExpandedName } from '../../xml/names.ts';
import { shownName } from '../../xml/xml-error.ts';
import type { DecodeContext } from './decode-context.ts';
import { describeExpected, describeName, describeNode, knowsElement } from './expectation.ts';
import type { ModelCursor } from './model-cursor.ts';

/** @throws DecodeError that says why the content model does not take the child that starts. */
export function failAtChild(context: DecodeContext, cursor: ModelCursor, name: ExpandedName): never {
  if (cursor.missing !== undefined && knowsElement(cursor.root, name.key)) {
    const child = `<${shownName(name.local)}>`;
    context.failAround('missing-element', `${describeNode(cursor.missing)} is missing before ${child}`);
  }
  const message = `${describeName(name)} is not expected here, but ${describeExpected(cursor, name)}`;
  return context.fail('unexpected-element', message);
}
