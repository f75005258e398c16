/** Web Services Security 1.0 and 1.1.1 (OASIS). */
const WSS_2004 = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';

export const WSSE: string = `${WSS_2004}wssecurity-secext-1.0.xsd`;
export const WSU: string = `${WSS_2004}wssecurity-utility-1.0.xsd`;
export const BASE64_BINARY: string = `${WSS_2004}soap-message-security-1.0#Base64Binary`;
export const X509_V3: string = `${WSS_2004}x509-token-profile-1.0#X509v3`;
export const PASSWORD_TEXT: string = `${WSS_2004}username-token-profile-1.0#PasswordText`;
export const PASSWORD_DIGEST: string = `${WSS_2004}username-token-profile-1.0#PasswordDigest`;
export const THUMBPRINT_SHA1 =
  'http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1';

/** XML Signature and the canonical forms (W3C). */
export const DS = 'http://www.w3.org/2000/09/xmldsig#';
export const EXCLUSIVE_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const INCLUSIVE_C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
export const ENVELOPED_SIGNATURE: string = `${DS}enveloped-signature`;
