import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';

interface ComposeService {
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly read_only?: boolean;
  readonly build?: string;
}

/** Severities of the Language Server Protocol. */
const ERROR = 1;
const WARNING = 2;

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the container files', () => {
  it('have a Dockerfile without errors or warnings', () => {
    const findings = validate(read('Dockerfile'));
    const serious = findings.filter((finding) => (finding.severity ?? ERROR) <= WARNING);
    assert.deepEqual(
      serious.map((finding) => finding.message),
      [],
    );
  });

  it('run as a non-root user from a second build stage', () => {
    const lines = read('Dockerfile').split('\n');
    assert.equal(lines.filter((line) => line.startsWith('FROM ')).length, 2);
    assert.ok(lines.lastIndexOf('USER node') > lines.findLastIndex((line) => line.startsWith('FROM ')));
  });

  it('have a compose file whose services are all watched and whose dependencies exist', () => {
    const { services } = parse(read('docker-compose.yml')) as { services: Record<string, ComposeService> };
    assert.deepEqual(Object.keys(services).sort(), ['facade', 'mock-bank', 'postgres', 'rabbitmq', 'redis']);
    for (const [name, service] of Object.entries(services)) {
      assert.ok((service.healthcheck?.test.length ?? 0) > 1, `${name} has no health check`);
      for (const dependency of Object.keys(service.depends_on ?? {}))
        assert.ok(services[dependency], `${name} waits for ${dependency}`);
      if (service.build !== undefined) assert.equal(service.read_only, true, `${name} has a writable root`);
    }
  });
});
