import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openDump } from '../../../cli/doctor/dump.ts';
import { examine } from '../../../cli/doctor/examine.ts';
import { reportLines } from '../../../cli/doctor/print-report.ts';
import type { CheckName, DoctorReport } from '../../../cli/doctor/report.ts';
import { compileCodec, type JsonValue, type MessageCodec } from '../../../wsdl/index.ts';

const WSDL = join(import.meta.dirname, '../../fixtures/contracts/digits-facets.wsdl');

/** A codec that is wrong in one way. */
type Sabotage = (codec: MessageCodec) => Partial<MessageCodec>;

const inXml =
  (from: string | RegExp, to: string): Sabotage =>
  (codec) => ({
    encode: (value) => Buffer.from(Buffer.from(codec.encode(value)).toString().replace(from, to)),
  });

/** The general decoder is right. */
const inJson =
  (change: (text: string) => string): Sabotage =>
  (codec) => ({
    decode: (bytes, options) => {
      const decoded = codec.decode(bytes, options);
      return decoded.kind === 'fault' || options?.generalOnly === true
        ? decoded
        : { kind: 'message', json: Buffer.from(change(Buffer.from(decoded.json).toString())) };
    },
  });

const SABOTAGE: readonly [CheckName, string, Sabotage][] = [
  ['encode', 'an encoder that throws', () => ({ encode: () => assert.fail('no') })],
  ['structure', 'XML that is not well-formed', inXml('</soap:Envelope>', '')],
  ['structure', 'another element in the body', inXml(/tns:Run/g, 'tns:Walk')],
  ['schema', 'a value outside its facets', inXml(/>[^<>]*<\/tns:V>/, '>123456789.123456</tns:V>')],
  ['decode', 'a decoder that throws', () => ({ decode: () => assert.fail('no') })],
  ['round-trip', 'a decoder that rounds', inJson((text) => text.replace(/"\d[\d.]*"/, '"9"'))],
  ['re-encode', 'an encoder that forgets', forgetful],
  ['decoders', 'a specialised decoder that adds blanks', inJson((text) => ` ${text}`)],
  ['chunks', 'a decoder that loses a chunk', losesChunks],
];

describe('the doctor fails', () => {
  for (const [check, what, sabotage] of SABOTAGE) {
    it(`"${check}" for ${what}`, async () => {
      const report = await examineWith(sabotage);
      assert.equal(report.passed, false);
      assert.equal(report.operations[0]?.failure?.check, check);
    });
  }

  it('"attachments" for a package that changes binary content', async () => {
    const report = await examineWith(
      losesAttachments,
      join(import.meta.dirname, '../../fixtures/contracts/builtin-types.wsdl'),
    );
    assert.equal(report.operations[0]?.failure?.check, 'attachments');
  });

  it('"openapi" for JSON that is not what the OpenAPI document says', async () => {
    const report = await examine(WSDL, {
      jsonJudgeOf: () => ({ faultsOf: () => ['/v must be string'] }),
    });
    assert.equal(report.operations[0]?.failure?.check, 'openapi');
  });

  it('"sample" for a type of which no value can exist', async () => {
    const wsdl = readFileSync(WSDL, 'utf8').replace(
      /<xs:element name="Run">.*<\/xs:element>/s,
      '<xs:element name="Run" type="t:Endless"/><xs:complexType name="Endless"><xs:sequence><xs:element name="Again" type="t:Endless"/></xs:sequence></xs:complexType>',
    );
    const report = await examine('endless.wsdl', { compile: { load: async () => Buffer.from(wsdl) } });
    assert.equal(report.operations[0]?.failure?.check, 'sample');
  });

  it('with the sample, the place and the way to see it again', async () => {
    const report = await examineWith(SABOTAGE[0]![2]);
    const text = reportLines(report).join('\n');
    assert.match(text, /failed {2}Run/);
    assert.match(text, /encode, input, sample minimal: no/);
    assert.match(text, /again: portico doctor .*digits-facets.wsdl --operation Run --seed 1/);
    assert.match(text, /FAILED: 0 of 1 operations passed/);
  });
});

describe('the dump of the doctor', () => {
  it('has a line and a file for each message, with paths relative to the manifest', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
    const dump = openDump(folder, WSDL);
    const report = await examine(WSDL, { onMessage: (message) => dump.add(message) });
    dump.close();
    const lines = readFileSync(join(folder, 'manifest.jsonl'), 'utf8').trim().split('\n');
    assert.equal(lines.length, report.summary.messages);
    const entry = JSON.parse(lines[0]!) as Record<string, string>;
    assert.deepEqual(Object.keys(entry), ['wsdl', 'service', 'port', 'operation', 'direction', 'file']);
    assert.equal(readFileSync(join(folder, entry['wsdl']!), 'utf8'), readFileSync(WSDL, 'utf8'));
    assert.match(readFileSync(join(folder, entry['file']!), 'utf8'), /<soap:Envelope/);
  });
});

/** What travels beside the envelope arrives empty. */
function losesAttachments(codec: MessageCodec): Partial<MessageCodec> {
  return {
    encodePackage: (value, options) => {
      const encoded = codec.encodePackage(value, options);
      const attachments = encoded.attachments.map((part) => ({ ...part, content: new Uint8Array() }));
      return { ...encoded, attachments };
    },
  };
}

async function examineWith(sabotage: Sabotage, wsdl: string = WSDL): Promise<DoctorReport> {
  return examine(wsdl, {
    isQuick: true,
    codecOf: (contract, selector) => {
      const codec = compileCodec(contract, selector);
      return { ...codec, input: { ...codec.input, ...sabotage(codec.input) } };
    },
  });
}

/** Encodes the same value differently the second time. */
function forgetful(codec: MessageCodec): Partial<MessageCodec> {
  let calls = 0;
  return {
    encode: (value) => {
      const { v } = value as { v: JsonValue[] };
      return codec.encode(++calls % 2 === 0 ? { v: [...v, '1'] } : value);
    },
  };
}

function losesChunks(codec: MessageCodec): Partial<MessageCodec> {
  return {
    createDecoder: (write, options) => {
      const decoder = codec.createDecoder(write, options);
      let chunks = 0;
      return {
        write: (chunk) => {
          if (++chunks < 3) decoder.write(chunk);
        },
        end: () => decoder.end(),
      };
    },
  };
}
