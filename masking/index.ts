export { holdsNumber, maskForeignText, maskText } from './mask-text.ts';
export { maskJson, type Json, type MemberPath } from './mask-json.ts';
