import type { Options } from 'amqplib';

/** A broker's URL taken apart, so that no library can put its password into a message. */
export interface BrokerAddress {
  readonly connect: Options.Connect;
  /** For messages: `amqp://broker:5672/vhost`. */
  readonly shown: string;
  /** The text without the password, wherever it came from. */
  readonly cleaned: (text: string) => string;
}

/** `amqp[s]://user:password@host:port/vhost`. @throws TypeError, which does not quote the URL. */
export function parseBrokerAddress(text: string): BrokerAddress {
  const url = URL.parse(text);
  if (!url || !/^amqps?:$/.test(url.protocol))
    throw new TypeError('bus.url: an amqp or amqps URL is expected');
  const password = decodeURIComponent(url.password);
  const vhost = decodeURIComponent(url.pathname.slice(1)) || '/';
  const secrets = [password, url.password].filter((secret) => secret !== '');
  return {
    connect: {
      protocol: url.protocol.slice(0, -1),
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port) || (url.protocol === 'amqps:' ? 5671 : 5672),
      username: decodeURIComponent(url.username) || 'guest',
      password: password || 'guest',
      vhost,
    },
    shown: `${url.protocol}//${url.host}${url.pathname}`,
    cleaned: (message) => secrets.reduce((clean, secret) => clean.replaceAll(secret, '[masked]'), message),
  };
}
