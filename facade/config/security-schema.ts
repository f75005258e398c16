import type {
  DigestAlgorithmName,
  SignatureAlgorithmName,
  SignedPart,
  VerifiedPart,
} from '../../connectors/index.ts';
import type { ConfigSchema } from './portico-schema.ts';
import { integer, record, seconds, secret, text } from './schema-parts.ts';

function oneOf(description: string, values: readonly string[], standard: string): ConfigSchema {
  return { description, type: 'string', enum: values, default: standard };
}

function someOf(description: string, values: readonly string[], standard: readonly string[]): ConfigSchema {
  return {
    description,
    type: 'array',
    items: { type: 'string', enum: values },
    minItems: 1,
    uniqueItems: true,
    default: standard,
  };
}

const SIGNATURE_ALGORITHMS: readonly SignatureAlgorithmName[] = [
  'rsa-sha256',
  'rsa-sha384',
  'rsa-sha512',
  'rsa-pss-sha256',
  'ecdsa-sha256',
  'ecdsa-sha384',
  'rsa-sha1',
];

const DIGESTS: readonly DigestAlgorithmName[] = ['sha256', 'sha384', 'sha512', 'sha1'];

const SIGNED: readonly SignedPart[] = [
  'Body',
  'Timestamp',
  'Addressing',
  'UsernameToken',
  'BinarySecurityToken',
];

const VERIFIED: readonly VerifiedPart[] = ['Body', 'Timestamp', 'Addressing'];

const username = record(
  'A UsernameToken.',
  {
    username: text('Who Portico is to the service.'),
    password: secret('Its password.'),
    passwordType: oneOf(
      'How the password goes: `text`, as it is, or `digest`, as a hash with nonce and time.',
      ['text', 'digest'],
      'digest',
    ),
    nonce: {
      description: 'Nonce and time also beside a password that goes as it is.',
      type: 'boolean',
      default: false,
    },
  },
  ['username', 'password'],
);

const signature = record(
  'An X.509 signature. Excludes MTOM and attachments.',
  {
    key: secret('PEM of the private key.'),
    passphrase: secret('Opens the private key.'),
    certificate: text('PEM file of its certificate, relative to this file.'),
    algorithm: oneOf('Signature algorithm; it must fit the key.', SIGNATURE_ALGORITHMS, 'rsa-sha256'),
    digest: oneOf('Digest of what is signed.', DIGESTS, 'sha256'),
    parts: someOf('What is signed.', SIGNED, ['Body', 'Timestamp']),
    keyReference: oneOf(
      'How the service learns the certificate: `token`, it is sent along, or `thumbprint`.',
      ['token', 'thumbprint'],
      'token',
    ),
  },
  ['key', 'certificate'],
);

const verify = record(
  'Answers are taken only with a valid signature, see [credentials](credentials.md). They are read whole before anything of them is passed on.',
  {
    certificates: {
      description: 'PEM files of the certificates that may have signed, relative to this file.',
      type: 'array',
      items: { type: 'string', minLength: 1 },
      minItems: 1,
    },
    ca: text('In place of `certificates`: PEM file of the authorities whose certificates may have signed.'),
    subject: {
      description: 'With `ca`: what the subject of the certificate must hold.',
      type: 'string',
      minLength: 1,
      examples: ['CN=core.bank.example'],
    },
    require: someOf('What must be signed. The Body always must.', VERIFIED, ['Body', 'Timestamp']),
    algorithms: someOf(
      'Signature algorithms accepted.',
      SIGNATURE_ALGORITHMS,
      SIGNATURE_ALGORITHMS.filter((name) => name !== 'rsa-sha1'),
    ),
    digests: someOf(
      'Digests accepted.',
      DIGESTS,
      DIGESTS.filter((name) => name !== 'sha1'),
    ),
    maxAgeSeconds: seconds('Oldest Timestamp accepted, however late it expires.', 300, 86_400),
    clockSkewSeconds: integer('Tolerance on the times of a Timestamp.', 0, 600, 60),
    maxBytes: integer('Largest answer; a larger one is refused.', 1024, 67_108_864, 4_194_304),
  },
);

const security = record('WS-Security headers, see [credentials](credentials.md).', {
  username,
  timestampSeconds: integer('Lifetime of the Timestamp; 0 sends none.', 0, 3600, 300),
  signature,
  mustUnderstand: {
    description: 'Whether the service must refuse what it does not understand of the header.',
    type: 'boolean',
    default: true,
  },
  verify,
  actor: text('SOAP 1.1 actor or SOAP 1.2 role that the header is for. Default: the service itself.'),
});

const addressing = record('WS-Addressing headers: Action, To, MessageID, ReplyTo.', {
  version: oneOf(
    'Namespace: `2005/08`, WS-Addressing 1.0, or its submission `2004/08`.',
    ['2005/08', '2004/08'],
    '2005/08',
  ),
  to: text('The header To. Default: the address that is called.'),
  checkRelatesTo: {
    description: 'Whether an answer must name the message that it answers.',
    type: 'boolean',
    default: false,
  },
});

/** Keys of a service about what stands in the header of its messages. */
export const messageHeaders: Readonly<Record<string, ConfigSchema>> = { security, addressing };
