import { defaultLimits, type Limits } from '../../../wsdl/limits.ts';
import type { Attributes } from '../../../wsdl/xml/attributes.ts';
import type { ExpandedName } from '../../../wsdl/xml/names.ts';
import { XmlError } from '../../../wsdl/xml/xml-error.ts';
import type { XmlHandler } from '../../../wsdl/xml/xml-handler.ts';
import { XmlReader } from '../../../wsdl/xml/xml-reader.ts';

export interface ReadOptions {
  readonly chunk?: number;
  readonly limits?: Partial<Limits>;
  readonly charset?: string;
}

/** Events as a text: `<{urn:a}name @x=1 "text" >`. Adjacent texts are joined, as no promise is made on where they are split. */
class EventWriter implements XmlHandler {
  readonly events: string[] = [];

  startElement(name: ExpandedName, { count, names, values }: Attributes): void {
    this.events.push(`<${name.key.replace('{}', '')}`);
    for (let i = 0; i < count; i++) this.events.push(`@${names[i]!.key.replace('{}', '')}=${values[i]!}`);
  }

  text(value: string): void {
    const last = this.events.at(-1);
    if (last?.startsWith('"')) this.events[this.events.length - 1] = `${last.slice(0, -1)}${value}"`;
    else this.events.push(`"${value}"`);
  }

  endElement(): void {
    this.events.push('>');
  }
}

/** @throws XmlError */
export function readEvents(document: string | Uint8Array, options: ReadOptions = {}): string {
  const bytes = Buffer.from(document as Uint8Array);
  const handler = new EventWriter();
  const limits = { ...defaultLimits, ...options.limits };
  const reader = new XmlReader(handler, { limits, charset: options.charset });
  const chunk = options.chunk ?? Math.max(1, bytes.length);
  for (let at = 0; at < bytes.length; at += chunk) reader.write(bytes.subarray(at, at + chunk));
  reader.end();
  return handler.events.join(' ');
}

/** What a document reads as: its events, or the code of the XmlError. */
export function verdict(document: string | Uint8Array, options: ReadOptions = {}): string {
  try {
    return readEvents(document, options);
  } catch (error) {
    if (error instanceof XmlError) return error.code;
    throw error;
  }
}
