import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { maskForeignText, maskText } from '../../masking/index.ts';
import { cardDigits, grouped, iban, inFours, surroundings } from './numbers.ts';

const runs = { numRuns: 3000 };

describe('Masking a text', () => {
  it('leaves no card number, in whatever groups and wherever it stands', () => {
    fc.assert(
      fc.property(grouped(cardDigits), surroundings, (card, [before, after]) => {
        const masked = maskText(`${before}${card}${after}`);
        assert.ok(!masked.includes(card), masked);
        assert.match(masked, /\[masked\]/);
      }),
      runs,
    );
  });

  it('leaves no IBAN, in whatever groups and case', () => {
    fc.assert(
      fc.property(grouped(iban), surroundings, fc.boolean(), (account, [before, after], isLower) => {
        const written = isLower ? account.toLowerCase() : account;
        const masked = maskText(`${before}${written}${after}`);
        assert.ok(!masked.includes(written), masked);
        assert.match(masked, /\[masked\]/);
      }),
      runs,
    );
  });

  it('leaves no card number and no IBAN in groups of four, whatever is between them, or in wide digits', () => {
    const wide = (text: string): string =>
      text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    fc.assert(
      fc.property(inFours(fc.oneof(cardDigits, iban)), surroundings, (number, [before, after]) => {
        for (const written of [number, wide(number)])
          assert.ok(!maskText(`${before}${written}${after}`).includes(written), written);
      }),
      runs,
    );
  });

  it('leaves no IBAN of a known country that a letter or digit precedes', () => {
    assert.equal(maskText('xDE89370400440532013000'), 'x[masked]');
    assert.equal(maskText('ref7DE89.3704.0044.0532.0130.00'), 'ref7[masked]');
  });

  it('leaves amounts and dates as they are', () => {
    const amount = fc
      .tuple(fc.nat(999), fc.array(fc.nat(999), { maxLength: 5 }), fc.nat(99))
      .map(
        ([first, others, cents]) =>
          `${[first, ...others.map((n) => String(n).padStart(3, '0'))].join('.')},${String(cents).padStart(2, '0')}`,
      );
    const day = fc
      .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const german = day.map((date) => date.split('-').toReversed().join('.'));
    const stroked = day.map((date) => date.replaceAll('-', '/'));
    const dates = fc.oneof(day, german, stroked);
    const four = fc.nat(99_999_999).map((value) => (value / 10_000).toFixed(4));
    fc.assert(
      fc.property(amount, dates, dates, four, four, (sum, from, to, rate, other) => {
        const text = `${from} - ${to}: ${sum} EUR at ${rate} ${other}\n${from}/${to}`;
        assert.equal(maskText(text), text);
      }),
      runs,
    );
  });

  it('leaves no part of an IBAN of a known country that other words follow without a blank', () => {
    assert.equal(maskText('to DE89370400440532013000EUR 12'), 'to [masked]EUR 12');
    assert.equal(maskText('IBANNL91ABNA0417164300'), 'IBAN[masked]');
  });

  it('takes about one other number in ten for a card, and one other account in fifty for an IBAN', () => {
    const numbers = fc.sample(fc.stringMatching(/^[1-9]\d{11,18}$/), { numRuns: 4000, seed: 1 });
    const kept = numbers.filter((number) => maskText(`id ${number}`) === `id ${number}`);
    assert.ok(kept.length > 0.85 * numbers.length, `${kept.length} of ${numbers.length}`);
    const accounts = fc.sample(fc.stringMatching(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/), {
      numRuns: 4000,
      seed: 1,
    });
    const left = accounts.filter((account) => maskText(account) === account);
    assert.ok(left.length > 0.95 * accounts.length, `${left.length} of ${accounts.length}`);
  });

  const innocent = [
    'amount 1234567890123.50 EUR',
    'rate 0.4111111111111111',
    'EUR at 28.9696 3319.1313\n1970',
    '0,00 EUR at 85.6982 5008.6003\n1967/07/31',
    'order 4111111111111112 of 2026-11-21T13:00:47.123Z',
    'request 550e8400-e29b-41d4-a716-446655440000',
    'trace 4bf92f3577b34da6a3ce929d0e0e4736, span 00f067aa0ba902b7',
    'GB82 WEST 1234 5698 7654 33',
    'Basic authentication failed',
    'the Bearer token has expired',
    'http://127.0.0.1:8080/v1/accounts/42?from=2026-11-01',
    'upstream/connectors/soap-http/v1 took 12345678901 ns',
    'no password, no secret, no session',
    'the secret x, the pw x and ipw=3',
  ];
  for (const text of innocent)
    it(`leaves "${text}" as it is`, () => {
      assert.equal(maskText(text), text);
    });

  const secrets: readonly (readonly [text: string, masked: string])[] = [
    ['Authorization: Bearer 9f3a.c-1', 'Authorization: [masked] [masked]'],
    ['sent Basic dXNlcjpwYXNz to it', 'sent Basic [masked] to it'],
    ['got eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln today', 'got [masked] today'],
    ['got eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0 today', 'got [masked] today'],
    ['{"password":"a\\"b c","n":1}', '{"password":"[masked]","n":1}'],
    ['access_token=abc&x=1', 'access_token=[masked]&x=1'],
    ['<w:Password Type="t">hunter2</w:Password>', '<w:Password Type="t">[masked]</w:Password>'],
    ['amqp://user:s@cret@host:5672/', 'amqp://[masked]@host:5672/'],
    ['Cookie: a1b2', 'Cookie: [masked]'],
    ['pw=hunter2', 'pw=[masked]'],
    ['db_pw: hunter2', 'db_pw: [masked]'],
    ['Passwort: x', 'Passwort: [masked]'],
    ['secret: x', 'secret: [masked]'],
  ];
  for (const [text, masked] of secrets)
    it(`cuts the secret out of ${JSON.stringify(text)}`, () => {
      assert.equal(maskText(text), masked);
    });

  it('cuts whatever looks like a key out of the words of a stranger, and of no other', () => {
    const text = 'request AKIAIOSFODNN7EXAMPLEKEY01 failed';
    assert.equal(maskForeignText(text), 'request [masked] failed');
    assert.equal(maskText(text), text);
  });

  it('masks a masked text no further', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), cardDigits, iban), (text) => {
        const masked = maskText(text);
        assert.equal(maskText(masked), masked);
      }),
      runs,
    );
  });

  const beginnings = [
    '1 ',
    '4',
    'AB12 ',
    'eyJ-',
    'eyJa.',
    '<password',
    '<a.',
    'password  ',
    'password="\\',
    "token='x",
  ];
  const more = [
    '=',
    'a1-',
    'a://',
    '://a@',
    'Bearer ',
    'Bearer eyJ',
    'DE89 ',
    'DE89.',
    'D - E',
    '1111.',
    '1111 / ',
    '1 - ',
    '0123456789abcdef',
    '- -1',
    '<p:token ',
  ];
  for (const part of [...beginnings, ...more])
    it(`needs time in proportion to the text, also for ${JSON.stringify(part)} again and again`, () => {
      const text = part.repeat(Math.ceil(400_000 / part.length));
      const startedAt = performance.now();
      maskForeignText(text);
      const milliseconds = performance.now() - startedAt;
      // Where time grew with the square of the length this would be minutes.
      assert.ok(milliseconds < 3000, `${milliseconds} ms`);
    });
});
