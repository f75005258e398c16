import type { XmlDocument, XmlElement } from 'libxml2-wasm';
import { SOAP_ENVELOPE_NAMESPACE, type QName, type SoapVersion } from '../wsdl/index.ts';
import { elementsIn } from './schema-documents.ts';
import type { Subject } from './subject.ts';

/** The parts of an envelope that the contract's schemas declare something about. */
export interface EnvelopeParts {
  readonly header?: XmlElement;
  readonly body?: XmlElement;
  /** detail (SOAP 1.1) or Detail (SOAP 1.2). */
  readonly detail?: XmlElement;
  /** What is wrong with the structure around them. */
  readonly faults: readonly string[];
}

/** SOAP 1.1, 4; SOAP 1.2 Part 1, 5; the children of Body as the binding prescribes them (WSDL 1.1, 3.5). */
export function takeApart(document: XmlDocument, subject: Subject): EnvelopeParts {
  const soap = SOAP_ENVELOPE_NAMESPACE[subject.soapVersion];
  const children = elementsIn(document.root);
  const [first] = children;
  const header = first?.name === 'Header' ? first : undefined;
  const body = children[header ? 1 : 0];
  const expected = [...(header ? ['Header'] : []), 'Body'].map((local) => ({ namespace: soap, local }));
  const faults = [
    ...differences('the document', [document.root], [{ namespace: soap, local: 'Envelope' }]),
    ...differences('soap:Envelope', children, expected),
  ];
  if (!body || faults.length > 0) return { faults };
  const parts = { ...(header && { header }), body };
  if (subject.fault) return { ...parts, ...faultParts(body, subject.soapVersion) };
  return { ...parts, faults: bodyFaults(body, subject) };
}

function bodyFaults(body: XmlElement, { message }: Subject): string[] {
  if (!message) return [];
  const { kind, members, wrapper, use } = message.body;
  if (kind === 'content') return [];
  const names = members.map(({ name }) => name);
  const children = elementsIn(body);
  if (!wrapper) return use === 'encoded' ? [] : differences('soap:Body', children, names);
  const [element, ...independent] = children;
  // SOAP encoding may put more elements beside the wrapper, which href leads to (SOAP 1.1, 5.4.1).
  const wrong = differences('soap:Body', use === 'encoded' ? children.slice(0, 1) : children, [wrapper]);
  if (!element || wrong.length > 0 || independent.length > 0) return wrong;
  return differences(wrapper.local, elementsIn(element), names);
}

const CHILDREN: Readonly<Record<SoapVersion, readonly string[]>> = {
  '1.1': ['faultcode', 'faultstring', 'detail'],
  '1.2': ['Code', 'Reason', 'Detail'],
};

function faultParts(body: XmlElement, version: SoapVersion): Pick<EnvelopeParts, 'detail' | 'faults'> {
  const soap = SOAP_ENVELOPE_NAMESPACE[version];
  const [fault, ...others] = elementsIn(body);
  const wrong = differences(
    'soap:Body',
    [...(fault ? [fault] : []), ...others],
    [{ namespace: soap, local: 'Fault' }],
  );
  if (!fault || wrong.length > 0) return { faults: wrong };
  const namespace = version === '1.1' ? '' : soap;
  const children = elementsIn(fault);
  const faults = differences(
    'soap:Fault',
    children,
    CHILDREN[version].map((local) => ({ namespace, local })),
  );
  const detail = children[2];
  return { faults, ...(detail && { detail }) };
}

function differences(where: string, found: readonly XmlElement[], expected: readonly QName[]): string[] {
  const have = found.map((element) => `{${element.namespaceUri}}${element.name}`).join(' ');
  const want = expected.map(({ namespace, local }) => `{${namespace}}${local}`).join(' ');
  return have === want
    ? []
    : [`${where} has ${have || 'nothing'}; the contract prescribes ${want || 'nothing'}`];
}
