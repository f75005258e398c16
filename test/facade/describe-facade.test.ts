import assert from 'node:assert/strict';
import { describeServices } from '../../facade/describe-facade.ts';
import { configOf } from './bank.ts';

describe('the security that the document names', () => {
  const securityOf = (...issuers: string[]): string[] => {
    const listed = issuers.map((keys, index) => `{ issuer: i${index}, audience: a, jwks: k.json, ${keys} }`);
    const config = configOf(`
server: { publicUrl: "https://api.example", tlsTerminators: [10.0.0.5] }
auth: { issuers: [ ${listed.join(', ')} ] }
services: { bank: { wsdl: bank.wsdl } }`);
    return describeServices([], config).security.map((one) => Object.keys(one).join('+'));
  };

  it('is what the issuers ask for, each way once', () => {
    assert.deepEqual(securityOf(''), ['bearerAuth']);
    assert.deepEqual(securityOf('dpop: optional'), ['bearerAuth', 'dpopAuth']);
    assert.deepEqual(securityOf('dpop: required'), ['dpopAuth']);
    assert.deepEqual(securityOf('mtls: required'), ['bearerAuth+mutualTls']);
    assert.deepEqual(securityOf('mtls: required, dpop: required'), ['dpopAuth+mutualTls']);
    assert.deepEqual(securityOf('mtls: optional, dpop: required', 'mtls: required'), [
      'dpopAuth',
      'bearerAuth+mutualTls',
      'dpopAuth+mutualTls',
    ]);
    assert.deepEqual(securityOf('dpop: required', ''), ['bearerAuth', 'dpopAuth']);
  });

  it('has the tokens of developers among it', () => {
    const config = configOf('services: { bank: { wsdl: bank.wsdl } }');
    assert.deepEqual(describeServices([], config).security, [{ bearerAuth: [] }]);
  });
});
