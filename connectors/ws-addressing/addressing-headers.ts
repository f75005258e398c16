import type { HeaderBlock } from '../ws-security/header-block.ts';
import { WSU } from '../ws-security/namespaces.ts';
import { canonicalText } from '../ws-security/xml-text.ts';

/** WS-Addressing 1.0 (W3C, 2005/08), or the member submission before it. */
export type AddressingVersion = '2005/08' | '2004/08';

export const ADDRESSING_NAMESPACE: Readonly<Record<AddressingVersion, string>> = {
  '2005/08': 'http://www.w3.org/2005/08/addressing',
  '2004/08': 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
};

/** Answer on the same connection (WS-Addressing 1.0 SOAP Binding, 5.1). */
const ANONYMOUS: Readonly<Record<AddressingVersion, string>> = {
  '2005/08': `${ADDRESSING_NAMESPACE['2005/08']}/anonymous`,
  '2004/08': `${ADDRESSING_NAMESPACE['2004/08']}/role/anonymous`,
};

export interface MessageAddress {
  readonly version: AddressingVersion;
  /** Address of the service. */
  readonly to: string;
  readonly action: string;
  /** IRI, new for each message. */
  readonly messageId: string;
}

/** Message addressing properties of a request (WS-Addressing 1.0 Core, 3); `nextId` makes the values of wsu:Id. */
export function addressingHeaders(
  { version, to, action, messageId }: MessageAddress,
  nextId: () => string,
): HeaderBlock[] {
  const block = (name: string, content: string): HeaderBlock => {
    const id = nextId();
    const start = `<wsa:${name} xmlns:wsa="${ADDRESSING_NAMESPACE[version]}" xmlns:wsu="${WSU}" wsu:Id="${id}">`;
    return { part: 'Addressing', id, xml: `${start}${content}</wsa:${name}>` };
  };
  return [
    block('Action', canonicalText(action)),
    block('To', canonicalText(to)),
    block('MessageID', canonicalText(messageId)),
    block('ReplyTo', `<wsa:Address>${ANONYMOUS[version]}</wsa:Address>`),
  ];
}
