"""Calls each case with zeep. Its arguments are the sample as zeep's own reader of the schema gives it."""

import json
import sys

import lxml.etree
import zeep
from zeep.transports import Transport

job = json.load(sys.stdin)


class Local(Transport):
    """Takes remote documents from their local copies."""

    def load(self, url):
        path = job["catalog"].get(url)
        if path is None:
            return super().load(url)
        with open(path, "rb") as file:
            return file.read()


client = zeep.Client(job["wsdl"], transport=Local(timeout=20, operation_timeout=20))


def body_and_header(path):
    root = lxml.etree.parse(path).getroot()
    parts = {lxml.etree.QName(child).localname: child for child in root}
    return parts["Body"], list(parts.get("Header", []))


def call(case):
    service = next(s for s in client.wsdl.services.values() if s.name == case["service"])
    port = service.ports[case["port"]]
    operation = port.binding.get(case["operation"])
    body, header = body_and_header(case["envelope"])
    element = operation.input.body
    args, kwargs = [], {}
    if element is not None and len(body):
        content = body[0]
        value = element.parse(content, client.wsdl.types)
        if isinstance(value, zeep.xsd.CompoundValue):
            kwargs = {name: value[name] for name in value.__values__}
        elif value is not None:
            args = [value]
    proxy = client.create_service(str(port.binding.name.text), case["endpoint"])
    if header:
        kwargs["_soapheaders"] = header
    proxy[case["operation"]](*args, **kwargs)


for case in job["cases"]:
    try:
        call(case)
        line = {"id": case["id"], "ok": True}
    except Exception as error:  # whatever a client says is what is told
        line = {"id": case["id"], "ok": False, "reason": f"{type(error).__name__}: {error}"[:500]}
    print(json.dumps(line), flush=True)
