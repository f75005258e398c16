import type { X509Certificate } from 'node:crypto';
import { isTooShort } from '../algorithms.ts';
import type { TrustOptions } from './verify-options.ts';

/**
 * The certificates that may have signed, at a time in milliseconds since the epoch. Where they are pinned, what was sent along
 * does not matter; else those of `sent` that an authority vouches for. Revocation is not looked up.
 */
export function trustedCertificates(
  trust: TrustOptions,
  sent: readonly X509Certificate[],
  now: number,
): readonly X509Certificate[] {
  const candidates = 'certificates' in trust ? trust.certificates : sent.filter(isVouchedFor(trust, now));
  return candidates.filter((one) => isValidAt(one, now) && !isTooShort(one.publicKey));
}

/** Intermediate authorities are trusted like any other, or not at all: they stand in the file, not in the message. */
function isVouchedFor(
  { authorities, subject }: Extract<TrustOptions, { readonly authorities: unknown }>,
  now: number,
) {
  return (certificate: X509Certificate): boolean =>
    certificate.subject.split('\n').includes(subject) &&
    authorities.some(
      (authority) =>
        authority.ca &&
        isValidAt(authority, now) &&
        certificate.checkIssued(authority) &&
        certificate.verify(authority.publicKey),
    );
}

export function isValidAt({ validFromDate, validToDate }: X509Certificate, now: number): boolean {
  return validFromDate.getTime() <= now && now <= validToDate.getTime();
}

/** Why a certificate can never be one that has signed; undefined if it can. */
export function faultOfTrusted({ publicKey, validToDate }: X509Certificate): string | undefined {
  if (isTooShort(publicKey)) return 'the RSA key of a certificate is too short to be trusted';
  return validToDate.getTime() < Date.now() ? 'a certificate has expired' : undefined;
}
