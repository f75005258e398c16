<?php
// Calls each case with PHP's SoapClient. Its arguments are the sample as objects, as PHP's manual says.
$job = json_decode(stream_get_contents(STDIN), true);
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

function elements(DOMElement $element): array
{
    return array_values(array_filter(iterator_to_array($element->childNodes), fn($node) => $node instanceof DOMElement));
}

function valueOf(DOMElement $element)
{
    if ($element->getAttributeNS(XSI, 'nil') === 'true') {
        return null;
    }
    $members = [];
    foreach ($element->attributes as $attribute) {
        if ($attribute->namespaceURI === null) {
            $members[$attribute->localName] = $attribute->value;
        }
    }
    $children = elements($element);
    $arrayType = $element->getAttributeNS('http://schemas.xmlsoap.org/soap/encoding/', 'arrayType');
    if (preg_match('/\\[(\\d+),(\\d+)\\]$/', $arrayType, $sizes)) {
        return array_chunk(array_map('valueOf', $children), (int) $sizes[2]);
    }
    if ($children === []) {
        return $members === [] ? $element->textContent : (object) (['_' => $element->textContent] + $members);
    }
    foreach ($children as $child) {
        $members[$child->localName][] = valueOf($child);
    }
    return (object) array_map(fn($all) => is_array($all) && count($all) === 1 ? $all[0] : $all, $members);
}

function call(array $job, array $case): void
{
    $document = new DOMDocument();
    $document->load($case['envelope']);
    $parts = [];
    foreach (elements($document->documentElement) as $part) {
        $parts[$part->localName] = $part;
    }
    $client = new SoapClient($job['wsdl'], [
        'location' => $case['endpoint'],
        'soap_version' => $case['soapVersion'] === '1.2' ? SOAP_1_2 : SOAP_1_1,
        'cache_wsdl' => WSDL_CACHE_NONE,
        'connection_timeout' => 15,
    ]);
    $headers = [];
    foreach (isset($parts['Header']) ? elements($parts['Header']) : [] as $block) {
        $xml = new SoapVar($block->C14N(), XSD_ANYXML);
        $headers[] = new SoapHeader($block->namespaceURI ?: 'none', $block->localName, $xml);
    }
    $content = elements($parts['Body']);
    $isRpc = str_starts_with($case['style'], 'rpc');
    $arguments = array_map('valueOf', $isRpc && $content !== [] ? elements($content[0]) : $content);
    $client->__soapCall($case['operation'], $arguments, null, $headers);
}

ini_set('default_socket_timeout', '15');
foreach ($job['cases'] as $case) {
    try {
        call($job, $case);
        $line = ['id' => $case['id'], 'ok' => true];
    } catch (Throwable $error) {
        $line = ['id' => $case['id'], 'ok' => false, 'reason' => substr($error->getMessage(), 0, 500)];
    }
    echo json_encode($line, JSON_INVALID_UTF8_SUBSTITUTE), "\n";
}
