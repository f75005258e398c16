import { ExpressionError, type Expression } from '../expression/expression.ts';
import { parseExpression } from '../expression/parse.ts';
import type { YamlNode } from './yaml-node.ts';

/** An expression and where it stands, to point at what is wrong with it. */
export interface PlacedExpression {
  readonly expression: Expression;
  readonly node: YamlNode;
  /** Characters of the node's text before the expression. */
  readonly shift: number;
}

/** The whole text of a node as an expression. */
export function readExpression(node: YamlNode | undefined): PlacedExpression | undefined {
  const text = node?.readText('an expression');
  if (node === undefined || text === undefined) return undefined;
  if (!text.startsWith('{{')) return parseAt(node, text, 0);
  node.fail('is an expression already; write it without {{ and }}');
  return undefined;
}

export function parseAt(node: YamlNode, text: string, shift: number): PlacedExpression | undefined {
  try {
    return { expression: parseExpression(text), node, shift };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    node.fail(`the expression ${error.message}`, shift + error.at);
    return undefined;
  }
}
