/** What texts of one place have in common, so that they fit together. */
export interface Country {
  /** ISO 3166-1: alpha-2, alpha-3, numeric. */
  readonly codes: readonly [string, string, string];
  readonly name: string;
  /** ISO 4217: letters and number. */
  readonly currency: readonly [string, string];
  /** ISO 639-1. */
  readonly language: string;
  /** Basic bank account number as the IBAN registry writes it (ISO 13616-1): `4!a14!n`. */
  readonly bban: string;
  /** A bank's code by the format of ISO 9362. */
  readonly bic: string;
  /** Number pattern: `#` is a digit. Where the regulator keeps numbers for fiction, those. */
  readonly phone: string;
  readonly towns: readonly (readonly [name: string, postcode: string])[];
  readonly streets: readonly string[];
}

export const countries: readonly [Country, ...Country[]] = [
  {
    codes: ['FI', 'FIN', '246'],
    name: 'Finland',
    currency: ['EUR', '978'],
    language: 'fi',
    bban: '14!n',
    bic: 'NDEAFIHH',
    phone: '+35840#######',
    towns: [
      ['Helsinki', '00100'],
      ['Tampere', '33100'],
      ['Turku', '20100'],
    ],
    streets: ['Satamakatu', 'Aleksanterinkatu', 'Kauppakatu'],
  },
  {
    codes: ['DE', 'DEU', '276'],
    name: 'Germany',
    currency: ['EUR', '978'],
    language: 'de',
    bban: '18!n',
    bic: 'DEUTDEFF',
    phone: '+4917139200##',
    towns: [
      ['Hamburg', '20095'],
      ['Berlin', '10115'],
      ['Leipzig', '04109'],
    ],
    streets: ['Hafenstrasse', 'Lindenallee', 'Marktplatz'],
  },
  {
    codes: ['GB', 'GBR', '826'],
    name: 'United Kingdom',
    currency: ['GBP', '826'],
    language: 'en',
    bban: '4!a14!n',
    bic: 'NWBKGB2L',
    phone: '+447700900###',
    towns: [
      ['London', 'EC1A 1BB'],
      ['Leeds', 'LS1 4DY'],
      ['Bristol', 'BS1 5TR'],
    ],
    streets: ['Harbour Street', 'Station Road', 'Mill Lane'],
  },
  {
    codes: ['SE', 'SWE', '752'],
    name: 'Sweden',
    currency: ['SEK', '752'],
    language: 'sv',
    bban: '20!n',
    bic: 'ESSESESS',
    phone: '+467017406##',
    towns: [
      ['Stockholm', '11120'],
      ['Uppsala', '75310'],
      ['Malmo', '21119'],
    ],
    streets: ['Hamngatan', 'Storgatan', 'Kungsgatan'],
  },
  {
    codes: ['NL', 'NLD', '528'],
    name: 'Netherlands',
    currency: ['EUR', '978'],
    language: 'nl',
    bban: '4!a10!n',
    bic: 'ABNANL2A',
    phone: '+3161#######',
    towns: [
      ['Utrecht', '3511 AA'],
      ['Rotterdam', '3011 AD'],
      ['Leiden', '2311 BE'],
    ],
    streets: ['Havenstraat', 'Dorpsstraat', 'Kerkweg'],
  },
  {
    codes: ['FR', 'FRA', '250'],
    name: 'France',
    currency: ['EUR', '978'],
    language: 'fr',
    bban: '10!n11!c2!n',
    bic: 'BNPAFRPP',
    phone: '+3363998####',
    towns: [
      ['Lyon', '69001'],
      ['Nantes', '44000'],
      ['Paris', '75002'],
    ],
    streets: ['Rue du Port', 'Avenue de la Gare', 'Rue des Lilas'],
  },
  {
    codes: ['NO', 'NOR', '578'],
    name: 'Norway',
    currency: ['NOK', '578'],
    language: 'nb',
    bban: '11!n',
    bic: 'DNBANOKK',
    phone: '+474#######',
    towns: [
      ['Oslo', '0151'],
      ['Bergen', '5003'],
      ['Trondheim', '7011'],
    ],
    streets: ['Havnegata', 'Storgata', 'Kirkeveien'],
  },
  {
    codes: ['DK', 'DNK', '208'],
    name: 'Denmark',
    currency: ['DKK', '208'],
    language: 'da',
    bban: '14!n',
    bic: 'DABADKKK',
    phone: '+452#######',
    towns: [
      ['Aarhus', '8000'],
      ['Odense', '5000'],
      ['Aalborg', '9000'],
    ],
    streets: ['Havnegade', 'Vestergade', 'Skovvej'],
  },
  {
    codes: ['EE', 'EST', '233'],
    name: 'Estonia',
    currency: ['EUR', '978'],
    language: 'et',
    bban: '16!n',
    bic: 'HABAEE2X',
    phone: '+3725######',
    towns: [
      ['Tallinn', '10111'],
      ['Tartu', '51003'],
    ],
    streets: ['Sadama', 'Pikk', 'Narva maantee'],
  },
  {
    codes: ['ES', 'ESP', '724'],
    name: 'Spain',
    currency: ['EUR', '978'],
    language: 'es',
    bban: '20!n',
    bic: 'BBVAESMM',
    phone: '+346########',
    towns: [
      ['Madrid', '28013'],
      ['Sevilla', '41001'],
    ],
    streets: ['Calle Mayor', 'Calle del Puerto'],
  },
  {
    codes: ['IT', 'ITA', '380'],
    name: 'Italy',
    currency: ['EUR', '978'],
    language: 'it',
    bban: '1!a10!n12!c',
    bic: 'UNCRITMM',
    phone: '+393########',
    towns: [
      ['Genova', '16121'],
      ['Torino', '10121'],
    ],
    streets: ['Via del Porto', 'Via Roma'],
  },
  {
    codes: ['BE', 'BEL', '056'],
    name: 'Belgium',
    currency: ['EUR', '978'],
    language: 'nl',
    bban: '12!n',
    bic: 'KREDBEBB',
    phone: '+324########',
    towns: [
      ['Gent', '9000'],
      ['Antwerpen', '2000'],
    ],
    streets: ['Havenlaan', 'Kerkstraat'],
  },
  {
    codes: ['AT', 'AUT', '040'],
    name: 'Austria',
    currency: ['EUR', '978'],
    language: 'de',
    bban: '16!n',
    bic: 'BKAUATWW',
    phone: '+43660#######',
    towns: [
      ['Wien', '1010'],
      ['Graz', '8010'],
    ],
    streets: ['Ringstrasse', 'Bahnhofgasse'],
  },
  {
    codes: ['CH', 'CHE', '756'],
    name: 'Switzerland',
    currency: ['CHF', '756'],
    language: 'de',
    bban: '5!n12!c',
    bic: 'UBSWCHZH',
    phone: '+4179#######',
    towns: [
      ['Bern', '3011'],
      ['Zug', '6300'],
    ],
    streets: ['Seestrasse', 'Bahnhofstrasse'],
  },
  {
    codes: ['PL', 'POL', '616'],
    name: 'Poland',
    currency: ['PLN', '985'],
    language: 'pl',
    bban: '24!n',
    bic: 'BREXPLPW',
    phone: '+485########',
    towns: [
      ['Gdansk', '80-001'],
      ['Krakow', '30-001'],
    ],
    streets: ['Portowa', 'Lipowa'],
  },
  {
    codes: ['PT', 'PRT', '620'],
    name: 'Portugal',
    currency: ['EUR', '978'],
    language: 'pt',
    bban: '21!n',
    bic: 'CGDIPTPL',
    phone: '+3519########',
    towns: [
      ['Lisboa', '1100-148'],
      ['Porto', '4000-322'],
    ],
    streets: ['Rua do Porto', 'Rua Direita'],
  },
];
