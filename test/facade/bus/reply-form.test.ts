import assert from 'node:assert/strict';
import { join } from 'node:path';
import { contentOfAnswer } from '../../../facade/bus/reply-form.ts';
import type { OperationRuntime } from '../../../facade/operations/operation-runtime.ts';
import { compileCodec, compileContract } from '../../../wsdl/index.ts';

describe('the reply to a command in XML', () => {
  it('says that an answer kept as binary content cannot be given again, and holds nothing of it', async () => {
    const wsdl = join(import.meta.dirname, '../../../examples/bank/wsdl/core-banking.wsdl');
    const { contract } = await compileContract(wsdl);
    const codec = compileCodec(contract!, { operation: 'GetAccount' });
    const runtime = { codec, route: { faults: [] } } as unknown as OperationRuntime;
    const answer = { status: 200, contentType: 'application/octet-stream', body: Buffer.from('{"secret"') };
    const { contentType, body } = contentOfAnswer(runtime, answer, { kind: 'xml' } as never);
    const text = Buffer.from(body).toString();
    assert.match(contentType ?? '', /^text\/xml/);
    assert.match(text, /Fault>/);
    assert.match(text, /answer-not-kept/);
    assert.doesNotMatch(text, /secret/);
  });
});
