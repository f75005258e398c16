import type { Attachment } from '../../mime/attachment.ts';
import { contentIdOfUrl, partNameOf } from '../../mime/content-id.ts';
import type { DecodeErrorCode } from '../codec.ts';

/** The member of the object that stands in JSON for an attachment that has not come yet; see `DecodeOptions`. */
const DEFERRED = '@attachment';

export interface ReceivedContent {
  /** undefined if it has not come yet. */
  readonly base64: string | undefined;
  /** JSON text: the base64 string, or the object that stands for what is still to come. */
  readonly json: string;
}

type Fail = (code: DecodeErrorCode, message: string) => never;

/** The attachments of one message being decoded. Each may be used once: a second use could make a small message large. */
export class ReceivedAttachments {
  readonly #all: readonly Attachment[];
  readonly #defers: boolean;
  readonly #byId = new Map<string, Attachment>();
  readonly #used = new Set<Attachment | string>();

  constructor(attachments: readonly Attachment[], defers: boolean) {
    this.#all = attachments;
    this.#defers = defers;
  }

  get areThere(): boolean {
    return this.#all.length > 0 || this.#defers;
  }

  /** What a `cid:` URL refers to (RFC 2392). */
  at(url: string, fail: Fail): ReceivedContent {
    this.#index(fail);
    const contentId = contentIdOfUrl(url);
    if (contentId === undefined)
      return fail('missing-attachment', 'does not refer to an attachment by a cid: URL');
    const attachment = this.#byId.get(contentId);
    if (!attachment && !this.#defers)
      return fail('missing-attachment', 'refers to an attachment that is not in the message');
    const key = attachment ?? contentId;
    if (this.#used.has(key)) fail('duplicate-attachment', 'refers to an attachment that is used already');
    this.#used.add(key);
    return attachment ? contentOf(attachment) : deferred(contentId);
  }

  /**
   * The content of a message part: its Content-ID begins with its name (WS-I Attachments Profile 1.0, R2933), else it is
   * the next one that nothing refers to.
   *
   * @param names of all parts that the message has.
   */
  ofPart(name: string, names: readonly string[], fail: Fail): ReceivedContent {
    const free = this.#all.filter((attachment) => !this.#used.has(attachment));
    const attachment =
      free.find((one) => partNameOf(one.contentId) === name) ??
      free.find((one) => !names.includes(partNameOf(one.contentId) ?? ''));
    if (attachment) {
      this.#used.add(attachment);
      return contentOf(attachment);
    }
    if (this.#defers) return deferred('');
    return fail('missing-attachment', `the attachment for the part "${name}" is missing`);
  }

  #index(fail: Fail): void {
    if (this.#byId.size > 0) return;
    for (const attachment of this.#all) {
      const { contentId } = attachment;
      if (contentId === undefined) continue;
      if (this.#byId.has(contentId)) fail('duplicate-attachment', 'two attachments have the same Content-ID');
      this.#byId.set(contentId, attachment);
    }
  }
}

function contentOf({ content }: Attachment): ReceivedContent {
  const base64 = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64');
  return { base64, json: `"${base64}"` };
}

function deferred(contentId: string): ReceivedContent {
  return { base64: undefined, json: JSON.stringify({ [DEFERRED]: contentId }) };
}
