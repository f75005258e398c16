import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { MediaType } from '../../wsdl/index.ts';
import type { SoapReply } from '../connector.ts';
import { describeReplyType, isSoap, type ReplyType } from './content-type.ts';
import type { Exchange } from './exchange.ts';
import { judgeReply } from './judge-reply.ts';
import { ReplyChunks } from './reply-chunks.ts';
import { readError, sendError } from './transport-error.ts';

/** Most bytes of an answer, decompressed: of an envelope, and of a MIME package. */
export interface ReplyLimits {
  readonly maxBytes: number;
  readonly maxPackageBytes: number;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * One request on its way through undici. SOAP as it should come is passed on as it comes; everything else (compressed,
 * empty, no SOAP) is judged. `reply` settles once it is known what came.
 */
export class SoapCall implements Dispatcher.DispatchHandler {
  readonly reply: Promise<SoapReply>;
  readonly #exchange: Exchange;
  readonly #isOneWay: boolean;
  readonly #limits: ReplyLimits;
  readonly #chunks: ReplyChunks;
  #resolve!: (reply: SoapReply | Promise<SoapReply>) => void;
  #reject!: (error: Error) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: Headers = {};
  #type: ReplyType = describeReplyType(undefined);
  #isPlain = false;
  #maxBytes = 0;
  #isAnswered = false;
  #received = 0;

  constructor(exchange: Exchange, isOneWay: boolean, limits: ReplyLimits) {
    this.#exchange = exchange;
    this.#isOneWay = isOneWay;
    this.#limits = limits;
    this.reply = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#chunks = new ReplyChunks(this);
    exchange.onFailure = (error) => {
      this.#reject(error);
      this.#chunks.fail(error);
      this.#controller?.abort(error);
    };
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#exchange.failure === undefined) this.#exchange.hasStarted = true;
    else controller.abort(this.#exchange.failure);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    this.#type = describeReplyType(this.#header('content-type'));
    const { contentType, multipart } = this.#type;
    this.#isPlain =
      headers['content-encoding'] === undefined &&
      typeof headers['content-type'] === 'string' &&
      !isRedirect(status) &&
      (isSoap(contentType) || multipart !== undefined);
    this.#maxBytes = multipart === undefined ? this.#limits.maxBytes : this.#limits.maxPackageBytes;
    if (!this.#isPlain) this.#judge();
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#received += chunk.length;
    if (this.#isPlain && this.#received > this.#maxBytes) {
      const message = `the answer is larger than ${this.#maxBytes} bytes`;
      this.#exchange.fail(this.#exchange.error('TOO_LARGE', message));
      return;
    }
    this.#chunks.push(chunk);
    if (!this.#isAnswered) this.#answer();
  }

  onResponseEnd(): void {
    this.#exchange.end();
    this.#chunks.complete();
    if (!this.#isAnswered) this.#judge();
    this.#letGo();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#exchange.end();
    if (!this.#isAnswered) this.#reject(sendError(this.#exchange, error));
    this.#chunks.fail(readError(this.#exchange, error));
  }

  pause(): void {
    this.#exchange.hold();
    this.#controller?.pause();
  }

  resume(): void {
    this.#exchange.resume();
    this.#controller?.resume();
  }

  cancel(): void {
    this.#exchange.end();
    this.#controller?.abort(new Error('the answer is not wanted'));
  }

  /** What has ended holds on to nothing: undici's request and ours would keep each other past many a young collection. */
  #letGo(): void {
    this.#controller = undefined;
    if (this.#isPlain) this.#headers = {};
    this.#exchange.onFailure = ignore;
  }

  #answer(): void {
    this.#isAnswered = true;
    const { contentType, multipart } = this.#type;
    this.#resolve(new PlainReply(this.#status, contentType.charset, multipart, this.#chunks));
  }

  #judge(): void {
    this.#isAnswered = true;
    const reply = {
      status: this.#status,
      header: (name: string) => this.#header(name),
      body: Readable.from(this.#chunks, { objectMode: false }),
    };
    this.#resolve(judgeReply(this.#exchange, reply, this.#isOneWay, this.#maxBytes));
  }

  #header(name: string): string | undefined {
    const value = this.#headers[name];
    return typeof value === 'object' ? value[0] : value;
  }
}

class PlainReply implements SoapReply {
  readonly status: number;
  readonly charset?: string;
  readonly multipart?: MediaType;
  readonly body: ReplyChunks;

  constructor(
    status: number,
    charset: string | undefined,
    multipart: MediaType | undefined,
    body: ReplyChunks,
  ) {
    this.status = status;
    if (charset !== undefined) this.charset = charset;
    if (multipart !== undefined) this.multipart = multipart;
    this.body = body;
  }

  get whole(): Uint8Array | undefined {
    return this.body.whole;
  }

  release(): void {
    this.body.release();
  }
}

const ignore = (): void => undefined;

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}
