import type { AttributeWildcard, ComplexType, Contract, WildcardParticle } from '../contract.ts';
import { defaultLimits } from '../limits.ts';
import { qnameKey, type QName } from '../qname.ts';
import { ROOT_SCOPE } from '../xml/namespaces.ts';
import { Tokenizer } from '../xml/tokenizer.ts';
import type { XmlContext } from '../xml/xml-handler.ts';
import { DecodeError } from './codec.ts';
import { ContractTypes } from './decode/contract-types.ts';
import { DecodeContext } from './decode/decode-context.ts';
import { ValueDecoder } from './decode/value-decoder.ts';
import { checkAllowedAttribute } from './decode/wildcard-content.ts';

/** Says why raw XML, known to be well-formed, breaks the contract; undefined if it does not. Quotes no content, only names. */
export type RawXmlCheck = (xml: string) => string | undefined;

/** What stands in an element of a mixed type: the elements must follow its content model. */
export function checkMixed(contract: Contract, { key }: ComplexType): RawXmlCheck {
  return (xml) => {
    const type = ContractTypes.of(contract).compile(key);
    if (type.kind !== 'complex' || type.content.kind !== 'mixed') return undefined;
    const { root } = type.content;
    return faultIn(contract, xml, (check) => {
      check.beginMixed(root);
    });
  };
}

/** The element at a wildcard: strict wants a declaration, lax goes by one if there is (XSD 1.0 Part 1, 3.10.4). */
export function checkAllowed(contract: Contract, wildcard: WildcardParticle): RawXmlCheck | undefined {
  if (wildcard.processContents === 'skip') return undefined;
  const root = ContractTypes.of(contract).model({
    kind: 'sequence',
    min: 1,
    max: 1,
    particles: [{ ...wildcard, min: 1, max: 1 }],
  });
  return (xml) =>
    faultIn(contract, xml, (check) => {
      check.beginMixed(root);
    });
}

/** What is wrong with an attribute that a wildcard takes; undefined if nothing is. */
export type AttributeCheck = (
  name: QName,
  value: string,
) => { readonly code: 'unknown-member' | 'lexical'; readonly message: string } | undefined;

export function checkAttribute(contract: Contract, wildcard: AttributeWildcard): AttributeCheck | undefined {
  if (wildcard.processContents === 'skip') return undefined;
  const context = new DecodeContext({ types: ContractTypes.of(contract), encoded: false }, defaultLimits);
  context.xml = NOWHERE;
  return (name, value) => {
    try {
      checkAllowedAttribute(context, { ...name, key: qnameKey(name.namespace, name.local) }, value, wildcard);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      const code = error.code === 'unexpected-attribute' ? 'unknown-member' : 'lexical';
      return { code, message: `must be an attribute that the contract allows: ${error.message}` };
    }
    return undefined;
  };
}

/** A place without any prefix. */
const NOWHERE: XmlContext = { scope: ROOT_SCOPE, outerScope: ROOT_SCOPE, writtenName: '', path: () => '' };

/** The decoder reads it; what it would say of a response, it says here. */
function faultIn(contract: Contract, xml: string, begin: (check: ValueDecoder) => void): string | undefined {
  const types = ContractTypes.of(contract);
  const context = new DecodeContext({ types, encoded: false }, defaultLimits);
  const check = new ValueDecoder(context, true);
  const tokenizer = new Tokenizer(check, { limits: defaultLimits, names: types.names, fragment: true });
  context.xml = tokenizer;
  try {
    begin(check);
    tokenizer.write(Buffer.from(xml));
    tokenizer.end();
    check.endElement();
  } catch (error) {
    if (error instanceof DecodeError) return error.message;
    throw error;
  }
  return undefined;
}
