import assert from 'node:assert/strict';
import { archive } from './archive.ts';

describe('attachments in the contract', () => {
  it('are the parts that mime:content binds, with their media types, out of the body', async () => {
    const [, , send, call] = Object.values((await archive()).bindings)[0]!.operations;
    assert.deepEqual(send!.input.attachments, [
      { name: 'scan', jsonName: 'scan', mediaTypes: ['image/png', 'image/jpeg'] },
      { name: 'Notes', jsonName: 'notes', mediaTypes: ['text/plain'] },
    ]);
    assert.deepEqual(
      send!.output!.attachments?.map(({ mediaTypes }) => mediaTypes),
      [[], []],
    );
    assert.equal(send!.input.body.shape, 'members');
    assert.deepEqual(
      send!.input.body.members.map(({ jsonName }) => jsonName),
      ['receipt'],
    );
    assert.deepEqual(
      call!.input.attachments?.map(({ jsonName }) => jsonName),
      ['idFile'],
    );
  });

  it('are announced by a policy, by xmime:expectedContentTypes and by swaRef', async () => {
    const { bindings, elements, types } = await archive();
    assert.equal(Object.values(bindings)[0]!.mtom, true);
    const document = types[elements['{urn:archive}Document']!.type]!;
    assert.ok(document.kind === 'complex' && document.content.kind === 'elements');
    const content = document.content.model.particles[1]!;
    assert.ok(content.kind === 'element');
    assert.deepEqual(content.mediaTypes, ['application/pdf', 'image/*']);
    const swaRef = types['{http://ws-i.org/profiles/basic/1.1/xsd}swaRef']!;
    assert.ok(swaRef.kind === 'simple');
    assert.equal(swaRef.swaRef, true);
  });
});
