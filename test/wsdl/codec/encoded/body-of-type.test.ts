import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import {
  compileCodec,
  DecodeError,
  loadContract,
  type Contract,
  type JsonValue,
  type MessageCodec,
} from '../../../../wsdl/index.ts';

const WSDL = fileURLToPath(new URL('../../../fixtures/contracts/body-of-encoded-type.wsdl', import.meta.url));

describe('a Body that is itself of a type with arrays of SOAP encoding', () => {
  let contract: Contract;
  before(async () => {
    contract = await loadContract(WSDL);
  });
  const inputOf = (operation: string): MessageCodec => compileCodec(contract, { operation }).input;

  function decode(codec: MessageCodec, body: string): JsonValue {
    return decodeEnvelope(
      codec,
      Buffer.from(
        `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>${body}</s:Body></s:Envelope>`,
      ),
    );
  }

  it('comes back as it was written', () => {
    const codec = inputOf('Place');
    const order = {
      number: '7',
      lines: [
        { article: 'a', count: 1 },
        { article: 'b', count: 2 },
      ],
      note: 'n',
    };
    const xml = codec.encode(order);
    assert.match(Buffer.from(xml).toString(), /:Body><Number>7<\/Number><Lines/);
    assert.deepEqual(decodeEnvelope(codec, xml), order);
  });

  it('may refer to what stands in the Body beside its members', () => {
    const line = '<x id="l" enc:root="0"><Article>a</Article><Count>1</Count></x>';
    assert.deepEqual(decode(inputOf('Place'), `<Number>7</Number><Lines><i href="#l"/></Lines>${line}`), {
      number: '7',
      lines: [{ article: 'a', count: 1 }],
    });
  });

  it('is refused with what does not belong there, and without what it owes', () => {
    assert.throws(
      () => decode(inputOf('Place'), '<Number>7</Number><Lines/><Strange/>'),
      (error) => error instanceof DecodeError && error.code === 'unexpected-element',
    );
    assert.throws(
      () => decode(inputOf('Change'), '<item><Count>1</Count></item>'),
      (error) => error instanceof DecodeError && /Article/.test(error.message),
    );
  });

  it('may be such an array', () => {
    const codec = inputOf('Change');
    const lines = {
      lines: [
        { article: 'a', count: 1 },
        { article: 'b', count: 2 },
      ],
    };
    assert.deepEqual(decodeEnvelope(codec, codec.encode(lines)), lines);
    assert.deepEqual(decode(codec, ''), { lines: [] });
  });
});

function decodeEnvelope(codec: MessageCodec, envelope: Uint8Array): JsonValue {
  const decoded = codec.decode(envelope);
  assert.ok(decoded.kind === 'message');
  return JSON.parse(Buffer.from(decoded.json).toString()) as JsonValue;
}
