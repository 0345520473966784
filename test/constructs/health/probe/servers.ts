import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';

/** A server that listens until `closeAll`. */
export interface Listening {
  readonly port: number;

  /** How many connections were opened so far. */
  connections(): number;
}

export interface TlsServerOptions {
  readonly certificate?: 'portal' | 'other-name' | 'expired';
  readonly host?: string;

  /** Whether clients must show a certificate, which the probe has none of. */
  readonly requestCert?: boolean;
}

export interface TlsServer extends Listening {
  /** What each finished TLS handshake asked for. */
  readonly serverNames: readonly string[];
}

export interface DnsServer {
  /** For `resolver.setServers`. */
  readonly server: string;

  /** Type of each question: 1 is A, 28 is AAAA. */
  readonly asked: readonly number[];
}

/** The authority that signed every certificate but none that Node.js trusts by itself. */
export const testCa = fixture('ca.pem');

const closers: (() => Promise<void>)[] = [];

/** An HTTPS server on ::1; a machine without it fails the test here. */
export async function listenTls(answer: RequestListener, options: TlsServerOptions = {}): Promise<TlsServer> {
  const { certificate = 'portal', host = '::1', requestCert = false } = options;
  const serverNames: string[] = [];
  const server = createServer({ key: fixture('key.pem'), cert: fixture(`${certificate}.pem`), requestCert }, answer);
  server.on('secureConnection', (socket: TLSSocket) => serverNames.push(String(socket.servername)));
  server.on('tlsClientError', () => undefined);
  return { ...(await listen(server, host)), serverNames };
}

/** A server on ::1 that does with each connection what it is told. */
export async function listenTcp(serve: (socket: Socket) => void): Promise<Listening> {
  return listen(createTcpServer(serve), '::1');
}

/** A port of ::1 on which nothing listens. */
export async function closedPort(): Promise<number> {
  const { port } = await listenTcp(() => undefined);
  await closeAll();
  return port;
}

/** A name server that answers every question of type AAAA in one way: with addresses, or with a response code. */
export async function listenDns(
  answer: { readonly aaaa: readonly Buffer[] } | { readonly code: number },
): Promise<DnsServer> {
  const asked: number[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const end = questionEnd(query);
    const type = query.readUInt16BE(end - 4);
    asked.push(type);
    const addresses = 'aaaa' in answer && type === AAAA ? answer.aaaa : [];
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(0x8180 | ('code' in answer ? answer.code : 0), 2);
    header.writeUInt16BE(addresses.length, 6);
    header.writeUInt32BE(0, 8);
    const records = addresses.map((bytes) => Buffer.concat([Buffer.from('c00c001c00010000003c0010', 'hex'), bytes]));
    socket.send(Buffer.concat([header, query.subarray(12, end), ...records]), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => socket.close(() => resolve())));
  return { server: `127.0.0.1:${socket.address().port}`, asked };
}

/** Ends every server of the test, and what is still connected to it. */
export async function closeAll(): Promise<void> {
  await Promise.all(closers.splice(0).map((close) => close()));
}

const AAAA = 28;

async function listen(server: Server, host: string): Promise<Listening> {
  const open = new Set<Socket>();
  let count = 0;
  server.on('connection', (socket: Socket) => {
    count += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  closers.push(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as AddressInfo).port, connections: () => count };
}

function fixture(name: string): string {
  return readFileSync(join(__dirname, '../../../fixtures/tls', name), 'utf8');
}

/** A question is a name of length-prefixed labels up to an empty one, a type and a class. */
function questionEnd(query: Buffer): number {
  let at = 12;
  while (query[at]) at += 1 + (query[at] ?? 0);
  return at + 5;
}
