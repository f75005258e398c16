import type { CallerSignal, Connector } from '../../connectors/index.ts';
import type { Route, RouteSettle } from '../../openapi/index.ts';
import type { OperationCodec } from '../../wsdl/index.ts';
import type { OperationMeter } from '../metrics/operation-meter.ts';
import type { Trace } from '../trace/trace.ts';
import type { TellFault } from './fault-teller.ts';
import type { Mtom } from './mtom.ts';

/** Everything that one route needs at call time, put together when its service was loaded. */
export interface OperationRuntime {
  readonly route: Route;
  readonly codec: OperationCodec;
  readonly connector: Connector;
  /** Longest time for one call, in milliseconds. */
  readonly timeout: number;
  /** Missing where binary content stays in the envelope. */
  readonly mtom?: Mtom | undefined;
  /** The binary body of a request goes on as an attachment, while it comes. */
  readonly streamsBinary: boolean;
  /** Missing where no query can tell whether a call was carried out. */
  readonly settle?: SettleRuntime | undefined;
  /** Missing where nothing is counted. */
  readonly meter?: OperationMeter | undefined;
  /** Missing where nobody listens. */
  readonly tellFault?: TellFault | undefined;
}

/** The query that tells, with all that it needs. */
export interface SettleRuntime extends RouteSettleTerms {
  readonly operation: OperationRuntime;
}

type RouteSettleTerms = Pick<RouteSettle, 'input' | 'notFound' | 'found' | 'afterSeconds'>;

/** What a call brings along, whatever it came in by. */
export interface CallContext {
  /** Milliseconds since the epoch; the operation's own timeout may end the call sooner. */
  readonly deadline: number;
  readonly signal?: CallerSignal;
  /** A large answer may come as a stream; default false. */
  readonly mayStream?: boolean;
  /** The answer is wanted as the content of this member alone. */
  readonly binaryMember?: readonly string[] | undefined;
  readonly requestId: string;
  /** What is called becomes a part of it. */
  readonly trace?: Trace | undefined;
}
