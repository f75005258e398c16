import type { Route } from '../../openapi/index.ts';
import type { Contract, Particle } from '../../wsdl/index.ts';
import type { ServiceConfig } from '../config/config.ts';

/** How requests of a service use MTOM. */
export interface Mtom {
  /** Binary content of at least so many octets goes beside the envelope. */
  readonly leastOctets: number;
  /** A request without such content is a MIME package too: a server that asks for MTOM may take nothing else. */
  readonly isAlways: boolean;
}

/** @returns undefined where binary content stays in the envelope. */
export function mtomOf(contract: Contract, route: Route, config: ServiceConfig): Mtom | undefined {
  const { mtom, mtomThresholdBytes: leastOctets } = config;
  if (mtom === 'never') return undefined;
  if (mtom === 'always' || bindingAsks(contract, route)) return { leastOctets, isAlways: true };
  return expectsMedia(contract) ? { leastOctets, isAlways: false } : undefined;
}

function bindingAsks(contract: Contract, { wsdlService, port: name }: Route): boolean {
  const service = contract.services.find((one) => one.name === wsdlService);
  const port = service?.ports.find((one) => one.name === name);
  return port !== undefined && contract.bindings[port.binding]?.mtom === true;
}

/** Who wrote xmime:expectedContentTypes had MTOM in mind. */
function expectsMedia({ types, elements }: Contract): boolean {
  const models = Object.values(types).flatMap((type) =>
    type.kind === 'complex' && type.content.kind === 'elements' ? [type.content.model] : [],
  );
  return [...models, ...Object.values(elements)].some(hasMediaType);
}

function hasMediaType(particle: Particle): boolean {
  if (particle.kind === 'element') return particle.mediaTypes !== undefined;
  return particle.kind !== 'any' && particle.particles.some(hasMediaType);
}
