import { CommandStoreError, type PorticoConfig } from '../facade/index.ts';
import { CommandError, type CommandInput } from './command.ts';
import { configOrFail, DEFAULT_CONFIG } from './config-source.ts';

/** Opens what a person works with, in the store of the configuration, for the time of `act`. @throws CommandError */
export async function withDesk<Desk extends { close(): Promise<void> }>(
  { values }: CommandInput,
  open: (config: PorticoConfig, configDir: string) => Promise<Desk>,
  act: (desk: Desk) => Promise<void>,
): Promise<void> {
  const { config, configDir } = await configOrFail(values.config ?? DEFAULT_CONFIG);
  try {
    const desk = await open(config, configDir);
    try {
      await act(desk);
    } finally {
      await desk.close();
    }
  } catch (error) {
    if (error instanceof CommandStoreError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
}
