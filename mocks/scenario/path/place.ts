import {
  ANY_TYPE,
  keepsTypeName,
  typeOf,
  type ComplexType,
  type Contract,
  type Message,
  type Particle,
  type QNameKey,
} from '../../../wsdl/index.ts';

/**
 * What may stand at a place of a message's JSON. `value` has no members; `open` may be anything, such as raw XML. A list
 * with an `element` is an unwrapped `ArrayOfX`: its entries are elements of that name.
 */
export type Place =
  | { readonly kind: 'value' | 'open' }
  | { readonly kind: 'list'; readonly entry: Place; readonly element?: string }
  | {
      readonly kind: 'object';
      /** Its type, if it is of one. */ readonly type?: QNameKey;
      readonly fields: () => readonly Field[];
    };

/** A member an object may have. It stands for an element or an attribute, a header, the text of its element, or a group that repeats. */
export interface Field {
  readonly name: string;
  readonly place: Place;
  readonly as: 'element' | 'attribute' | 'text' | 'group' | 'none';
  /** Local name of the element or attribute. */
  readonly local: string;
}

const VALUE: Place = { kind: 'value' };
const OPEN: Place = { kind: 'open' };

/** The JSON of a message, headers included. */
export function placeOfMessage(contract: Contract, { body, headers, attachments = [] }: Message): Place {
  const header =
    headers.length === 0
      ? []
      : [
          field(
            '@header',
            objectOf(() => headers.flatMap((one) => fieldsOfParticle(contract, one))),
            'none',
          ),
        ];
  const [only] = body.members;
  const content = only && body.shape === 'value' ? placeOfType(contract, only.type) : undefined;
  if (content !== undefined && (content.kind !== 'object' || header.length === 0)) return content;
  if (content !== undefined) return objectOf(() => [...content.fields(), ...header]);
  return objectOf(() => [
    ...body.members.flatMap((member) => fieldsOfParticle(contract, member)),
    ...attachments.map(({ jsonName, name }) => field(jsonName, VALUE, 'element', name)),
    ...header,
  ]);
}

/** The detail of a fault, or any other single element. */
export function placeOfType(contract: Contract, key: QNameKey): Place {
  if (key === ANY_TYPE) return OPEN;
  const type = typeOf(contract, key);
  if (type.kind === 'complex') return placeOfComplexType(contract, type);
  if (keepsTypeName(contract, key)) return OPEN;
  if (type.variety.kind === 'list') return { kind: 'list', entry: VALUE };
  return type.variety.kind === 'union' ? OPEN : VALUE;
}

function placeOfComplexType(contract: Contract, type: ComplexType): Place {
  if (type.unwrapped && type.content.kind === 'elements') {
    const element = onlyElement(type.content.model);
    if (element === undefined) return OPEN;
    return { kind: 'list', entry: placeOfType(contract, element.type), element: element.name.local };
  }
  return objectOf(() => {
    const variants = type.substitutes
      .map((key) => typeOf(contract, key))
      .filter((one) => one.kind === 'complex');
    const marks = type.substitutes.length > 1 || type.abstract ? ['@type', '@nil'] : ['@nil'];
    return [
      ...[type, ...variants].flatMap((variant) => ownFields(contract, variant)),
      ...marks.map((name) => field(name, VALUE, 'none')),
    ];
  }, type.key);
}

function onlyElement(particle: Particle): Extract<Particle, { kind: 'element' }> | undefined {
  if (particle.kind === 'element') return particle;
  return particle.kind === 'any'
    ? undefined
    : particle.particles.map(onlyElement).find((one) => one !== undefined);
}

function ownFields(contract: Contract, { content, attributes, anyAttribute }: ComplexType): Field[] {
  return [
    ...attributes.map(({ jsonName, type, name }) =>
      field(jsonName, placeOfType(contract, type), 'attribute', name.local),
    ),
    ...(anyAttribute ? [field(anyAttribute.jsonName, OPEN, 'none')] : []),
    ...(content.kind === 'simple'
      ? [field(content.jsonName, placeOfType(contract, content.type), 'text')]
      : []),
    ...(content.kind === 'mixed' ? [field(content.jsonName, VALUE, 'text')] : []),
    ...(content.kind === 'elements' ? fieldsOfParticle(contract, content.model) : []),
  ];
}

function fieldsOfParticle(contract: Contract, particle: Particle): Field[] {
  switch (particle.kind) {
    case 'element':
      return [
        field(
          particle.jsonName,
          repeated(particle, placeOfType(contract, particle.type)),
          'element',
          particle.name.local,
        ),
      ];
    case 'any':
      return [field(particle.jsonName, repeated(particle, OPEN), 'none')];
    case 'sequence':
    case 'choice':
    case 'all': {
      const inner = (): Field[] => particle.particles.flatMap((child) => fieldsOfParticle(contract, child));
      return particle.jsonName === undefined
        ? inner()
        : [field(particle.jsonName, { kind: 'list', entry: objectOf(inner) }, 'group')];
    }
  }
}

function repeated({ max }: Particle, place: Place): Place {
  return max === 'unbounded' || max > 1 ? { kind: 'list', entry: place } : place;
}

/** Fields are found out when they are asked for: types may hold themselves. */
function objectOf(fields: () => Field[], type?: QNameKey): Place & { readonly kind: 'object' } {
  let found: Field[] | undefined;
  return { kind: 'object', ...(type !== undefined && { type }), fields: () => (found ??= fields()) };
}

function field(name: string, place: Place, as: Field['as'], local = ''): Field {
  return { name, place, as, local };
}
