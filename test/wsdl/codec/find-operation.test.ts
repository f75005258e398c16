import assert from 'node:assert/strict';

import { findOperation, type OperationSelector } from '../../../wsdl/codec/find-operation.ts';
import type { Contract } from '../../../wsdl/index.ts';
import { contractOf } from '../encode/contracts.ts';

const contract: Contract = contractOf({
  body: { kind: 'elements', use: 'literal', members: [], shape: 'members' },
});

function portOf(selector: OperationSelector): string {
  return findOperation(contract, selector).port.name;
}

describe('findOperation', () => {
  it('prefers SOAP 1.2 to 1.1, whatever the order in the document', () => {
    assert.equal(portOf({ operation: 'Run' }), 'Port12');
  });

  it('keeps to the port and service named', () => {
    assert.equal(portOf({ operation: 'Run', port: 'Port11' }), 'Port11');
    assert.equal(portOf({ operation: 'Run', service: 'Service' }), 'Port12');
  });

  it('suggests the nearest name', () => {
    assert.throws(
      () => portOf({ operation: 'run' }),
      /^SelectionError: The contract "Example" has no operation "run"; did you mean "Run"\?$/,
    );
    assert.throws(
      () => portOf({ operation: 'Run', port: 'Prot11' }),
      /no port "Prot11"; did you mean "Port11"\?/,
    );
  });

  it('lists what there is where nothing is near', () => {
    assert.throws(() => portOf({ operation: 'GetAccount' }), /no operation "GetAccount"; it has "Run"$/);
    assert.throws(
      () => portOf({ operation: 'Run', service: 'Elsewhere' }),
      /no service "Elsewhere"; it has "Service"$/,
    );
    assert.throws(
      () => findOperation({ ...contract, services: [] }, { operation: 'Run' }),
      /it has no operation at all$/,
    );
  });
});
