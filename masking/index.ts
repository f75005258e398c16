export { isSecretName } from './credentials.ts';
export { createPseudonyms, type Pseudonyms } from './pseudonyms.ts';
export { holdsNumber, maskForeignText, maskText } from './mask-text.ts';
export { maskJson, type Json, type MemberPath } from './mask-json.ts';
