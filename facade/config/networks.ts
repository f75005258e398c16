import { BlockList, isIP } from 'node:net';

interface Network {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly prefix: number;
}

/** Whether `text` is an IP address or a network in CIDR notation (RFC 4632, 3.1; RFC 4291, 2.3). */
export function isNetwork(text: string): boolean {
  return parseNetwork(text) !== undefined;
}

/** `texts` as a list to look addresses up in; IPv4 addresses in IPv6 notation are found by their networks. */
export function networkList(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const { address, prefix, family } of texts.flatMap((text) => parseNetwork(text) ?? []))
    list.addSubnet(address, prefix, family);
  return list;
}

function parseNetwork(text: string): Network | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || address.includes('%') || rest.length > 0) return undefined;
  const most = version === 4 ? 32 : 128;
  const prefix = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Infinity;
  return prefix <= most ? { address, family: version === 4 ? 'ipv4' : 'ipv6', prefix } : undefined;
}
