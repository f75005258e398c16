import assert from 'node:assert/strict';
import { sampleVariants, type JsonValue } from '../../../wsdl/index.ts';
import { believableTexts } from '../../../wsdl/sample/believable/believable-text.ts';
import { Cast } from '../../../wsdl/sample/believable/cast.ts';
import { countries } from '../../../wsdl/sample/believable/country.ts';
import { iban, ibanOf } from '../../../wsdl/sample/believable/iban.ts';
import { testCards } from '../../../wsdl/sample/believable/names.ts';
import { createRandom } from '../../../wsdl/sample/random.ts';
import { exampleContract } from './example-contract.ts';

/** Lengths of the IBAN registry (ISO 13616-1). */
const IBAN_LENGTHS: Readonly<Record<string, number>> = {
  FI: 18,
  DE: 22,
  GB: 22,
  SE: 24,
  NL: 18,
  FR: 27,
  NO: 15,
  DK: 18,
  EE: 20,
  ES: 24,
  IT: 27,
  BE: 16,
  AT: 20,
  CH: 21,
  PL: 28,
  PT: 25,
};

const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

function element(name: string, type = 'xs:string', more = ''): string {
  return `<xs:element name="${name}" type="${type}" ${more}/>`;
}

function sequence(...parts: string[]): string {
  return `<xs:sequence>${parts.join('')}</xs:sequence>`;
}

function textFor(
  name: string,
  more: { owner?: string; types?: string[]; documentation?: string } = {},
): string {
  const random = createRandom(7);
  const hints = { name, owner: '', types: [], documentation: '', ...more };
  return believableTexts(hints, { random, cast: new Cast(random), firstDay: 0, dates: 0 }).next()
    .value as string;
}

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .map(Number)
    .reduce((total, digit, index) => {
      const doubled = digit * 2;
      return total + (index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}

describe('believable data', () => {
  it('has IBANs of the length of their country, with right check digits', () => {
    const random = createRandom(1);
    for (const country of countries) {
      const [code] = country.codes;
      const made = ibanOf(country, random);
      assert.equal(made.length, IBAN_LENGTHS[code], code);
      assert.equal(made, iban(code, made.slice(4)));
    }
  });

  it('has bank codes of the country, in the form of ISO 9362', () => {
    for (const { bic, codes } of countries) {
      assert.match(bic, /^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}$/);
      assert.equal(bic.slice(4, 6), codes[0]);
    }
  });

  it('has card numbers that pass the Luhn check and are kept for tests', () => {
    for (const card of testCards) assert.ok(passesLuhn(card), card);
    assert.ok(testCards.includes(textFor('CardNumber')));
  });

  it('keeps a person together, and gives each entry of a list another', async () => {
    const person = `<xs:complexType name="Person">${sequence(element('FirstName'), element('LastName'), element('Email'))}</xs:complexType>`;
    const { sample } = await exampleContract(sequence(element('Person', 'Person', 'maxOccurs="5"')), person);
    for (const seed of seeds) {
      const { person: people } = sample({ seed, lists: { from: 3, to: 3 } }) as unknown as {
        person: { firstName: string; lastName: string; email: string }[];
      };
      assert.equal(people.length, 3);
      for (const { firstName, lastName, email } of people)
        assert.equal(email, `${firstName}.${lastName}@example.com`.toLowerCase());
    }
  });

  it('orders dates: birth before all, then created, updated, closed, expiry', async () => {
    const names = ['ExpiryDate', 'ClosedDate', 'UpdatedDate', 'CreatedDate', 'BirthDate'];
    const { sample } = await exampleContract(sequence(...names.map((name) => element(name, 'xs:date'))));
    for (const seed of seeds) {
      const value = sample({ seed }) as Record<string, string>;
      const order = ['birthDate', 'createdDate', 'updatedDate', 'closedDate', 'expiryDate'].map(
        (name) => value[name]!,
      );
      assert.deepEqual(order, order.toSorted());
    }
  });

  it('takes what a vague name means from the element around it', () => {
    assert.match(textFor('Name', { owner: 'Customer' }), /^[A-Z][a-z]+ [A-Z][a-z]+$/);
    assert.match(textFor('name', { owner: 'Product' }), /^[A-Z]/);
  });

  it('takes what a name does not say from the type and the documentation', () => {
    assert.match(textFor('origin', { types: ['CountryCode'] }), /^[A-Z]{2}$/);
    assert.match(textFor('unit', { documentation: 'The ISO 4217 code.' }), /^[A-Z]{3}$/);
    assert.equal(textFor('reel', { documentation: 'The reel, e.g. "Drum 7".' }), 'Drum 7');
  });

  it('never goes before the facets', async () => {
    const { sample } = await exampleContract(
      sequence(
        `<xs:element name="Iban"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="ES\\d{22}"/></xs:restriction></xs:simpleType></xs:element>`,
        `<xs:element name="Email"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="4"/></xs:restriction></xs:simpleType></xs:element>`,
      ),
    );
    for (const seed of seeds) {
      const { iban: made, email } = sample({ seed }) as Record<string, string>;
      assert.equal(made, iban('ES', made!.slice(4)));
      assert.ok(email!.length <= 4);
    }
  });
});

describe('a sample that answers a request', () => {
  const account = `<xs:complexType name="Account">${sequence(element('Id'), element('Owner'), element('CustomerNo', 'xs:int'))}</xs:complexType>`;
  const content = sequence(element('AccountId'), element('Account', 'Account', 'maxOccurs="9"'));

  async function answerTo(
    echo: JsonValue,
  ): Promise<{ accountId: string; account: Record<string, JsonValue>[] }> {
    const { sample } = await exampleContract(content, account);
    return sample({ echo }) as unknown as { accountId: string; account: Record<string, JsonValue>[] };
  }

  it('has the values of members of the same name', async () => {
    assert.equal((await answerTo({ accountId: 'X-17' })).accountId, 'X-17');
  });

  it('has the id of the thing asked for in one thing of its name', async () => {
    const { account: accounts } = await answerTo({ accountId: 'X-17' });
    const ids = accounts.map(({ id }) => id);
    assert.equal(ids[0], 'X-17');
    assert.notEqual(ids[1], 'X-17');
  });

  it('has a value only where the facets allow it', async () => {
    const fitting = await answerTo({ customer: { number: '1234' } });
    assert.deepEqual(
      fitting.account.map(({ customerNo }) => customerNo),
      [1234, 1234],
    );
    const unfit = await answerTo({ customerNo: 'C-1' });
    assert.ok(unfit.account.every(({ customerNo }) => typeof customerNo === 'number'));
  });

  it('takes several values of one name in turn', async () => {
    const { account: accounts } = await answerTo({ owners: { owner: ['Ada', 'Ben'] } });
    assert.deepEqual(
      accounts.map(({ owner }) => owner),
      ['Ada', 'Ben'],
    );
  });

  it('is the same for the same seed and request', async () => {
    assert.deepEqual(await answerTo({ accountId: 'X' }), await answerTo({ accountId: 'X' }));
  });
});

describe('samples that cover all, of many', () => {
  it('show lists of one, none, two and of so many', async () => {
    const { contract, codec } = await exampleContract(
      sequence(element('A', 'xs:int', 'minOccurs="0" maxOccurs="unbounded"')),
    );
    const lengths = new Set(
      [...sampleVariants(contract, codec.operation.input, { many: 40 })]
        .filter(({ name }) => name.startsWith('cover'))
        .map(({ value }) => (value as { a?: JsonValue[] }).a?.length ?? 0),
    );
    assert.deepEqual(
      [...lengths].sort((one, other) => one - other),
      [0, 1, 2, 40],
    );
  });
});
