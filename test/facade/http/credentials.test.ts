import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startNtlmServer } from '../../connectors/ntlm/ntlm-server.ts';
import { startBank, type BankOptions } from '../bank.ts';

const prepare = (folder: string): void => {
  writeFileSync(join(folder, 'secret.txt'), 'hunter2\n');
};

/** What the core gets, and all that the facade shows of it elsewhere. */
async function sentWith(options: BankOptions): Promise<{ authorization: string | undefined; shown: string }> {
  const bank = await startBank({ prepare, ...options });
  try {
    assert.equal((await bank.call('/v1/accounts/4711')).status, 200);
    const authorization = bank.calls[0]?.headers.authorization;
    bank.answer = (_call, response) => void response.socket?.destroy();
    const problem = await (await bank.post('/v1/notices?text=a', {})).text();
    const ready = await (await bank.call('/readyz')).text();
    return { authorization, shown: problem + ready + bank.log.join() };
  } finally {
    await bank.close();
  }
}

describe('credentials towards a service', () => {
  it('are HTTP Basic in UTF-8, the password from a file without its line end', async () => {
    const policies = ['credentials: { basic: { username: jürgen, password: { file: secret.txt } } }'];
    const { authorization = '', shown } = await sentWith({ policies });
    assert.equal(Buffer.from(authorization.slice('Basic '.length), 'base64').toString(), 'jürgen:hunter2');
    assert.ok(!shown.includes('hunter2') && !shown.includes(authorization));
  });

  it('are a bearer token from the environment, never the token of the caller', async () => {
    const policies = ['credentials: { bearer: "${CORE_TOKEN}" }'];
    const { authorization, shown } = await sentWith({ policies, env: { CORE_TOKEN: 'core-token-1' } });
    assert.equal(authorization, 'Bearer core-token-1');
    assert.ok(!shown.includes('core-token-1'));
    assert.equal((await sentWith({})).authorization, undefined);
  });

  it('are NTLM, of which the core hears before it gets the message', async () => {
    const policies = [
      'credentials: { ntlm: { username: User, domain: Domain, password: "${CORE_PASSWORD}" } }',
    ];
    const core = await startNtlmServer();
    const bank = await startBank({ policies, endpoint: core.url, env: { CORE_PASSWORD: 'Password' } });
    try {
      await bank.call('/v1/accounts/4711');
      await bank.call('/v1/accounts/4712');
      assert.deepEqual(core.log, ['challenged', 'answered with body', 'answered with body']);
      assert.ok(!bank.log.join().includes('CORE_PASSWORD') && !bank.log.join().includes('NTLM '));
    } finally {
      await bank.close();
      await core.close();
    }
  });

  it('are refused where they stand in the configuration or cannot be sent, without being quoted', async () => {
    for (const [credentials, message] of [
      ['{ bearer: hunter2 }', /a secret must not stand in this file/],
      ['{ basic: { username: a, password: hunter2 } }', /a secret must not stand in this file/],
      ['{ bearer: "${TOKEN}" }', /credentials\.bearer: is no bearer token/],
      ['{ bearer: { file: nowhere } }', /nowhere cannot be read/],
      ['{}', /exactly one of/],
      ['{ ntlm: { username: a, password: hunter2 } }', /a secret must not stand in this file/],
      ['{ ntlm: { username: a, password: { file: secret.txt } }, bearer: "${TOKEN}" }', /exactly one of/],
      ['{ basic: { username: "a:b", password: { file: secret.txt } } }', /colon/],
    ] as const)
      await assert.rejects(
        startBank({ prepare, policies: [`credentials: ${credentials}`], env: { TOKEN: 'hunter2\r\nx: y' } }),
        (error: Error) => message.test(error.message) && !error.message.includes('hunter2'),
        credentials,
      );
  });
});
