import { qnameKey, type JsonValue, type Message, type Operation } from '../../wsdl/index.ts';
import { exampleOf, omitMembers } from '../document/examples.ts';
import { createFaultProblems } from '../document/fault-problems.ts';
import { omissionsOf } from '../document/omissions.ts';
import { operationOf } from '../document/operation-of.ts';
import type { ServiceSurface } from '../document/options.ts';
import { PROBLEM, PROBLEM_MEDIA_TYPE, toFaultProblemSchema } from '../document/problems.ts';
import type { FaultProblems } from '../document/responses.ts';
import type { Route } from '../route.ts';
import { findOperation, portsOf } from '../routes/bound-port.ts';
import type { ComponentNames } from '../schema/component-names.ts';
import { Components } from '../schema/components.ts';
import { toElementSchema } from '../schema/element.ts';
import type { SchemaObject } from '../schema/json-schema.ts';
import { toMessageSchema } from '../schema/message.ts';
import { NO_OMISSIONS } from '../schema/scope.ts';
import type { AsyncMessageObject } from './async-api-document.ts';

/** Payload and content type; what a message is called and brings along is not known here. */
export type MessageForm = Pick<
  AsyncMessageObject,
  'contentType' | 'payload' | 'title' | 'description' | 'examples'
>;

/** The forms of the messages of one service: JSON by the schemas of its OpenAPI document, and XML by its contract. */
export class OperationMessages {
  readonly #service: ServiceSurface;
  readonly #components: Components;
  readonly #faultProblems: FaultProblems;
  readonly #hasExamples: boolean;

  constructor(
    service: ServiceSurface,
    names: ComponentNames,
    schemas: Map<string, SchemaObject>,
    hasExamples: boolean,
  ) {
    this.#service = service;
    this.#components = new Components(service.contract, names, schemas);
    this.#faultProblems = createFaultProblems(names, schemas);
    this.#hasExamples = hasExamples;
  }

  /** Of requests: to be asked for before those of answers, as what both refer to serves both directions. */
  command(route: Route): { readonly json: MessageForm; readonly xml: MessageForm } {
    const { input } = operationOf(this.#service, route);
    const omissions = omissionsOf({ parameters: [], presets: route.presets });
    const example = this.#exampleOf(input);
    return {
      json: {
        title: `${route.operationId}, JSON`,
        contentType: 'application/json',
        payload: toMessageSchema(this.#components, input, omissions),
        ...toExamples(example && omitMembers(example, omissions)),
      },
      xml: this.#xmlForm(route, input, `${route.operationId}, XML`),
    };
  }

  beginAnswers(): void {
    this.#components.finish();
    this.#components.direction = 'output';
  }

  /** None for a one-way operation. */
  answer(route: Route): { readonly json: MessageForm; readonly xml: MessageForm } | undefined {
    const { output } = operationOf(this.#service, route);
    if (output === undefined) return undefined;
    return {
      json: {
        title: `${route.operationId}, answer in JSON`,
        contentType: 'application/json',
        payload: toMessageSchema(this.#components, output, NO_OMISSIONS),
        ...toExamples(this.#exampleOf(output)),
      },
      xml: this.#xmlForm(route, output, `${route.operationId}, answer in XML`),
    };
  }

  problem(route: Route): { readonly json: MessageForm; readonly xml: MessageForm } {
    const operation = operationOf(this.#service, route);
    return {
      json: {
        title: `${route.operationId}, problem`,
        contentType: PROBLEM_MEDIA_TYPE,
        payload: toAny([
          ...this.#declaredProblems(operation, route),
          { $ref: `#/components/schemas/${PROBLEM}` },
        ]),
      },
      xml: {
        title: `${route.operationId}, SOAP Fault`,
        ...this.#soap(route),
        payload: {
          type: 'string',
          description:
            'A SOAP envelope with a Fault: a declared one with its detail, or one whose detail is a problem (RFC 9457) in XML.',
        },
      },
    };
  }

  finish(): void {
    this.#components.finish();
  }

  #declaredProblems({ faults }: Operation, route: Route): SchemaObject[] {
    return route.faults.flatMap((routed) => {
      const declared = faults.find(({ name }) => name === routed.name);
      if (declared === undefined) return [];
      const detail = toElementSchema(this.#components, declared.detail);
      return [this.#faultProblems(declared, toFaultProblemSchema(declared, routed, detail))];
    });
  }

  #exampleOf(message: Message): JsonValue | undefined {
    return this.#hasExamples ? exampleOf(this.#service.contract, message) : undefined;
  }

  #xmlForm(route: Route, { body }: Message, title: string): MessageForm {
    const element = body.wrapper ?? body.members[0]?.name;
    const named = element === undefined ? 'nothing' : `\`${qnameKey(element.namespace, element.local)}\``;
    return {
      title,
      ...this.#soap(route),
      payload: {
        type: 'string',
        description: `XML of the contract: a SOAP envelope whose Body holds ${named}, or that element alone.`,
      },
    };
  }

  /** SOAP 1.1, 6; RFC 3902. */
  #soap(route: Route): Pick<MessageForm, 'contentType'> {
    const { contract } = this.#service;
    const bound =
      portsOf(contract).find(
        ({ service, port }) => service.name === route.wsdlService && port.name === route.port,
      ) ?? findOperation(contract, route.operation);
    return {
      contentType: bound?.binding.soapVersion === '1.2' ? 'application/soap+xml' : 'text/xml',
    };
  }
}

function toExamples(example: JsonValue | undefined): Pick<MessageForm, 'examples'> {
  return example === undefined ? {} : { examples: [{ payload: example }] };
}

function toAny(schemas: readonly SchemaObject[]): SchemaObject {
  const [only, ...others] = schemas;
  return only && others.length === 0 ? only : { anyOf: [...schemas] };
}
