import type { Express } from 'express';
import type { Logger } from 'pino';
import {
  type Connector,
  type EventBus,
  type ResilienceObserver,
  type MessageBus,
} from '../connectors/index.ts';
import type { AsyncApiDocument, OpenApiDocument } from '../openapi/index.ts';
import { formatDiagnostic } from '../wsdl/index.ts';
import { describeBus } from './bus/describe-bus.ts';
import { openFrontDoor } from './bus/open-front-door.ts';
import { openBusEarly, openEventBus, openMessageBus } from './bus/open-message-bus.ts';
import { createCommands } from './commands/commands.ts';
import { openCommandStore } from './commands/open-command-store.ts';
import type { PorticoConfig } from './config/config.ts';
import { withLines, type ProblemAt } from './config/config-problem.ts';
import { openStoreEarly } from './open-store-early.ts';
import { openDeferral } from './deferred/open-deferral.ts';
import { describeServices } from './describe-facade.ts';
import type { Clock } from './http/auth/authenticate.ts';
import { openNonces } from './http/auth/dpop/open-nonces.ts';
import { loadIssuers } from './http/auth/issuers.ts';
import { openAuthenticate } from './http/auth/open-authenticate.ts';
import { createAnswerHead } from './http/answer-head.ts';
import { createClientErrorListener } from './http/client-error.ts';
import { createCors } from './http/cors.ts';
import { openStreams } from './http/events/open-streams.ts';
import { createFront } from './http/front.ts';
import { openCursors } from './http/paging/open-cursors.ts';
import { createOperationsHandler } from './http/deferred/operations-handler.ts';
import { createInFlight } from './http/in-flight.ts';
import { listen, type Listening } from './http/listen.ts';
import { routeOperations } from './http/route-operations.ts';
import { createOperationHandler, type HttpHandler } from './http/operation-handler.ts';
import { createApp } from './http/pages/create-app.ts';
import { expressPrototypes } from './http/pages/express-prototypes.ts';
import { createReadiness } from './http/pages/readiness.ts';
import { createAdmission } from './http/limits/admission.ts';
import { createRateLimiter } from './http/limits/rate-limiter.ts';
import { loadTlsContext, tlsPolicy } from './http/tls-context.ts';
import { openEvents } from './events/open-events.ts';
import { forgetOnEvents } from './http/cache/forget-on-events.ts';
import { createResponseCache } from './http/cache/response-cache.ts';
import { listenAdmin, type Admin } from './http/admin.ts';
import type { Metrics } from './metrics/create-metrics.ts';
import { joinObservers } from './metrics/join-observers.ts';
import type { MetricsConfig } from './config/observability-config.ts';
import { createLog, type FacadeLog } from './log/create-log.ts';
import { connectServices } from './operations/connect-services.ts';
import { createTellFault } from './operations/fault-teller.ts';
import { createStopper } from './stop.ts';
import { connectRedis } from './redis/connect-redis.ts';
import { planServices, type PlannedService } from './operations/plan-service.ts';

export interface FacadeOptions {
  /** From `loadConfig`. */
  readonly config: PorticoConfig;
  /** Folder that relative paths of the configuration start from. */
  readonly configDir: string;
  /** From `loadConfig`: errors then name the lines of the file. */
  readonly problemAt?: ProblemAt;
  /** Default: JSON lines on standard output, of `log.level`. */
  readonly logger?: Logger;
  /** For the age of tokens and cached answers; default Date.now. */
  readonly clock?: Clock;
  /** Ways to services, by their names in the configuration, in place of SOAP over HTTP. */
  readonly connectors?: Readonly<Record<string, Connector>>;
  /** Hears of repeated and refused calls and of circuits, e.g. for metrics. */
  readonly resilienceObserver?: ResilienceObserver;
  /** In place of the bus of the configuration; closed with the facade. */
  readonly messages?: MessageBus;
  /** Events apart from it. */
  readonly bus?: EventBus;
  /** Adds middleware and routes of one's own, after the operations and before the 404. */
  readonly extend?: (app: Express) => void;
  /** How many processes serve this configuration at this port, this one included; default 1. */
  readonly workers?: number;
}

export interface Facade {
  /** Operations and pages. */
  readonly app: Express;
  /** The operations alone; what they do not know goes to `next`. */
  readonly handler: HttpHandler;
  /** Made when it is first asked for. */
  readonly openApi: OpenApiDocument;
  /** Defaults: those of the configuration. Port 0 takes a free one. */
  listen(port?: number, host?: string): Promise<{ readonly port: number; readonly metricsPort?: number }>;
  /**
   * Reads certificates and keys of `server.tls` again, for connections from now on. @throws ConfigError; those in use then stay.
   */
  reloadTls(): Promise<void>;
  /** Stops taking requests, lets those in flight finish within `server.shutdownSeconds`, and frees everything. */
  close(): Promise<void>;
}

/**
 * Puts a configuration to work.
 * @throws ContractError, ConfigError if that cannot be done; nothing is left open then.
 */
export function createFacade(options: FacadeOptions): Promise<Facade> {
  return withLines(options.problemAt, async () => {
    const log = createLog(options);
    try {
      return await assemble(options, log);
    } catch (error) {
      await log.close();
      throw error;
    }
  });
}

async function assemble(options: FacadeOptions, log: FacadeLog): Promise<Facade> {
  const { config, configDir, clock = Date.now, workers = 1 } = options;
  const { logger } = log;
  const metrics = await createMetricsOf(config.metrics);
  const issuers = await loadIssuers(config.auth, configDir, clock, metrics?.tally);
  const nonces = openNonces(config.auth.dpop, configDir, workers);
  const { tls } = config.server;
  let tlsContext = tls && loadTlsContext(tls, configDir);
  const services = await planServices(config, configDir);
  logWarnings(services, logger);
  const messages = options.messages ?? openMessageBus(config, configDir, logger, metrics?.bus);
  metrics?.watchBus(messages);
  const { operations, connectors } = connectServices(services, config, {
    configDir,
    messages,
    ...(options.connectors && { given: options.connectors }),
    observer: joinObservers(metrics?.upstream, options.resilienceObserver),
    meterOf: metrics && ((route) => metrics.meterOf(route)),
    tellFault: createTellFault(logger),
  });
  metrics?.watch(connectors);
  const router = routeOperations(operations, config.events.stream?.path);
  const bus = options.bus ?? openEventBus(messages, config.bus, logger);
  const commands = createCommands({
    openStore: () =>
      openCommandStore(config.commands, configDir, (error) => {
        logger.warn({ err: error }, 'A connection to the commands store broke');
      }),
    leaseMs: config.commands.leaseSeconds * 1000,
    onError: (error, what) => {
      logger.error({ err: error }, what);
    },
  });
  const redis = await connectRedis(config.redis, logger);
  const inFlight = createInFlight();
  const routes = operations.map(({ route }) => route);
  const events = await openEvents({
    config,
    configDir,
    routes,
    commands,
    bus,
    messages,
    logger,
    tally: metrics?.events,
  });
  if (events.depth) metrics?.watchOutbox(events.depth);
  const track = (work: Promise<void>): void => {
    inFlight.track(work);
  };
  const { bytes, store } = config.cache;
  const cache = createResponseCache({ bytes, clock, redis, isMemoryOnly: store === 'memory', track }, routes);
  const deferral = openDeferral({
    config: config.commands.deferred,
    configDir,
    operations,
    once: { commands, publisher: events.publisher, cache },
    logger,
    audit: log.audit,
    track,
    isStopping: () => stopper.isStopping(),
  });
  const guards = {
    limits: config.server,
    cursors: openCursors(config.server, configDir),
    authenticate: openAuthenticate({ config, issuers, clock, nonces, redis, tally: metrics?.tally }),
    rateLimiter: createRateLimiter(
      { ...config.rateLimit, redis: config.rateLimit.store === 'memory' ? undefined : redis, workers },
      routes,
    ),
    cache,
    commands,
    publisher: events.publisher,
    deferral,
    clock,
    keepsInput: log.audit !== undefined && config.audit.payload,
  };
  const admission = createAdmission(config.server.concurrency);
  const cors = config.server.cors && createCors(config.server.cors);
  const answerHead = createAnswerHead(config.server, cors);
  const streams = openStreams(config.events, events, { ...guards, cors });
  const operationHandler = createOperationHandler({
    router,
    guards,
    admission,
    inFlight,
    log,
    answerHead,
    cors,
    metrics,
  });
  const handler =
    deferral === undefined
      ? operationHandler
      : inTurn(operationHandler, createOperationsHandler({ ...guards, deferral, log, answerHead, cors }));
  let openApi: OpenApiDocument | undefined;
  // Of a large estate it takes long to make, and not every instance is asked for it.
  const openApiOf = (): OpenApiDocument => (openApi ??= describeServices(services, config));
  const asyncApiOf = (): AsyncApiDocument => describeBus(services, config);
  const servers: Listening[] = [];
  let admin: Admin | undefined;
  const frontDoor = openFrontDoor({
    config,
    services,
    operations,
    bus: messages,
    guards,
    identity: { issuers, clock, tally: metrics?.tally },
    log,
    metrics,
  });
  const stopper = createStopper({
    servers,
    inFlight,
    endOthers: (milliseconds) => frontDoor.close(milliseconds),
    delayMs: config.server.stopDelaySeconds * 1000,
    deadlineMs: config.server.shutdownSeconds * 1000,
    endStreams: () => streams?.end(),
    free: async () => {
      await deferral?.close();
      await Promise.all([...connectors.values()].flat().map((connector) => connector.close()));
      await events.close();
      await commands.close();
      await bus.close();
      await messages.close();
      await redis?.close();
      admission.close();
      await admin?.close();
      await log.close();
    },
  });
  forgetOnEvents(bus, config.cache.invalidateOn, cache, logger);
  try {
    await openBusEarly(messages, config);
    await openStoreEarly(commands, services, config.bus.consumers.length > 0, logger);
  } catch (error) {
    await stopper.stop();
    throw error;
  }
  frontDoor.open();
  const readiness = createReadiness({
    connectors,
    issuers,
    bus,
    messages,
    redis,
    isStopping: stopper.isStopping,
  });
  const app = createApp({
    handler,
    openApi: openApiOf,
    asyncApi: asyncApiOf,
    readiness,
    streams,
    log,
    answerHead,
    compression: config.server.compression,
    metrics: config.metrics.public ? metrics : undefined,
    ...(options.extend && { extend: options.extend }),
  });
  // The handler stands before Express, whose own work it thereby saves.
  const listeners = createFront(
    (request, response) => {
      handler(request, response, () => void app(request, response));
    },
    { log, answerHead, isStopping: stopper.isStopping },
    createClientErrorListener((socket) => inFlight.answersOn(socket)),
  );
  return {
    app,
    handler,
    get openApi() {
      return openApiOf();
    },
    async listen(port = config.server.port, host = config.server.host) {
      const server = await listen(
        listeners,
        expressPrototypes(app),
        config.server,
        port,
        host,
        tls && { ...tlsPolicy(tls), ...tlsContext },
      );
      servers.push(server);
      if (metrics !== undefined && config.metrics.port !== undefined)
        admin ??= await listenAdmin({
          ...config.metrics,
          port: config.metrics.port,
          workers,
          metrics,
          readiness,
        });
      return { port: server.port, ...(admin && { metricsPort: admin.port }) };
    },
    async reloadTls() {
      if (tls === undefined) return;
      const next = await withLines(options.problemAt, async () => loadTlsContext(tls, configDir));
      tlsContext = next;
      for (const server of servers) server.setTls(next);
    },
    close: stopper.stop,
  };
}

/** What the first does not know is asked of the second. */
function inTurn(first: HttpHandler, second: HttpHandler): HttpHandler {
  return (request, response, next) => {
    first(request, response, (error) => {
      if (error === undefined) second(request, response, next);
      else next(error);
    });
  };
}

/** What nobody may read is not counted, and the library for it not loaded. */
async function createMetricsOf({ port, public: isPublic }: MetricsConfig): Promise<Metrics | undefined> {
  if (!isPublic && port === undefined) return undefined;
  const { createMetrics } = await import('./metrics/create-metrics.ts');
  return createMetrics();
}

/** What a WSDL promises and Portico does not keep, its operator should know. */
function logWarnings(services: readonly PlannedService[], logger: Logger): void {
  for (const { name, warnings } of services)
    for (const warning of warnings)
      logger.warn({ service: name, code: warning.code }, formatDiagnostic(warning));
}
