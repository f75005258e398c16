import { fileURLToPath } from 'node:url';

/** The contracts of the example, and one that has a construct of every kind. */
export const bankContracts: readonly string[] = [
  '../../examples/bank/wsdl/core-banking.wsdl',
  '../../examples/bank/wsdl/payments.wsdl',
  '../../examples/bank/wsdl/cards.wsdl',
  '../openapi/constructs.wsdl',
].map((path) => fileURLToPath(new URL(path, import.meta.url)));
