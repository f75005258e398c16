export const firstNames: readonly string[] = [
  'Anna',
  'Mikko',
  'Leena',
  'Otto',
  'Maria',
  'Erik',
  'Sofia',
  'James',
  'Emma',
  'Lukas',
  'Clara',
  'Hugo',
  'Ida',
  'Thomas',
  'Nora',
  'Paul',
];

export const lastNames: readonly string[] = [
  'Virtanen',
  'Korhonen',
  'Laine',
  'Salo',
  'Lindberg',
  'Schmidt',
  'Martin',
  'Taylor',
  'Jansen',
  'Nielsen',
  'Rossi',
  'Garcia',
  'Novak',
  'Keller',
  'Moreau',
  'Walker',
];

export const companies: readonly string[] = [
  'Northwind Example Ltd',
  'Example Trading Oy',
  'Harbour Example GmbH',
  'Sample Freight AB',
  'Example Foods BV',
  'Model Mills SA',
  'Sample and Sons',
];

export const remarks: readonly string[] = [
  'Monthly rent',
  'Invoice paid',
  'An example for integration tests',
  'Delivered to the front desk',
  'Confirmed by telephone',
  'Order for next week',
];

export const products: readonly string[] = [
  'Oak desk',
  'Desk lamp',
  'Travel mug',
  'Notebook A5',
  'Rain jacket',
  'Coffee beans 1 kg',
];

/** Numbers that card schemes and payment providers keep for tests; each passes the Luhn check (ISO/IEC 7812-1, annex B). */
export const testCards: readonly string[] = [
  '4111111111111111',
  '5555555555554444',
  '4242424242424242',
  '4012888888881881',
  '5105105105105100',
  '378282246310005',
  '6011111111111117',
];
