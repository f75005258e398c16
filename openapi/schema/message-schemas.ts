import type { Contract, FaultMessage, Message } from '../../wsdl/index.ts';
import { createComponentNames } from './component-names.ts';
import { Components } from './components.ts';
import { toElementSchema } from './element.ts';
import type { SchemaObject } from './json-schema.ts';
import { toMessageSchema } from './message.ts';
import { NO_OMISSIONS } from './scope.ts';

/** The JSON Schemas that the OpenAPI document has for whole messages, whatever the routes make of them. */
export interface MessageSchemas {
  /** Its `$ref`s lead to `components`. */
  schemaOf(message: Message): SchemaObject;
  detailOf(fault: FaultMessage): SchemaObject;
  /** By the last step of `#/components/schemas/<name>`; complete for what was asked for so far. */
  readonly components: ReadonlyMap<string, SchemaObject>;
}

/** Requests and answers differ in what is required, so make one set for each direction. */
export function createMessageSchemas(contract: Contract, direction: 'input' | 'output'): MessageSchemas {
  const [names] = createComponentNames([{ name: contract.name, contract }], []);
  const components = new Map<string, SchemaObject>();
  const scope = new Components(contract, names!, components);
  scope.direction = direction;
  const complete = (schema: SchemaObject): SchemaObject => {
    scope.finish();
    return schema;
  };
  return {
    components,
    schemaOf: (message) => complete(toMessageSchema(scope, message, NO_OMISSIONS)),
    detailOf: (fault) => complete(toElementSchema(scope, fault.detail)),
  };
}
