import type { PlacedExpression } from '../source/read-expression.ts';
import type { YamlNode } from '../source/yaml-node.ts';

/** JSON, or the text of XML, with `{{ ... }}` in it. Each part knows where it was written. */
export type Template =
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null; readonly node: YamlNode }
  /** A text that is one `{{ ... }}`: the value as it is, of any type; if there is none, neither is there the member. */
  | { readonly kind: 'value'; readonly expression: PlacedExpression; readonly node: YamlNode }
  | { readonly kind: 'text'; readonly parts: readonly (string | PlacedExpression)[]; readonly node: YamlNode }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Template>; readonly node: YamlNode }
  | { readonly kind: 'list'; readonly entries: readonly Template[]; readonly node: YamlNode }
  /** `$each`: a list with one entry for each value, which the template sees by the name `as`. */
  | {
      readonly kind: 'each';
      readonly values: PlacedExpression;
      readonly as: string;
      readonly give: Template;
      readonly node: YamlNode;
    };

/** Whether it gives the same whatever comes. */
export function isConstant(template: Template): boolean {
  switch (template.kind) {
    case 'constant':
      return true;
    case 'object':
      return [...template.members.values()].every(isConstant);
    case 'list':
      return template.entries.every(isConstant);
    case 'value':
    case 'text':
    case 'each':
      return false;
  }
}
