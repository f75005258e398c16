import { lookup as resolve, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { networkList } from '../../config/networks.ts';
import { isPublicAddress } from './special-addresses.ts';

/** Thrown where a webhook leads to where it must not. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
}

/** Which addresses a webhook may be called at. */
export interface AddressGuard {
  /** @throws AddressError for a host that is an address, and not an allowed one. Names are looked at when they are resolved. */
  assertHost(url: URL): void;
  /**
   * Resolves names for a connection: it is made to an address that was looked at, not to one that the name has a moment later. One
   * address that is not allowed is enough to refuse the name.
   */
  readonly lookup: LookupFunction;
}

export interface AddressGuardOptions {
  /** `http:` or `https:`: what goes in the clear stays within the allowed networks. */
  readonly protocol: string;
  /** Networks that may be called though they are not public. */
  readonly allowedNetworks: readonly string[];
  /** Default: the resolver of the system. */
  readonly resolveAll?: ResolveAll;
}

export type ResolveAll = (
  host: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

const resolveBySystem: ResolveAll = (host, callback) => {
  resolve(host, { all: true }, callback);
};

export function createAddressGuard({
  protocol,
  allowedNetworks,
  resolveAll = resolveBySystem,
}: AddressGuardOptions): AddressGuard {
  const allowed = networkList(allowedNetworks);
  const assertAllowed = (address: string): void => {
    if (allowed.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) return;
    if (protocol === 'https:' && isPublicAddress(address)) return;
    throw new AddressError(
      protocol === 'https:' || !isPublicAddress(address)
        ? 'its address is not public, and not within allowedNetworks'
        : 'plain HTTP is for allowedNetworks alone',
    );
  };
  return {
    assertHost({ hostname }) {
      const host = hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) !== 0) assertAllowed(host);
    },
    lookup(host, options, callback) {
      resolveAll(host, (error, addresses) => {
        try {
          if (error !== null) throw error;
          if (addresses.length === 0) throw new AddressError('its name has no address');
          for (const { address } of addresses) assertAllowed(address);
        } catch (refusal) {
          callback(refusal as Error, '');
          return;
        }
        if (options.all === true) callback(null, [...addresses]);
        else callback(null, addresses[0]!.address, addresses[0]!.family);
      });
    },
  };
}
