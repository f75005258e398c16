/** One operation of one port, to be called by a client that knows nothing but the WSDL. */
export interface ClientCase {
  readonly id: number;
  readonly service: string;
  readonly port: string;
  /** Local name of its binding. */
  readonly binding: string;
  readonly operation: string;
  readonly soapVersion: string;
  readonly style: string;
  /** Where the call goes: the port's address, marked with the id. */
  readonly endpoint: string;
  /** A valid request, as a file: what the client says in its own objects is taken from there. */
  readonly envelope: string;
}

/** What a probe, a small program around one client, is told on its standard input. */
export interface ProbeJob {
  readonly wsdl: string;
  /** An empty folder for whatever it has to generate. */
  readonly folder: string;
  /** Local copies of remote documents, by their URL: no client may ask the network for them. */
  readonly catalog: Readonly<Record<string, string>>;
  readonly cases: readonly ClientCase[];
}

/** What a probe prints about a case, one line of JSON each. A case that it does not mention was never begun. */
export interface ProbeLine {
  readonly id: number;
  readonly ok: boolean;
  /** Missing where all went well. */
  readonly reason?: string;
}
