import type {
  AttachmentPart,
  Body,
  Contract,
  ElementParticle,
  FaultMessage,
  GroupParticle,
  Message,
} from '../../contract.ts';
import { SOAP_ENVELOPE_NAMESPACE, qnameKey } from '../../qname.ts';
import type { SoapVersion } from '../../qname.ts';
import type { ExpandedName } from '../../xml/names.ts';
import { hasSoapArray } from '../encoded/has-soap-array.ts';
import type { ModelGroup } from './content-model.ts';
import { ContractTypes } from './contract-types.ts';
import type { ElementSlot } from './element-slot.ts';

/** Which message of a contract to decode, and the faults that may come in its place. */
export interface DecodePlan {
  readonly contract: Contract;
  readonly soapVersion: SoapVersion;
  readonly message: Message;
  readonly faults: readonly FaultMessage[];
  /** The message answers another. */
  readonly isAnswer?: boolean;
}

/** A DecodePlan made ready: names as keys, types as slots. Shared by all decoders of the message. */
export interface CompiledPlan {
  readonly types: ContractTypes;
  readonly soapVersion: SoapVersion;
  readonly envelopeNamespace: string;
  /** The Body is read by the rules of SOAP encoding: it says so, or has an array of that in it. */
  readonly encoded: boolean;
  readonly isAnswer: boolean;
  readonly headers: ReadonlyMap<string, ElementSlot>;
  /** soap:Body itself is the member. */
  readonly isContent: boolean;
  readonly bodyName: ExpandedName;
  /** Key of the wrapper element; undefined for document style. */
  readonly wrapper: string | undefined;
  /** The only member, where the JSON is its value. */
  readonly only: ElementSlot | undefined;
  /** The members as children of one element. */
  readonly members: ModelGroup;
  /** Members whose content travels beside the envelope. */
  readonly attachments: readonly AttachmentPart[];
  readonly faults: ReadonlyMap<string, DeclaredFault>;
}

/** What an object for a whole message holds. */
export type MessageMembers = Pick<CompiledPlan, 'members' | 'attachments'>;

export interface DeclaredFault {
  readonly name: string;
  readonly slot: ElementSlot;
}

export function compilePlan({
  contract,
  soapVersion,
  message,
  faults,
  isAnswer = false,
}: DecodePlan): CompiledPlan {
  const types = ContractTypes.of(contract);
  const { body } = message;
  const [first] = body.members;
  return {
    types,
    soapVersion,
    envelopeNamespace: SOAP_ENVELOPE_NAMESPACE[soapVersion],
    encoded: body.use === 'encoded' || hasSoapArray(contract, body.members),
    isAnswer,
    headers: new Map(message.headers.map((header) => [keyOf(header), types.slot(header)])),
    isContent: body.kind === 'content',
    bodyName: {
      namespace: SOAP_ENVELOPE_NAMESPACE[soapVersion],
      local: 'Body',
      key: qnameKey(SOAP_ENVELOPE_NAMESPACE[soapVersion], 'Body'),
    },
    wrapper: body.wrapper && qnameKey(body.wrapper.namespace, body.wrapper.local),
    only: body.shape === 'value' && first ? types.slot(first) : undefined,
    members: types.model(membersModel(body)),
    attachments: message.attachments ?? [],
    faults: new Map(faults.map(({ name, detail }) => [keyOf(detail), { name, slot: types.slot(detail) }])),
  };
}

function keyOf({ name }: ElementParticle): string {
  return qnameKey(name.namespace, name.local);
}

/** Accessors of a wrapper may come in any order: servers differ on it, and no two have the same name. */
function membersModel({ kind, members }: Body): GroupParticle {
  return { kind: kind === 'rpc' ? 'all' : 'sequence', particles: members, min: 1, max: 1 };
}
