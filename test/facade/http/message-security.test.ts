import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signedEnvelope } from '../../connectors/ws-security/answers.ts';
import { makeSigningKey } from '../../connectors/ws-security/signing-keys.ts';
import { startBank, type Bank, type BankOptions } from '../bank.ts';
import { accountAnswer } from '../bank-wsdl.ts';

const PASSWORD = 'hunter2-&-more';

/** Text of the only element of this name. */
function textOf(envelope: string, name: string): string {
  return (
    new RegExp(`<[a-z]+:${name}[ >][^<]*?>?([^<>]*)</[a-z]+:${name}>`).exec(envelope)?.[1] ??
    assert.fail(name)
  );
}

describe('the header of messages to a service', function () {
  this.timeout(60_000);
  const own = makeSigningKey('/CN=portico');
  const core = makeSigningKey('/CN=core.example');
  const prepare = (folder: string): void => {
    const files = {
      'own.key': own.keyPem,
      'own.crt': own.certificatePem,
      'core.crt': core.certificatePem,
      'password.txt': `${PASSWORD}\n`,
      'bad.key': 'secret-key-material',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  };

  async function withBank(options: BankOptions, work: (bank: Bank) => Promise<void>): Promise<void> {
    const bank = await startBank({ prepare, ...options });
    try {
      await work(bank);
    } finally {
      await bank.close();
    }
  }

  it('is none unless configured', async () => {
    await withBank({}, async (bank) => {
      await bank.call('/v1/accounts/4711');
      assert.ok(!bank.calls[0]!.envelope.includes('Header'));
    });
  });

  it('proves the password by a digest that the core can calculate', async () => {
    const policies = ['security: { username: { username: portico, password: { file: password.txt } } }'];
    await withBank({ policies }, async (bank) => {
      assert.equal((await bank.call('/v1/accounts/4711')).status, 200);
      const { envelope } = bank.calls[0]!;
      const nonce = Buffer.from(textOf(envelope, 'Nonce'), 'base64');
      const created = /<\/wsse:Nonce><wsu:Created>([^<]*)/.exec(envelope)?.[1] ?? '';
      const expected = createHash('sha1')
        .update(nonce)
        .update(created + PASSWORD)
        .digest('base64');
      assert.equal(textOf(envelope, 'Password'), expected);
      assert.equal(textOf(envelope, 'Username'), 'portico');
      assert.ok(Math.abs(Date.parse(created) - Date.now()) < 60_000);
      assert.ok(envelope.includes('soap:mustUnderstand="1"') && envelope.includes('<wsu:Expires>'));
    });
  });

  it('holds the password as it is where that is asked for, escaped', async () => {
    const username = 'username: { username: portico, password: "${CORE_PASSWORD}", passwordType: text }';
    const policies = [
      `security: { ${username}, timestampSeconds: 0, mustUnderstand: false, actor: "urn:gate" }`,
    ];
    await withBank({ policies, env: { CORE_PASSWORD: PASSWORD } }, async (bank) => {
      await bank.call('/v1/accounts/4711');
      const { envelope } = bank.calls[0]!;
      assert.equal(textOf(envelope, 'Password'), 'hunter2-&amp;-more');
      assert.ok(envelope.includes('soap:actor="urn:gate"'));
      assert.ok(!/mustUnderstand|Timestamp|Nonce/.test(envelope));
    });
  });

  it('addresses the message by WS-Addressing in either version', async () => {
    for (const [version, namespace] of [
      ['2005/08', 'http://www.w3.org/2005/08/addressing'],
      ['2004/08', 'http://schemas.xmlsoap.org/ws/2004/08/addressing'],
    ] as const)
      await withBank({ policies: [`addressing: { version: ${version} }`] }, async (bank) => {
        assert.equal((await bank.call('/v1/accounts/4711')).status, 200);
        const { envelope } = bank.calls[0]!;
        assert.ok(envelope.includes(`xmlns:wsa="${namespace}"`));
        assert.equal(textOf(envelope, 'Action'), 'urn:bank/GetAccount');
        assert.equal(textOf(envelope, 'To'), bank.coreUrl);
        assert.match(textOf(envelope, 'MessageID'), /^urn:uuid:[0-9a-f-]{36}$/);
        assert.match(textOf(envelope, 'Address'), /\/anonymous$/);
      });
  });

  const signature =
    'signature: { key: { file: own.key }, certificate: own.crt, parts: [Body, Timestamp, Addressing] }';
  const verify = 'verify: { certificates: [core.crt] }';

  /** As Portico's own encoder would name its prefixes, so that its signer can sign it. */
  const ownAnswer = accountAnswer
    .replaceAll(/(<\/?)\w+:(Envelope|Body)/g, '$1soap:$2')
    .replace(/xmlns:\w+="([^"]*soap\/envelope\/)"/, 'xmlns:soap="$1"');

  it('is signed, and so must the answer be: else 502, and nothing of it is shown', async () => {
    const policies = [`security: { ${signature}, ${verify} }`, 'addressing: {}'];
    await withBank({ policies }, async (bank) => {
      const call = (): Promise<Response> => bank.call('/v1/accounts/4711');
      const signed = await signedEnvelope(Buffer.from(ownAnswer), core, Date.now());
      bank.answer = () => ({ body: signed });
      const good = await call();
      assert.equal(good.status, 200);
      assert.match(bank.calls[0]!.envelope, /<ds:SignatureValue>/);
      for (const answer of [accountAnswer, signed.replace(/Balance>[^<]*/, 'Balance>999999')]) {
        bank.answer = () => ({ body: answer });
        const bad = await call();
        assert.equal(bad.status, 502);
        const problem = (await bad.json()) as Record<string, unknown>;
        assert.equal(problem['code'], 'upstream-not-verified');
        assert.ok(!JSON.stringify(problem).includes('999999'));
      }
      assert.match(bank.log.join(), /is not signed/);
      assert.ok(!bank.log.join().includes('PRIVATE KEY'));
    });
  });

  it('may be that of an answer whose security and addressing headers must be understood', async () => {
    await withBank({ policies: ['addressing: {}'] }, async (bank) => {
      const header =
        '<soap:Header><a:Action xmlns:a="http://www.w3.org/2005/08/addressing" soap:mustUnderstand="1">urn:b</a:Action></soap:Header>';
      const answer = accountAnswer.replace(
        /<(\w+):Body/,
        (start, prefix: string) => header.replaceAll('soap:', `${prefix}:`) + start,
      );
      assert.notEqual(answer, accountAnswer);
      bank.answer = () => ({ body: answer });
      assert.equal((await bank.call('/v1/accounts/4711')).status, 200);
    });
  });

  it('is refused at start where its configuration cannot work, without quoting a secret', async () => {
    const sign = (more: string): string =>
      `security: { signature: { key: { file: own.key }, certificate: own.crt, ${more} } }`;
    for (const [policies, message] of [
      [['security: { username: { username: a, password: hunter2 } }'], /secret must not stand in this file/],
      [
        ['security: { signature: { key: hunter2, certificate: own.crt } }'],
        /secret must not stand in this file/,
      ],
      [
        ['security: { signature: { key: { file: bad.key }, certificate: own.crt } }'],
        /signature\.key: is no private key/,
      ],
      [
        ['security: { signature: { key: { file: own.key }, certificate: core.crt } }'],
        /does not fit the certificate/,
      ],
      [
        ['security: { signature: { key: { file: own.key }, certificate: bad.key } }'],
        /is no certificate in PEM/,
      ],
      [[sign('algorithm: ecdsa-sha256')], /needs a key of type ec/],
      [[sign('parts: [Body, Addressing]')], /: Addressing is to be signed, but is not sent/],
      [[sign('parts: [Body, UsernameToken]')], /UsernameToken is to be signed, but is not sent/],
      [
        [sign('keyReference: thumbprint, parts: [BinarySecurityToken]')],
        /BinarySecurityToken is to be signed/,
      ],
      [[sign('digest: sha256'), 'mtom: always'], /excludes "mtom"/],
      [['security: { verify: {} }'], /exactly one of "certificates" and "ca"/],
      [['security: { verify: { ca: core.crt } }'], /"ca" needs "subject"/],
      [['security: { verify: { certificates: [core.crt], subject: CN=a } }'], /"subject" goes with "ca"/],
      [['security: { verify: { certificates: [bad.key] } }'], /bad\.key is no certificate/],
      [['security: { verify: { ca: bad.key, subject: CN=a } }'], /holds no certificate/],
      [['security: { actor: gate }'], /: is not an absolute URI/],
      [['addressing: { to: gate }'], /: is not an absolute URI/],
    ] as const)
      await assert.rejects(
        startBank({ prepare, policies }),
        (error: Error) => message.test(error.message) && !/hunter2|secret-key-material/.test(error.message),
        String(message),
      );
  });
});
