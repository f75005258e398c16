import { SOAP_ENVELOPE_NAMESPACE } from '../../qname.ts';
import type { QName, SoapVersion } from '../../qname.ts';
import type { SoapFault } from '../codec.ts';

const CATEGORIES: Readonly<Record<SoapVersion, ReadonlyMap<string, SoapFault['category']>>> = {
  '1.1': new Map([
    ['Client', 'Sender'],
    ['Server', 'Receiver'],
    ['VersionMismatch', 'VersionMismatch'],
    ['MustUnderstand', 'MustUnderstand'],
  ]),
  '1.2': new Map([
    ['Sender', 'Sender'],
    ['Receiver', 'Receiver'],
    ['VersionMismatch', 'VersionMismatch'],
    ['MustUnderstand', 'MustUnderstand'],
    ['DataEncodingUnknown', 'DataEncodingUnknown'],
  ]),
};

/** SOAP 1.1, 4.4.1, where a dotted code is a kind of its first part; SOAP 1.2 Part 1, 5.4.6. A code without namespace is taken for SOAP's. */
export function faultCategory({ namespace, local }: QName, version: SoapVersion): SoapFault['category'] {
  if (namespace !== '' && namespace !== SOAP_ENVELOPE_NAMESPACE[version]) return 'Other';
  const name = version === '1.1' ? local.split('.', 1)[0]! : local;
  return CATEGORIES[version].get(name) ?? 'Other';
}
