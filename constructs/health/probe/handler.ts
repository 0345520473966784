import { promises as dns } from 'node:dns';
import { request } from 'node:https';
import { BlockList, isIPv6 } from 'node:net';

/** What the schedule sends: one invocation for each portal. */
export interface ProbeEvent {
  /** Id of the portal: the metric's dimension `Portal`. */
  readonly portal: string;

  /** Id of the stack: the metric's dimension `Stack`. */
  readonly stack: string;

  /** Name that citizens type: what the certificate must hold, asked for by SNI and by `Host`. */
  readonly host: string;

  /**
   * Name whose AAAA is asked: `v6.<domain>` while staged.
   *
   * @default - the host
   */
  readonly lookup?: string;

  /** Path to ask for, percent-encoded, with its query if it has one. */
  readonly path: string;

  /** Status codes that mean well, written as a load balancer's matcher: `200`, `200-399` or `200,302`. */
  readonly codes: string;

  /**
   * Longest wait for DNS, and for each address, in milliseconds (1 to 20000). An address may get less: what is left of
   * the run is shared evenly among the addresses still to test, so that a hanging one never hides the next.
   *
   * @default 8000
   */
  readonly timeoutMs?: number;
}

/** Why a portal, or one of its addresses, is not available. */
export type ProbeReason =
  /** The name, or its AAAA, does not exist. */
  | 'no-aaaa'
  /** DNS did not answer, or answered with a failure. */
  | 'dns'
  /** Not a global unicast address, so reaching it would prove nothing. */
  | 'bad-address'
  /** No route; from every address at once it means that the probe itself has no IPv6. */
  | 'unreachable'
  | 'refused'
  | 'timeout'
  /** The certificate is expired, for another name or not trusted, or the handshake failed. */
  | 'tls'
  | 'status'
  | 'reset'
  /** What came back is not HTTP. */
  | 'protocol';

/** What one address answered. */
export interface AddressResult {
  readonly address: string;

  /** Left out when the address is well. */
  readonly reason?: ProbeReason;

  /** The reason in the system's own words. */
  readonly detail?: string;

  /** HTTP status, when one came. */
  readonly status?: number;

  /** From the start of the connection to the end of the response's headers, in milliseconds; DNS is not in it. */
  readonly latencyMs?: number;
}

/** The verdict on one portal. */
export interface ProbeResult {
  readonly portal: string;
  readonly stack: string;
  readonly host: string;

  /** Whether every tested address is well. */
  readonly available: boolean;

  /** Of the first address that failed, or of DNS; so are `detail` and `status`. */
  readonly reason?: ProbeReason;
  readonly detail?: string;
  readonly status?: number;

  /** Of the slowest address, when available. */
  readonly latencyMs?: number;

  readonly addresses: readonly AddressResult[];

  /** Addresses beyond the first eight. DNS rotates its answers, so that a later run meets them. */
  readonly untested: readonly string[];
}

/** What a test replaces. */
export interface ProbeOptions {
  /**
   * Answers a name with its AAAA addresses, or rejects with a DNS error code.
   *
   * @default resolveAaaa
   */
  readonly resolve?: (host: string) => Promise<readonly string[]>;

  /**
   * Whether reaching this IPv6 address proves anything.
   *
   * @default isGlobalUnicast
   */
  readonly allowAddress?: (address: string) => boolean;

  /** @default 443 */
  readonly port?: number;

  /**
   * Authorities to trust, in PEM.
   *
   * @default - those that come with Node.js
   */
  readonly ca?: string | readonly string[];

  /**
   * Longest run, in milliseconds.
   *
   * @default 22000, which leaves a Lambda of 30 seconds time to start and to log
   */
  readonly limitMs?: number;
}

/** The part of Lambda's context that the probe reads. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

/** Names of what the probe's log line becomes in CloudWatch. */
export const PROBE_METRICS = {
  namespace: 'portal6',
  dimensions: ['Stack', 'Portal'],
  available: 'Ipv6Available',
  requests: 'Ipv6Requests',
  latency: 'Ipv6Latency',
} as const;

/**
 * The Lambda function: tests one portal, logs one line of metrics and resolves with the verdict.
 *
 * A portal that is down is an answer, not an error, so that Lambda has nothing to retry. Throws for a malformed event alone.
 */
export async function handler(event: unknown, context?: InvocationContext): Promise<ProbeResult> {
  const asked = parseEvent(event);
  const left = context?.getRemainingTimeInMillis() ?? Infinity;
  const result = await probe(asked, { limitMs: Math.min(RUN_LIMIT_MS, left - LOG_MARGIN_MS) });
  // Lambda's own console.log puts fields before the line, or with JSON logs wraps it as a string, which is no metric.
  process.stdout.write(`${metricLine(result)}\n`);
  return result;
}

/** Connects to every AAAA address of a host, one after the other; never over IPv4. */
export async function probe(event: ProbeEvent, options: ProbeOptions = {}): Promise<ProbeResult> {
  const { portal, stack, host, lookup = host, timeoutMs = DEFAULT_TIMEOUT_MS } = event;
  const { resolve = resolveAaaa, limitMs = RUN_LIMIT_MS } = options;
  const subject = { portal, stack, host };
  const deadline = performance.now() + limitMs;

  let found: readonly string[];
  try {
    found = await within(Math.min(timeoutMs, limitMs), resolve(lookup));
  } catch (error) {
    return { ...subject, available: false, ...explainDns(error as Error), addresses: [], untested: [] };
  }
  if (found.length === 0) return { ...subject, available: false, reason: 'no-aaaa', addresses: [], untested: [] };

  const tested = found.slice(0, MAX_ADDRESSES);
  const addresses: AddressResult[] = [];
  for (const address of tested) {
    const share = (deadline - performance.now()) / (tested.length - addresses.length);
    addresses.push(await testAddress(address, event, Math.max(0, Math.min(timeoutMs, share)), options));
  }
  return { ...subject, ...summarize(addresses), addresses, untested: found.slice(MAX_ADDRESSES) };
}

/** The AAAA addresses of a host; `servers` replaces the system's name servers. Never asks for an A. */
export async function resolveAaaa(host: string, servers?: readonly string[]): Promise<string[]> {
  const resolver = new dns.Resolver({ timeout: 2_000, tries: 2 });
  if (servers) resolver.setServers(servers);
  return resolver.resolve6(host);
}

/**
 * Whether an IPv6 address is one of the public Internet: in 2000::/3, the only range given out so far, and not set aside
 * in the IANA IPv6 Special-Purpose Address Registry (RFC 6890).
 */
export function isGlobalUnicast(address: string): boolean {
  return isIPv6(address) && GIVEN_OUT.check(address, 'ipv6') && !SET_ASIDE.check(address, 'ipv6');
}

/**
 * One line in CloudWatch's embedded metric format, which CloudWatch Logs turns into metrics by itself. What is not a
 * metric or a dimension is there to be read.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricLine(result: ProbeResult, now: number = Date.now()): string {
  const { portal, stack, available, latencyMs, ...read } = result;
  const { namespace, dimensions, available: availableName, requests, latency } = PROBE_METRICS;
  const metrics = [
    { Name: availableName as string, Unit: 'None' },
    { Name: requests, Unit: 'Count' },
  ];
  // A metric without a value makes the whole line invalid, so a portal that is down has no latency to name.
  if (latencyMs !== undefined) metrics.push({ Name: latency, Unit: 'Milliseconds' });
  return JSON.stringify({
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [dimensions], Metrics: metrics }],
    },
    Stack: stack,
    Portal: portal,
    [availableName]: available ? 1 : 0,
    // What a load balancer counts as well, so that the share of citizens' IPv6 can leave the probe out.
    [requests]: result.addresses.filter(({ status }) => status !== undefined).length,
    [latency]: latencyMs,
    ...read,
  });
}

const DEFAULT_TIMEOUT_MS = 8_000;
const RUN_LIMIT_MS = 22_000;
const LOG_MARGIN_MS = 1_500;

/** Bounds the run, and leaves each address time enough; a load balancer has one to a zone, more only when busy. */
const MAX_ADDRESSES = 8;

/** More than fits into a few packets, so that a path which drops large packets shows as a timeout. */
const BODY_LIMIT_BYTES = 16_384;

const USER_AGENT = 'portal6-probe/1 (+IPv6 health check)';

const GIVEN_OUT = blockList('2000::/3');

const SET_ASIDE = blockList(
  '2001::/23', // protocol assignments, among them Teredo, ORCHID and benchmarking
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4: IPv4 under way
  '3fff::/20', // documentation
);

type Outcome = Omit<AddressResult, 'address'>;
type Phase = 'connecting' | 'TLS handshake' | 'waiting for the status' | 'reading the body';

async function testAddress(
  address: string,
  { host, path, codes }: ProbeEvent,
  timeoutMs: number,
  { allowAddress = isGlobalUnicast, port = 443, ca }: ProbeOptions,
): Promise<AddressResult> {
  // Node.js would connect to an IPv4 literal whatever family it is told, so this does not hang on `allowAddress`.
  if (!isIPv6(address) || !allowAddress(address)) return { address, reason: 'bad-address' };

  const outcome = await new Promise<Outcome>((resolve) => {
    let phase: Phase = 'connecting';
    let answer: Outcome = {};
    const started = performance.now();

    const outgoing = request({
      host: address,
      family: 6,
      port,
      ca: typeof ca === 'string' ? ca : ca?.slice(),
      servername: host,
      rejectUnauthorized: true, // NODE_TLS_REJECT_UNAUTHORIZED must not switch it off
      agent: false, // a connection of its own, closed after: an old one would prove nothing of now
      path,
      headers: { Host: host, 'User-Agent': USER_AGENT, Accept: '*/*' },
    });
    const finish = (result: Outcome) => {
      clearTimeout(timer);
      outgoing.destroy();
      resolve(result);
    };
    const fail = (error: Error) => finish({ ...answer, latencyMs: undefined, ...explain(error, phase) });
    const timer = setTimeout(
      () => finish({ ...answer, latencyMs: undefined, reason: 'timeout', detail: `while ${phase}` }),
      timeoutMs,
    );

    outgoing.on('socket', (socket) => {
      socket.on('connect', () => (phase = 'TLS handshake'));
      socket.on('secureConnect', () => (phase = 'waiting for the status'));
    });
    outgoing.on('error', fail);
    outgoing.on('response', (response) => {
      const status = response.statusCode ?? 0;
      if (!matches(status, codes)) return finish({ status, reason: 'status', detail: `not in ${codes}` });

      phase = 'reading the body';
      answer = { status, latencyMs: Math.round(performance.now() - started) };
      let received = 0;
      response.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received >= BODY_LIMIT_BYTES) finish(answer);
      });
      response.on('end', () => finish(answer));
      response.on('error', fail);
    });
    outgoing.end();
  });
  return { address, ...outcome };
}

function summarize(addresses: readonly AddressResult[]): Omit<Outcome, 'latencyMs'> & {
  available: boolean;
  latencyMs?: number;
} {
  const failed = addresses.find(({ reason }) => reason !== undefined);
  if (failed) return { available: false, reason: failed.reason, detail: failed.detail, status: failed.status };
  const latencies = addresses.map(({ latencyMs = 0 }) => latencyMs);
  return { available: true, status: addresses[0]?.status, latencyMs: Math.max(...latencies) };
}

function explain(error: Error, phase: Phase): { reason: ProbeReason; detail: string } {
  const code = codeOf(error) ?? '';
  const detail = error.message.includes(code) ? error.message : `${code}: ${error.message}`;
  return { reason: reasonOf(code, phase), detail: clip(detail) };
}

function reasonOf(code: string, phase: Phase): ProbeReason {
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'reset';
  if (phase === 'connecting') return 'unreachable';
  // A server may also end TLS after the handshake, as one that asks for a client's certificate does in TLS 1.3.
  if (phase === 'TLS handshake' || code === 'EPROTO' || code.startsWith('ERR_SSL_')) return 'tls';
  return 'protocol';
}

function explainDns(error: Error): { reason: ProbeReason; detail: string } {
  const code = codeOf(error);
  const reason = code === 'ENODATA' || code === 'ENOTFOUND' ? 'no-aaaa' : 'dns';
  return { reason, detail: clip(error.message) };
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** A certificate's list of names can be long, and a log line is paid for. */
function clip(words: string): string {
  return words.length > 300 ? `${words.slice(0, 299)}…` : words;
}

async function within<T>(timeoutMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${Math.round(timeoutMs)} ms`)), Math.max(0, timeoutMs));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function matches(status: number, codes: string): boolean {
  return codes.split(',').some((part) => {
    const [from, to = from] = part.split('-').map(Number);
    return from !== undefined && to !== undefined && from <= status && status <= to;
  });
}

function blockList(...ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', prefix] = range.split('/');
    list.addSubnet(net, Number(prefix), 'ipv6');
  }
  return list;
}

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const HOST_NAME = new RegExp(`^(?=.{1,253}$)(${LABEL}\\.)+(?![0-9]+$)${LABEL}$`, 'i');
const HOST_NAME_RULE = 'must be a full host name without a final dot';
const DIMENSION = /^[!-~][ -~]{0,254}$/; // CloudWatch takes ASCII without control characters
const PATH = /^\/[!-~]*$/; // Node.js throws for the rest
const CODES = /^[1-5]\d\d(-[1-5]\d\d)?(,[1-5]\d\d(-[1-5]\d\d)?)*$/;

function parseEvent(event: unknown): ProbeEvent {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw new Error(`portal6-probe: the event must be an object, got: ${JSON.stringify(event)}`);
  }
  const { portal, stack, host, lookup, path, codes, timeoutMs, ...unknown }: Record<string, unknown> = { ...event };
  const [key] = Object.keys(unknown);
  if (key !== undefined) throw new Error(`portal6-probe: unknown key \`${key}\` in the event`);
  return {
    portal: text('portal', portal, DIMENSION, 'must be 1 to 255 printable ASCII characters'),
    stack: text('stack', stack, DIMENSION, 'must be 1 to 255 printable ASCII characters'),
    host: text('host', host, HOST_NAME, HOST_NAME_RULE),
    lookup: lookup === undefined ? undefined : text('lookup', lookup, HOST_NAME, HOST_NAME_RULE),
    path: text('path', path, PATH, 'must begin with / and be printable ASCII without spaces'),
    codes: text('codes', codes, CODES, 'must be status codes such as 200, 200-399 or 200,302'),
    timeoutMs: timeoutMs === undefined ? undefined : milliseconds('timeoutMs', timeoutMs),
  };
}

function text(key: string, got: unknown, pattern: RegExp, rule: string): string {
  if (typeof got === 'string' && pattern.test(got)) return got;
  throw malformed(key, rule, got);
}

function milliseconds(key: string, got: unknown): number {
  if (typeof got === 'number' && Number.isInteger(got) && got >= 1 && got <= 20_000) return got;
  throw malformed(key, 'must be a whole number from 1 to 20000', got);
}

function malformed(key: string, rule: string, got: unknown): Error {
  return new Error(`portal6-probe: \`${key}\` ${rule}, got: ${JSON.stringify(got)}`);
}
