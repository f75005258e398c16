import assert from 'node:assert/strict';
import { decodeCloudEvent, encodeCloudEvent } from '../../connectors/bus/cloud-event.ts';

const event = { id: '1', event: 'transfer.completed', time: '2026-03-01T09:30:00Z' };

describe('CloudEvents', () => {
  it('hold the event in the structured JSON form, its data as they are', () => {
    const data = Buffer.from('{"amount":10.0050}');
    const text = encodeCloudEvent({ ...event, subject: 'T-1', requestId: 'r', data }, '/bank').toString();
    assert.equal(
      text,
      '{"specversion":"1.0","id":"1","source":"/bank","type":"transfer.completed","subject":"T-1","time":"2026-03-01T09:30:00Z","datacontenttype":"application/json","requestid":"r","data":{"amount":10.0050}}',
    );
  });

  it('of others are read in any order of members, every digit kept', () => {
    const bytes = Buffer.from(
      '{ "data": {"n": 12345678901234567890.10}, "type": "a.b", "id": "x", "source": "/", "specversion": "1.0", "time": "2026-01-01T00:00:00Z" }',
    );
    const read = decodeCloudEvent(bytes);
    assert.equal(Buffer.from(read.data).toString(), '{"n":12345678901234567890.10}');
    assert.deepEqual(
      { ...read, data: 0 },
      { id: 'x', event: 'a.b', source: '/', time: '2026-01-01T00:00:00Z', data: 0 },
    );
  });

  it('carry XML as text, and come back as they were, with all their attributes', () => {
    const whole = {
      ...event,
      source: '/bank',
      data: Buffer.from('<t:Done xmlns:t="urn:t">é &amp; "</t:Done>'),
      contentType: 'application/xml',
      dataSchema: 'urn:t',
      extensions: { partitionkey: '4711', customer: 'anna' },
    };
    const bytes = encodeCloudEvent(whole, '/');
    const { data, ...attributes } = JSON.parse(bytes.toString()) as Record<string, unknown>;
    assert.equal(data, whole.data.toString());
    assert.deepEqual([attributes['datacontenttype'], attributes['customer']], ['application/xml', 'anna']);
    assert.deepEqual(decodeCloudEvent(bytes), whole);
  });

  it('may carry bytes as base64', () => {
    const bytes = Buffer.from(
      '{"specversion":"1.0","id":"x","type":"t","datacontenttype":"image/png","data_base64":"AP8="}',
    );
    assert.deepEqual([...decodeCloudEvent(bytes).data], [0, 255]);
  });

  it('without data have null', () => {
    assert.equal(
      Buffer.from(decodeCloudEvent(Buffer.from('{"specversion":"1.0","id":"x","type":"t"}')).data).toString(),
      'null',
    );
  });

  for (const text of [
    '',
    '[]',
    'null',
    '{"specversion":"0.3","id":"x","type":"t"}',
    '{"specversion":"1.0","type":"t"}',
    '{"specversion":"1.0","id":"x"}',
    '\xff',
  ]) {
    it(`are not: ${JSON.stringify(text)}`, () => {
      assert.throws(() => decodeCloudEvent(Buffer.from(text, 'latin1')));
    });
  }
});
