import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Addresses that are nobody's on the public Internet: those of the registries of special-purpose addresses (RFC 6890), IPv4 and
 * IPv6, multicast, and the prefixes by which an IPv6 address stands for an IPv4 one, whatever that is. The metadata services of
 * clouds are among the link-local ones and the unique local ones.
 */
const V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Global unicast alone is public; within it, what stands for other addresses or is for documentation is not. */
const V6_GLOBAL = '2000::/3';
const V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '2620:4f:8000::/48'];

const special = listOf(V4, 'ipv4');
const globalV6 = listOf([V6_GLOBAL], 'ipv6');
const specialV6 = listOf(V6, 'ipv6');

/** Whether an IP address is of the public Internet. What is no address is not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  return globalV6.check(address, 'ipv6') && !specialV6.check(address, 'ipv6');
}

function listOf(networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}
