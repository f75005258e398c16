import type { Endpoint } from './endpoint.ts';
import { escapeXml } from './scan-tags.ts';

/** What a browser sees: every port with its WSDL and its operations. */
export function toIndexPage(endpoints: readonly Endpoint[]): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Portico mock</title></head>
<body><h1>SOAP mocks</h1><p><a href="/__portico">Journal, scenarios, coverage</a></p>${endpoints.map(toSection).join('\n')}</body></html>\n`;
}

function toSection({ service, port, path, binding, operations }: Endpoint): string {
  const rows = operations.map(
    ({ id, documentation = '' }) => `<li><code>${escapeXml(id)}</code> ${escapeXml(documentation)}</li>`,
  );
  return `<h2>${escapeXml(service.name)} / ${escapeXml(port.name)}</h2>
<p>SOAP ${binding.soapVersion} by POST to <code>${escapeXml(path)}</code>, <a href="${escapeXml(path)}?wsdl">WSDL</a></p>
<ul>${rows.join('')}</ul>`;
}
