/** A small bank: two reads, a write with a declared fault, a one-way notice. Document/literal wrapped, SOAP 1.1. */
export const bankWsdl = `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="Bank" targetNamespace="urn:bank" xmlns:t="urn:bank" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <wsdl:types>
    <xs:schema targetNamespace="urn:bank" elementFormDefault="qualified">
      <xs:simpleType name="Customer"><xs:restriction base="xs:string"><xs:pattern value="[a-z]{1,20}"/></xs:restriction></xs:simpleType>
      <xs:simpleType name="Currency"><xs:restriction base="xs:string"><xs:enumeration value="EUR"/><xs:enumeration value="GBP"/></xs:restriction></xs:simpleType>
      <xs:element name="GetAccount"><xs:complexType><xs:sequence>
        <xs:element name="CustomerId" type="t:Customer"/>
        <xs:element name="AccountId" type="xs:string"/>
        <xs:element name="Limit" type="xs:int" minOccurs="0"/>
        <xs:element name="Closed" type="xs:boolean" minOccurs="0"/>
        <xs:element name="Currency" type="t:Currency" minOccurs="0" maxOccurs="2"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="GetAccountResponse"><xs:complexType><xs:sequence>
        <xs:element name="AccountId" type="xs:string"/>
        <xs:element name="Balance" type="xs:decimal"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="Transfer"><xs:complexType><xs:sequence>
        <xs:element name="CustomerId" type="t:Customer"/>
        <xs:element name="From" type="xs:string"/>
        <xs:element name="Amount" type="xs:decimal"/>
        <xs:element name="Currency" type="t:Currency"/>
        <xs:element name="Rate" type="xs:double" minOccurs="0"/>
        <xs:element name="Options" minOccurs="0"><xs:complexType><xs:sequence>
          <xs:element name="Channel" type="xs:string" minOccurs="0"/>
          <xs:element name="Note" type="xs:string" minOccurs="0"/>
        </xs:sequence></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="TransferResponse"><xs:complexType><xs:sequence>
        <xs:element name="TransferId" type="xs:string"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="InsufficientFunds"><xs:complexType><xs:sequence>
        <xs:element name="Available" type="xs:decimal"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="Notify"><xs:complexType><xs:sequence>
        <xs:element name="Text" type="xs:string"/>
      </xs:sequence></xs:complexType></xs:element>
    </xs:schema>
  </wsdl:types>
  <wsdl:message name="GetAccountIn"><wsdl:part name="parameters" element="t:GetAccount"/></wsdl:message>
  <wsdl:message name="GetAccountOut"><wsdl:part name="parameters" element="t:GetAccountResponse"/></wsdl:message>
  <wsdl:message name="TransferIn"><wsdl:part name="parameters" element="t:Transfer"/></wsdl:message>
  <wsdl:message name="TransferOut"><wsdl:part name="parameters" element="t:TransferResponse"/></wsdl:message>
  <wsdl:message name="InsufficientFundsFault"><wsdl:part name="fault" element="t:InsufficientFunds"/></wsdl:message>
  <wsdl:message name="NotifyIn"><wsdl:part name="parameters" element="t:Notify"/></wsdl:message>
  <wsdl:portType name="Bank">
    <wsdl:operation name="GetAccount"><wsdl:input message="t:GetAccountIn"/><wsdl:output message="t:GetAccountOut"/></wsdl:operation>
    <wsdl:operation name="Transfer">
      <wsdl:input message="t:TransferIn"/><wsdl:output message="t:TransferOut"/>
      <wsdl:fault name="InsufficientFunds" message="t:InsufficientFundsFault"/>
    </wsdl:operation>
    <wsdl:operation name="Notify"><wsdl:input message="t:NotifyIn"/></wsdl:operation>
  </wsdl:portType>
  <wsdl:binding name="BankSoap" type="t:Bank">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="GetAccount"><soap:operation soapAction="urn:bank/GetAccount"/><wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>
    <wsdl:operation name="Transfer"><soap:operation soapAction="urn:bank/Transfer"/><wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output>
      <wsdl:fault name="InsufficientFunds"><soap:fault name="InsufficientFunds" use="literal"/></wsdl:fault></wsdl:operation>
    <wsdl:operation name="Notify"><soap:operation soapAction="urn:bank/Notify"/><wsdl:input><soap:body use="literal"/></wsdl:input></wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="Bank"><wsdl:port name="BankPort" binding="t:BankSoap"><soap:address location="http://127.0.0.1:9/bank"/></wsdl:port></wsdl:service>
</wsdl:definitions>
`;

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';

export function envelope(body: string): string {
  return `<s:Envelope xmlns:s="${ENVELOPE}"><s:Body>${body}</s:Body></s:Envelope>`;
}

export const accountAnswer: string = envelope(
  '<GetAccountResponse xmlns="urn:bank"><AccountId>4711</AccountId><Balance>33.00</Balance></GetAccountResponse>',
);

export const transferAnswer: string = envelope(
  '<TransferResponse xmlns="urn:bank"><TransferId>t-1</TransferId></TransferResponse>',
);

export const insufficientFunds: string = envelope(
  '<s:Fault><faultcode>s:Client</faultcode><faultstring>Not enough money</faultstring><detail>' +
    '<InsufficientFunds xmlns="urn:bank"><Available>1.50</Available></InsufficientFunds></detail></s:Fault>',
);

/** A fault that the contract does not declare. */
export function undeclaredFault(code: 'Client' | 'Server', reason: string): string {
  return envelope(`<s:Fault><faultcode>s:${code}</faultcode><faultstring>${reason}</faultstring></s:Fault>`);
}
