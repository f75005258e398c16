import type { EventsConfig } from '../../config/events-config.ts';
import { ServiceFiles } from '../../operations/service-files.ts';
import { parseWebhookSecret } from './signature.ts';
import type { Webhook } from './webhook.ts';

/** The webhooks of a configuration; their HTTP client is loaded only where there are some. @throws ConfigError for a secret that is none */
export async function openWebhooks({ webhooks }: EventsConfig, configDir: string): Promise<Webhook[]> {
  const entries = Object.entries(webhooks);
  if (entries.length === 0) return [];
  const { createWebhook } = await import('./webhook.ts');
  return entries.map(([name, config]) => {
    const files = new ServiceFiles(configDir, ['events', 'webhooks', name]);
    const keys = config.secrets.map((secret, index) => {
      const place = ['secrets', String(index)];
      const key = parseWebhookSecret(files.secret(secret, ...place));
      if (key !== undefined) return key;
      throw files.error('is no secret of a webhook: "whsec_" and base64 of 24 to 64 random bytes', ...place);
    });
    return createWebhook({ name, config, keys });
  });
}
