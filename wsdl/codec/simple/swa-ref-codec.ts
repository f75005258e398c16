import { base64Type } from './binary-type.ts';
import { SimpleFault, type SimpleCodec } from './simple-codec.ts';

const NO_ATTACHMENT = new SimpleFault('lexical', 'must refer to an attachment of the message');

/**
 * A reference to an attachment (WS-I Attachments Profile 1.0, 4.4), whose content as base64 is the JSON. The reference
 * itself is made, and followed, by those who know the attachments: `toXml` gives the content.
 */
export const swaRefCodec: SimpleCodec = {
  binary: 'swaRef',
  whiteSpace: 'collapse',
  isPlainText: false,
  needsEscape: true,
  usesNamespaces: false,
  canonical: (text) => text.trim(),
  fromXml: () => NO_ATTACHMENT,
  toXml: base64Type.toLexical,
};
