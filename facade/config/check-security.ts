import type { ServiceConfig } from './config.ts';
import type { ConfigProblem, KeyPath } from './config-problem.ts';
import type { YamlSource } from './read-yaml.ts';
import type { SecurityConfig, VerifyConfig } from './security-config.ts';

type Fault = readonly [path: KeyPath, message: string];

/** The rules on what stands in the header of messages. */
export function checkSecurity(name: string, service: ServiceConfig, source: YamlSource): ConfigProblem[] {
  const { security, addressing } = service;
  const faults = security
    ? [
        ...faultsOfSignature(security, service),
        ...faultsOfVerify(security.verify),
        ...faultsOfActor(security),
      ]
    : [];
  if (addressing?.to !== undefined && !URL.canParse(addressing.to))
    faults.push([['addressing', 'to'], 'is not an absolute URI']);
  return faults.map(([path, message]) => source.problemAt(['services', name, ...path], message, 'key'));
}

function faultsOfSignature(security: SecurityConfig, { mtom, addressing }: ServiceConfig): Fault[] {
  const { signature, username, timestampSeconds } = security;
  if (signature === undefined) return [];
  const path = ['security', 'signature'];
  const isSent: Readonly<Record<string, boolean>> = {
    Timestamp: timestampSeconds > 0,
    Addressing: addressing !== undefined,
    UsernameToken: username !== undefined,
    BinarySecurityToken: signature.keyReference === 'token',
  };
  const faults = signature.parts.flatMap((part, index): Fault[] =>
    isSent[part] === false ? [[[...path, 'parts', index], `${part} is to be signed, but is not sent`]] : [],
  );
  if (mtom !== 'never')
    faults.push([path, 'a signature covers the envelope alone, so it excludes "mtom"; remove one of them']);
  return faults;
}

function faultsOfVerify(verify: VerifyConfig | undefined): Fault[] {
  if (verify === undefined) return [];
  const path = ['security', 'verify'];
  const { certificates, ca, subject } = verify;
  if ((certificates === undefined) === (ca === undefined))
    return [[path, 'exactly one of "certificates" and "ca" is needed']];
  if (ca !== undefined && subject === undefined)
    return [[path, '"ca" needs "subject": an authority signs certificates of others, too']];
  return ca === undefined && subject !== undefined ? [[path, '"subject" goes with "ca" alone']] : [];
}

function faultsOfActor({ actor }: SecurityConfig): Fault[] {
  return actor === undefined || URL.canParse(actor)
    ? []
    : [[['security', 'actor'], 'is not an absolute URI']];
}
