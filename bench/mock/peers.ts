import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadContract } from '../../index.ts';
import { storeContract } from '../../wsdl/index.ts';
import { startChild } from '../measure/child.ts';
import { accountReply } from '../scene/bank-messages.ts';
import { bankWsdl } from '../scene/bank-wsdl.ts';
import { startWiremock } from './wiremock.ts';

/** A server that answers GetAccount. */
export interface Peer {
  readonly name: string;
  readonly port: number;
  usage(): Promise<PeerUsage>;
  stop(): Promise<void>;
}

export interface PeerUsage {
  /** User and system time of all threads so far, in microseconds. */
  readonly cpu: number;
  /** Resident memory, in bytes. */
  readonly rss: number;
}

export interface PeerOptions {
  readonly core: number | undefined;
  /** WireMock's standalone jar. */
  readonly wiremock: string | undefined;
}

/** The canned one first: it is the reference. */
export async function startPeers(folder: string, { core, wiremock }: PeerOptions): Promise<Peer[]> {
  const wsdl = join(folder, 'bank.wsdl');
  const contract = join(folder, 'contract.json');
  const reply = join(folder, 'reply.xml');
  await writeFile(wsdl, bankWsdl('http://127.0.0.1:9/bank', 0));
  await storeContract(await loadContract(wsdl), contract);
  await writeFile(reply, accountReply);
  return [
    await ofNode('canned node:http', 'back-end', reply, core),
    await ofNode('portico mock', 'mock', contract, core),
    ...(wiremock === undefined ? [] : [await startWiremock(wiremock, folder, core)]),
  ];
}

async function ofNode(
  name: string,
  contender: string,
  argument: string,
  core: number | undefined,
): Promise<Peer> {
  const child = await startChild(contender, argument, { core });
  if (child === undefined) throw new Error(`${name} does not start`);
  return {
    name,
    port: child.port,
    usage: () => child.usage(),
    stop: () => child.stop(),
  };
}
