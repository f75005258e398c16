import type { FaultMessage } from '../../contract.ts';
import { qnameKey, type QName, type SoapVersion } from '../../qname.ts';
import type { Attributes } from '../../xml/attributes.ts';
import type { ExpandedName } from '../../xml/names.ts';
import type { SoapFault } from '../codec.ts';
import { SkipFrame, type Frame, type Reading } from './frame.ts';
import { RawElementFrame } from './raw-frames.ts';
import { TextFrame } from './text-frames.ts';

interface FaultParts {
  codes: QName[];
  reasons: { lang: string; text: string }[];
  actor?: string;
  node?: string;
  details: { key: string; xml: string }[];
}

type DecodeDetail = (fault: FaultMessage, xml: string) => Uint8Array | undefined;

const XML_LANG = qnameKey('http://www.w3.org/XML/1998/namespace', 'lang');

export class FaultFrame implements Frame {
  readonly #reading: Reading;
  readonly #parts: FaultParts = { codes: [], reasons: [], details: [] };
  readonly #finish: (parts: FaultParts) => void;

  constructor(reading: Reading, finish: (parts: FaultParts) => void) {
    this.#reading = reading;
    this.#finish = finish;
  }

  start(name: ExpandedName, attributes: Attributes): void {
    const reading = this.#reading;
    const parts = this.#parts;
    const text = (take: (value: string) => void): void => {
      reading.push(new TextFrame(reading, (value) => { take(value.trim()); }));
    };
    switch (name.local) {
      case 'Code': case 'Subcode': case 'Reason':
        reading.push(this);
        return;
      case 'faultcode': case 'Value':
        text((value) => parts.codes.push(this.#qname(value)));
        return;
      case 'faultstring': case 'Text': {
        let lang = '';
        for (let i = 0; i < attributes.count; i++) if (attributes.names[i]!.key === XML_LANG) lang = attributes.values[i]!;
        text((value) => parts.reasons.push({ lang, text: value }));
        return;
      }
      case 'faultactor': case 'Role':
        text((value) => (parts.actor = value));
        return;
      case 'Node':
        text((value) => (parts.node = value));
        return;
      case 'detail': case 'Detail':
        reading.push(new DetailFrame(reading, parts.details));
        return;
      default:
        reading.push(new SkipFrame(reading));
    }
  }

  text(): void { return; }

  #open = 0;
  end(): void {
    if (this.#reading.context.path().split('/').length === 4) this.#finish(this.#parts);
  }

  #qname(text: string): QName {
    const colon = text.indexOf(':');
    const namespace = this.#reading.context.scope.lookup(colon < 0 ? '' : text.slice(0, colon)) ?? '';
    return { namespace, local: text.slice(colon + 1) };
  }
}

class DetailFrame implements Frame {
  readonly #reading: Reading;
  readonly #details: FaultParts['details'];
  constructor(reading: Reading, details: FaultParts['details']) { this.#reading = reading; this.#details = details; }
  start(name: ExpandedName, attributes: Attributes): void {
    this.#reading.push(new RawElementFrame(this.#reading, attributes, (xml) => { this.#details.push({ key: name.key, xml }); }));
  }
  text(): void { return; }
  end(): void { return; }
}

const CATEGORIES: Record<string, SoapFault['category']> = {
  Client: 'Sender', Sender: 'Sender', Server: 'Receiver', Receiver: 'Receiver', VersionMismatch: 'VersionMismatch', MustUnderstand: 'MustUnderstand', DataEncodingUnknown: 'DataEncodingUnknown',
};

export function toSoapFault(parts: FaultParts, soapVersion: SoapVersion, faults: readonly FaultMessage[], decode: DecodeDetail): SoapFault {
  const [code = { namespace: '', local: '' }, ...subcodes] = parts.codes;
  const reason = parts.reasons.find(({ lang }) => lang.startsWith('en')) ?? parts.reasons[0];
  const [first] = parts.details;
  const declared = first && faults.find(({ detail: { name } }) => qnameKey(name.namespace, name.local) === first.key);
  const json = declared && decode(declared, first.xml);
  return {
    soapVersion,
    category: CATEGORIES[code.local.split('.')[0] ?? ''] ?? 'Other',
    code,
    subcodes,
    reason: reason?.text ?? '',
    ...(parts.actor !== undefined && { actor: parts.actor }),
    ...(parts.node !== undefined && { node: parts.node }),
    ...(json ? { detail: { name: declared.name, json } } : parts.details.length > 0 && { undeclaredDetail: parts.details.map(({ xml }) => xml).join('') }),
  };
}
export type { FaultParts };
