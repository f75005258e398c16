export const NAMESPACE = 'https://bank.example/bench/v1';

const element = (name: string, type: string, occurs = ''): string =>
  `<xs:element name="${name}" type="${type}"${occurs}/>`;

const wrapper = (name: string, members: readonly string[]): string =>
  `<xs:element name="${name}"><xs:complexType><xs:sequence>${members.join('')}</xs:sequence></xs:complexType></xs:element>`;

const type = (name: string, members: readonly string[]): string =>
  `<xs:complexType name="${name}"><xs:sequence>${members.join('')}</xs:sequence></xs:complexType>`;

const OPTIONAL = ' minOccurs="0"';

const types = [
  '<xs:simpleType name="Id"><xs:restriction base="xs:token"><xs:pattern value="[a-z0-9-]{1,40}"/></xs:restriction></xs:simpleType>',
  '<xs:simpleType name="Currency"><xs:restriction base="xs:token"><xs:enumeration value="EUR"/><xs:enumeration value="GBP"/><xs:enumeration value="USD"/></xs:restriction></xs:simpleType>',
  '<xs:simpleType name="Amount"><xs:restriction base="xs:decimal"><xs:totalDigits value="18"/><xs:fractionDigits value="3"/></xs:restriction></xs:simpleType>',
  type('Party', [
    element('Name', 'xs:string'),
    element('Iban', 'xs:token'),
    element('Bic', 'xs:token', OPTIONAL),
  ]),
  type('Account', [
    element('AccountId', 't:Id'),
    element('Owner', 't:Party'),
    element('Name', 'xs:string'),
    element('Currency', 't:Currency'),
    element('Balance', 't:Amount'),
    element('Available', 't:Amount'),
    element('OverdraftLimit', 't:Amount'),
    element('Status', 'xs:token'),
    element('OpenedOn', 'xs:date'),
    element('UpdatedAt', 'xs:dateTime'),
    element('Version', 'xs:int'),
    element('Joint', 'xs:boolean'),
  ]),
  type('Transaction', [
    element('TransactionId', 't:Id'),
    element('BookedAt', 'xs:dateTime'),
    element('ValueDate', 'xs:date'),
    element('Amount', 't:Amount'),
    element('Currency', 't:Currency'),
    element('BalanceAfter', 't:Amount'),
    element('Counterparty', 't:Party'),
    element('Reference', 'xs:string', OPTIONAL),
    element('Pending', 'xs:boolean'),
  ]),
];

const operations: Readonly<Record<string, readonly [input: readonly string[], output: readonly string[]]>> = {
  GetAccount: [
    [element('CustomerId', 't:Id'), element('AccountId', 't:Id')],
    [element('Account', 't:Account')],
  ],
  ListTransactions: [
    [element('CustomerId', 't:Id'), element('AccountId', 't:Id'), element('Limit', 'xs:int', OPTIONAL)],
    [
      element('Transaction', 't:Transaction', ' minOccurs="0" maxOccurs="unbounded"'),
      element('NextCursor', 'xs:string', OPTIONAL),
    ],
  ],
  Transfer: [
    [
      element('CustomerId', 't:Id'),
      element('From', 't:Id'),
      element('To', 't:Party'),
      element('Amount', 't:Amount'),
      element('Currency', 't:Currency'),
      element('Reference', 'xs:string', OPTIONAL),
    ],
    [
      element('TransferId', 't:Id'),
      element('ExecutedAt', 'xs:dateTime'),
      element('BalanceAfter', 't:Amount'),
    ],
  ],
};

/** The bank that every contender stands in front of, with `more` further operations that nobody calls. */
export function bankWsdl(endpoint: string, more = 0): string {
  const idle = Array.from(
    { length: more },
    (_, index) => [`GetRecord${index}`, operations['GetAccount']!] as const,
  );
  const all = [...Object.entries(operations), ...idle];
  const map = (write: (name: string) => string): string => all.map(([name]) => write(name)).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="Bank" targetNamespace="${NAMESPACE}" xmlns:t="${NAMESPACE}" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">
<wsdl:types><xs:schema targetNamespace="${NAMESPACE}" elementFormDefault="qualified">
${types.join('\n')}
${all.map(([name, [input, output]]) => wrapper(name, input) + wrapper(`${name}Response`, output)).join('\n')}
</xs:schema></wsdl:types>
${map((name) => `<wsdl:message name="${name}In"><wsdl:part name="parameters" element="t:${name}"/></wsdl:message><wsdl:message name="${name}Out"><wsdl:part name="parameters" element="t:${name}Response"/></wsdl:message>`)}
<wsdl:portType name="Bank">
${map((name) => `<wsdl:operation name="${name}"><wsdl:input message="t:${name}In"/><wsdl:output message="t:${name}Out"/></wsdl:operation>`)}
</wsdl:portType>
<wsdl:binding name="BankSoap" type="t:Bank"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
${map((name) => `<wsdl:operation name="${name}"><soap:operation soapAction="${NAMESPACE}/${name}"/><wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>`)}
</wsdl:binding>
<wsdl:service name="Bank"><wsdl:port name="BankPort" binding="t:BankSoap"><soap:address location="${endpoint}"/></wsdl:port></wsdl:service>
</wsdl:definitions>
`;
}
