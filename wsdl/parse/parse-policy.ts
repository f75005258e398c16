import type { XmlElement } from './xml-element.ts';

const WS_SECURITY_UTILITY =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';

/** WS-MTOMPolicy 1.0 and 1.1: the assertions by which an endpoint asks for MTOM. */
const ASSERTIONS: readonly (readonly [namespace: string, local: string])[] = [
  ['http://schemas.xmlsoap.org/ws/2004/09/policy/optimizedmimeserialization', 'OptimizedMimeSerialization'],
  ['http://www.w3.org/2007/08/soap12-mtom-policy', 'MTOM'],
];

/** Whether a policy that stands in the element, or in the document and is referred to from it, asks for MTOM. */
export function asksForMtom(element: XmlElement, document: XmlElement): boolean {
  const referred = element.children.filter(isPolicyReference).map((child) => child.attribute('URI')?.trim());
  const policies = [
    ...element.children.filter(isPolicy),
    ...document.children.filter(
      (child) => isPolicy(child) && idsOf(child).some((id) => referred.includes(`#${id}`)),
    ),
  ];
  return policies.some(hasAssertion);
}

function isPolicy({ name }: XmlElement): boolean {
  return name.local === 'Policy';
}

function isPolicyReference({ name }: XmlElement): boolean {
  return name.local === 'PolicyReference';
}

function idsOf(policy: XmlElement): string[] {
  const ids = [policy.attribute('Id', WS_SECURITY_UTILITY), policy.attribute('Id'), policy.attribute('Name')];
  return ids.filter((id) => id !== undefined).map((id) => id.trim());
}

function hasAssertion(element: XmlElement): boolean {
  return (
    ASSERTIONS.some(([namespace, local]) => element.is(namespace, local)) ||
    element.children.some(hasAssertion)
  );
}
