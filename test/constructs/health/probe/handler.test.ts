import { promises as dns } from 'node:dns';
import type { RequestListener, ServerResponse } from 'node:http';
import Ajv from 'ajv';
import {
  handler,
  isGlobalUnicast,
  metricLine,
  probe,
  type ProbeEvent,
  type ProbeOptions,
  type ProbeResult,
  resolveAaaa,
} from '../../../../constructs/health/probe/handler';
import { closeAll, closedPort, listenDns, listenTcp, listenTls, testCa } from './servers';

const event: ProbeEvent = {
  portal: 'portal',
  stack: 'hue-production',
  host: 'portal.example',
  path: '/healthz',
  codes: '200-299',
};

/** ::1 in two spellings: two addresses, which one server tells apart by the order of its connections. */
const twice = ['::1', '0:0:0:0:0:0:0:1'];

const ok: RequestListener = (_, response) => void response.end('well');

const ask = (port: number, options: ProbeOptions = {}, more: Partial<ProbeEvent> = {}) =>
  probe(
    { ...event, ...more },
    { port, ca: testCa, resolve: async () => ['::1'], allowAddress: () => true, ...options },
  );

afterEach(async () => {
  jest.restoreAllMocks();
  await closeAll();
});

describe('a portal that is well', () => {
  test('is available, with its status and a latency in whole milliseconds', async () => {
    const { port } = await listenTls(ok);

    const result = await ask(port);

    expect(result).toEqual({
      portal: 'portal',
      stack: 'hue-production',
      host: 'portal.example',
      available: true,
      status: 200,
      latencyMs: expect.any(Number),
      addresses: [{ address: '::1', status: 200, latencyMs: result.latencyMs }],
      untested: [],
    });
    expect(Number.isInteger(result.latencyMs)).toBe(true);
  });

  test('is found by the name to look up, and asked for the host all the same', async () => {
    const server = await listenTls(ok);
    const resolve = jest.fn(async () => ['::1']);

    const result = await ask(server.port, { resolve }, { lookup: 'v6.portal.example' });

    expect(resolve).toHaveBeenCalledWith('v6.portal.example');
    expect(server.serverNames).toEqual(['portal.example']);
    expect(result).toMatchObject({ available: true, host: 'portal.example' });
  });

  test('was asked for the host by SNI and by Host, for the path as given, by a named client that closes', async () => {
    const asked: unknown[] = [];
    const server = await listenTls(({ method, url, headers }, response) => {
      asked.push({ method, url, headers });
      response.end();
    });

    await ask(server.port, {}, { path: '/a%20b/../c?d=1&e=%C4%91' });

    expect(server.serverNames).toEqual(['portal.example']);
    expect(asked).toEqual([
      {
        method: 'GET',
        url: '/a%20b/../c?d=1&e=%C4%91',
        headers: {
          host: 'portal.example',
          'user-agent': 'portal6-probe/1 (+IPv6 health check)',
          accept: '*/*',
          connection: 'close',
        },
      },
    ]);
  });

  test('is asked anew by each run, over a connection of its own', async () => {
    const server = await listenTls(ok);

    await ask(server.port);
    await ask(server.port);

    expect(server.connections()).toBe(2);
  });

  test('may send a body without end, of which little is read', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const { port } = await listenTls((_, response) => {
      closed = new Promise((resolve) => response.on('close', resolve));
      pour(response);
    });

    expect(await ask(port)).toMatchObject({ available: true, status: 200 });
    await closed;
  });

  test.each([
    ['200-399', 301],
    ['200,302', 302],
    ['404', 404],
    ['200-201,300-301', 300],
  ])('matches the codes %s with the status %d', async (codes, status) => {
    const { port } = await listenTls((_, response) => void response.writeHead(status).end());

    expect(await ask(port, {}, { codes })).toMatchObject({ available: true, status });
  });
});

describe('a portal that is not well', () => {
  test('fails as refused when nothing listens', async () => {
    expect(await ask(await closedPort())).toMatchObject({
      available: false,
      reason: 'refused',
      addresses: [{ address: '::1', reason: 'refused', detail: expect.stringContaining('ECONNREFUSED') }],
    });
  });

  test('fails as unreachable when there is no way to the address', async () => {
    // No TCP connection can be made to a multicast address, whatever the routes of the machine.
    expect(await ask(443, { resolve: async () => ['ff0e::1'] })).toMatchObject({
      available: false,
      reason: 'unreachable',
    });
  });

  test('fails as a timeout when the server says nothing to the handshake', async () => {
    const { port } = await listenTcp(() => undefined);

    const result = await ask(port, {}, { timeoutMs: 100 });

    expect(result).toMatchObject({ available: false, reason: 'timeout', detail: 'while TLS handshake' });
  });

  test('fails as a timeout when no status comes', async () => {
    const { port } = await listenTls(() => undefined);

    const result = await ask(port, {}, { timeoutMs: 800 });

    expect(result).toMatchObject({ available: false, reason: 'timeout', detail: 'while waiting for the status' });
  });

  test('fails as a timeout when the body stops, as where large packets are dropped', async () => {
    const { port } = await listenTls((_, response) => void response.writeHead(200).write('we'));

    const result = await ask(port, {}, { timeoutMs: 800 });

    expect(result).toMatchObject({
      available: false,
      reason: 'timeout',
      detail: 'while reading the body',
      status: 200,
    });
    expect(result.addresses).toEqual([
      { address: '::1', reason: 'timeout', detail: 'while reading the body', status: 200 },
    ]);
  });

  test.each([
    ['other-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['expired', 'CERT_HAS_EXPIRED'],
  ] as const)('fails as tls when the certificate is %s', async (certificate, code) => {
    let requests = 0;
    const { port } = await listenTls(() => (requests += 1), { certificate });

    const result = await ask(port);

    expect(result).toMatchObject({ available: false, reason: 'tls', detail: expect.stringContaining(code) });
    expect(requests).toBe(0);
  });

  test('fails as tls when Node.js does not trust the authority', async () => {
    const { port } = await listenTls(ok);

    const result = await ask(port, { ca: undefined });

    expect(result).toMatchObject({
      available: false,
      reason: 'tls',
      detail: expect.stringContaining('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    });
  });

  test('fails as tls when the port speaks plain HTTP', async () => {
    const { port } = await listenTcp((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));

    expect(await ask(port)).toMatchObject({ available: false, reason: 'tls' });
  });

  test('fails as tls when the server ends it after the handshake, for want of a certificate of ours', async () => {
    const { port } = await listenTls(ok, { requestCert: true });

    expect(await ask(port)).toMatchObject({ available: false, reason: 'tls' });
  });

  test.each([500, 404, 300, 199])('fails when it answers %d where 200-299 is well', async (status) => {
    const { port } = await listenTls((_, { socket }) => void socket?.end(`HTTP/1.1 ${status} X\r\n\r\n`));

    // 199 only announces a status, which then never comes.
    const reason = status === 199 ? 'reset' : 'status';
    expect(await ask(port)).toMatchObject({ available: false, reason });
  });

  test('fails as status on a redirect, which is not followed', async () => {
    const server = await listenTls(({ headers }, response) => {
      response.writeHead(302, { location: `https://${headers.host}/well` }).end();
    });

    const result = await ask(server.port);

    expect(result).toMatchObject({ available: false, reason: 'status', status: 302, detail: 'not in 200-299' });
    expect(server.connections()).toBe(1);
  });

  test('fails as reset when the connection ends in the handshake', async () => {
    const { port } = await listenTcp((socket) => socket.once('data', () => socket.resetAndDestroy()));

    expect(await ask(port)).toMatchObject({ available: false, reason: 'reset' });
  });

  test('fails as reset when the connection ends before the status', async () => {
    const { port } = await listenTls(({ socket }) => socket.destroy());

    expect(await ask(port)).toMatchObject({ available: false, reason: 'reset' });
  });

  test('fails as reset when the connection ends in the body', async () => {
    const { port } = await listenTls((_, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('we', () => response.destroy());
    });

    const result = await ask(port);

    expect(result).toMatchObject({ available: false, reason: 'reset', status: 200 });
    expect(result.addresses).toEqual([{ address: '::1', reason: 'reset', detail: expect.any(String), status: 200 }]);
  });

  test('fails as protocol when what comes back is not HTTP', async () => {
    const { port } = await listenTls(({ socket }) => void socket.end('220 mail.example ESMTP\r\n'));

    expect(await ask(port)).toMatchObject({ available: false, reason: 'protocol' });
  });
});

describe('several addresses', () => {
  test('are all connected to, and the slowest gives the latency', async () => {
    let requests = 0;
    const server = await listenTls((_, response) => {
      requests += 1;
      setTimeout(() => response.end(), requests === 1 ? 60 : 0);
    });

    const { available, latencyMs, addresses } = await ask(server.port, { resolve: async () => twice });

    expect(available).toBe(true);
    expect(server.connections()).toBe(2);
    expect(addresses.map(({ address }) => address)).toEqual(twice);
    expect(latencyMs).toBe(Math.max(...addresses.map((each) => each.latencyMs ?? 0)));
  });

  test.each([
    ['first', 1],
    ['second', 2],
  ])('fail together when the %s is down, and it is named', async (_, down) => {
    let requests = 0;
    const { port } = await listenTls(({ socket }, response) => {
      requests += 1;
      return requests === down ? socket.destroy() : response.end();
    });

    const result = await ask(port, { resolve: async () => twice });

    expect(result).toMatchObject({ available: false, reason: 'reset' });
    expect(result).not.toHaveProperty('latencyMs');
    expect(result.addresses.map(({ reason }) => reason)).toEqual(
      down === 1 ? ['reset', undefined] : [undefined, 'reset'],
    );
  });

  test('fail together when one is not of the public Internet, and that one is left alone', async () => {
    const server = await listenTls(ok);

    const result = await ask(server.port, {
      resolve: async () => ['fe80::1', '::1'],
      allowAddress: (address) => address === '::1',
    });

    expect(result).toMatchObject({ available: false, reason: 'bad-address' });
    expect(result.addresses.map(({ reason }) => reason)).toEqual(['bad-address', undefined]);
    expect(server.connections()).toBe(1);
  });

  test('share the run, so that one which hangs does not hide the next', async () => {
    let requests = 0;
    const { port } = await listenTls((_, response) => {
      requests += 1;
      if (requests > 1) response.end();
    });

    const { available, addresses } = await ask(port, { resolve: async () => twice, limitMs: 2_000 });

    expect(available).toBe(false);
    expect(addresses.map(({ reason }) => reason)).toEqual(['timeout', undefined]);
  });

  test('end with the run when all of them hang', async () => {
    const { port } = await listenTcp(() => undefined);

    const { addresses } = await ask(port, { resolve: async () => [...twice, ...twice], limitMs: 200 });

    expect(addresses.map(({ reason }) => reason)).toEqual(['timeout', 'timeout', 'timeout', 'timeout']);
  });

  test('beyond the eighth are listed as untested', async () => {
    const all = Array.from({ length: 10 }, (_, index) => `2001:db8::${index}`);

    const { addresses, untested } = await ask(1, { resolve: async () => all, allowAddress: () => false });

    expect(addresses.map(({ address }) => address)).toEqual(all.slice(0, 8));
    expect(untested).toEqual(all.slice(8));
  });
});

describe('IPv4', () => {
  test('is not connected to when nothing listens on IPv6', async () => {
    const ipv4 = await listenTls(ok, { host: '127.0.0.1' });

    expect(await ask(ipv4.port)).toMatchObject({ available: false, reason: 'refused' });
    expect(ipv4.connections()).toBe(0);
  });

  test('is neither asked of DNS nor connected to when the name has an A only', async () => {
    const ipv4 = await listenTls(ok, { host: '127.0.0.1' });
    const { server, asked } = await listenDns({ aaaa: [] });

    const result = await ask(ipv4.port, { resolve: (host) => resolveAaaa(host, [server]) });

    expect(result).toMatchObject({ available: false, reason: 'no-aaaa', addresses: [] });
    expect(new Set(asked)).toEqual(new Set([28]));
    expect(ipv4.connections()).toBe(0);
  });

  test.each(['127.0.0.1', '::ffff:127.0.0.1'])('is not connected to when DNS itself says %s', async (address) => {
    const ipv4 = await listenTls(ok, { host: '127.0.0.1' });

    const result = await ask(ipv4.port, { resolve: async () => [address], allowAddress: isGlobalUnicast });

    expect(result).toMatchObject({ available: false, reason: 'bad-address' });
    expect(ipv4.connections()).toBe(0);
  });

  test('is not connected to even where every address is allowed', async () => {
    const ipv4 = await listenTls(ok, { host: '127.0.0.1' });

    const result = await ask(ipv4.port, { resolve: async () => ['127.0.0.1'] });

    expect(result).toMatchObject({ available: false, reason: 'bad-address' });
    expect(ipv4.connections()).toBe(0);
  });
});

describe('DNS', () => {
  test('gives the address that is connected to', async () => {
    const { port } = await listenTls(ok);
    const loopback = Buffer.alloc(16);
    loopback[15] = 1;
    const { server } = await listenDns({ aaaa: [loopback] });

    const result = await ask(port, { resolve: (host) => resolveAaaa(host, [server]) });

    expect(result).toMatchObject({ available: true, addresses: [{ address: '::1' }] });
  });

  test.each([
    ['the name does not exist', 3, 'no-aaaa', 'ENOTFOUND'],
    ['the zone is broken', 2, 'dns', 'ESERVFAIL'],
    ['the server refuses', 5, 'dns', 'EREFUSED'],
  ])('fails when %s', async (_, code, reason, detail) => {
    const { server } = await listenDns({ code });

    const result = await ask(1, { resolve: (host) => resolveAaaa(host, [server]) });

    expect(result).toMatchObject({ available: false, reason, detail: expect.stringContaining(detail), addresses: [] });
  });

  test('fails as no-aaaa on an answer without addresses', async () => {
    expect(await ask(1, { resolve: async () => [] })).toMatchObject({ available: false, reason: 'no-aaaa' });
  });

  test('fails as dns when no answer comes in time', async () => {
    const result = await ask(1, { resolve: () => new Promise(() => undefined) }, { timeoutMs: 50 });

    expect(result).toMatchObject({ available: false, reason: 'dns', detail: 'no answer within 50 ms' });
  });
});

describe('an address', () => {
  test.each(['2600:1f18:1::1', '2406:da18::5', '2001:ee0:4000::1', '2a05:d018::1', '2400:cb00:2048:1::c629:d7a2'])(
    '%s is of the public Internet',
    (address) => expect(isGlobalUnicast(address)).toBe(true),
  );

  test.each([
    ['IPv4-mapped', '::ffff:203.0.113.9'],
    ['IPv4-mapped in hex', '::ffff:cb00:7109'],
    ['IPv4-compatible', '::203.0.113.9'],
    ['NAT64', '64:ff9b::203.0.113.9'],
    ['NAT64 for local use', '64:ff9b:1::1'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['link-local', 'fe80::1'],
    ['site-local', 'fec0::1'],
    ['unique local', 'fd00::1'],
    ['unique local', 'fc00::1'],
    ['multicast', 'ff02::1'],
    ['documentation', '2001:db8:ffff::1'],
    ['newer documentation', '3fff:fff::1'],
    ['discard-only', '100::1'],
    ['Teredo', '2001::1'],
    ['benchmarking', '2001:2::1'],
    ['ORCHIDv2', '2001:20::1'],
    ['6to4', '2002:cb00:7109::1'],
    ['segment routing', '5f00::1'],
    ['IPv4', '203.0.113.9'],
    ['no address', 'portal.example'],
  ])('that is %s (%s) is not of the public Internet', (_, address) => {
    expect(isGlobalUnicast(address)).toBe(false);
  });
});

describe('the log line', () => {
  const up: ProbeResult = {
    portal: 'portal',
    stack: 'hue-production',
    host: 'portal.example',
    available: true,
    status: 200,
    latencyMs: 12,
    addresses: [{ address: '2600:1f18:1::1', status: 200, latencyMs: 12 }],
    untested: [],
  };
  const down: ProbeResult = {
    ...up,
    available: false,
    reason: 'tls',
    detail: 'CERT_HAS_EXPIRED:\ncertificate has expired',
    status: undefined,
    latencyMs: undefined,
    addresses: [{ address: '2600:1f18:1::1', reason: 'tls', detail: 'CERT_HAS_EXPIRED:\ncertificate has expired' }],
  };

  test('of a portal that is well carries every metric and what to read', () => {
    expect(JSON.parse(metricLine(up, 1_790_000_000_000))).toEqual({
      _aws: {
        Timestamp: 1_790_000_000_000,
        CloudWatchMetrics: [
          {
            Namespace: 'portal6',
            Dimensions: [['Stack', 'Portal']],
            Metrics: [
              { Name: 'Ipv6Available', Unit: 'None' },
              { Name: 'Ipv6Requests', Unit: 'Count' },
              { Name: 'Ipv6Latency', Unit: 'Milliseconds' },
            ],
          },
        ],
      },
      Stack: 'hue-production',
      Portal: 'portal',
      Ipv6Available: 1,
      Ipv6Requests: 1,
      Ipv6Latency: 12,
      host: 'portal.example',
      status: 200,
      addresses: [{ address: '2600:1f18:1::1', status: 200, latencyMs: 12 }],
      untested: [],
    });
  });

  test('of a portal that is down carries no latency, and the reason', () => {
    const line = JSON.parse(metricLine(down));

    expect(line._aws.CloudWatchMetrics[0].Metrics).toEqual([
      { Name: 'Ipv6Available', Unit: 'None' },
      { Name: 'Ipv6Requests', Unit: 'Count' },
    ]);
    expect(line).toMatchObject({ Ipv6Available: 0, Ipv6Requests: 0, reason: 'tls', addresses: [{ reason: 'tls' }] });
    expect(line).not.toHaveProperty('Ipv6Latency');
  });

  test('counts the requests that were answered, well or not, because the load balancer counts them too', () => {
    const addresses = [
      { address: '2600:1f18:1::1', status: 200, latencyMs: 12 },
      { address: '2600:1f18:1::2', status: 503, reason: 'status' as const },
      { address: '2600:1f18:1::3', reason: 'refused' as const },
    ];

    expect(JSON.parse(metricLine({ ...down, addresses }))).toMatchObject({ Ipv6Requests: 2 });
  });

  test.each([
    ['well', up],
    ['down', down],
  ])('of a portal that is %s follows the specification', (_, result) => {
    const line = metricLine(result);
    const document = JSON.parse(line);
    const [directive] = document._aws.CloudWatchMetrics;

    expect(line).not.toContain('\n');
    expect(new Ajv().validate(embeddedMetricFormat, document)).toBe(true);
    for (const { Name } of directive.Metrics) expect(document[Name]).toEqual(expect.any(Number));
    for (const name of directive.Dimensions.flat()) expect(document[name]).toEqual(expect.any(String));
  });
});

describe('the handler', () => {
  const resolve6 = () => jest.spyOn(dns.Resolver.prototype, 'resolve6') as jest.SpyInstance;
  const stdout = () => jest.spyOn(process.stdout, 'write').mockReturnValue(true);

  test('resolves with a portal that is down, and logs exactly one line of now', async () => {
    resolve6().mockResolvedValue(['::1']);
    const write = stdout();
    const before = Date.now();

    const result = await handler(event);

    expect(result).toMatchObject({ available: false, reason: 'bad-address', addresses: [{ address: '::1' }] });
    expect(write).toHaveBeenCalledTimes(1);
    const [line] = write.mock.calls[0] ?? [];
    expect(line).toMatch(/^\{.*\}\n$/);
    const document = JSON.parse(String(line));
    expect(document).toMatchObject({
      Stack: 'hue-production',
      Portal: 'portal',
      Ipv6Available: 0,
      reason: 'bad-address',
    });
    expect(document._aws.Timestamp).toBeGreaterThanOrEqual(before);
    expect(document._aws.Timestamp).toBeLessThanOrEqual(Date.now());
  });

  test("ends before Lambda's own time does", async () => {
    resolve6().mockReturnValue(new Promise(() => undefined));
    const write = stdout();

    const result = await handler({ ...event, timeoutMs: 20_000 }, { getRemainingTimeInMillis: () => 1_550 });

    expect(result).toMatchObject({ available: false, reason: 'dns', detail: 'no answer within 50 ms' });
    expect(write).toHaveBeenCalledTimes(1);
  });

  test.each([
    [undefined, 'the event must be an object, got: undefined'],
    [[], 'the event must be an object, got: []'],
    [{ ...event, timeoutMS: 5 }, 'unknown key `timeoutMS` in the event'],
    [{ ...event, portal: '' }, '`portal` must be 1 to 255 printable ASCII characters, got: ""'],
    [{ ...event, stack: 'huế' }, '`stack` must be 1 to 255 printable ASCII characters, got: "huế"'],
    [{ ...event, host: 'portal' }, '`host` must be a full host name without a final dot, got: "portal"'],
    [{ ...event, host: '203.0.113.9' }, '`host` must be a full host name without a final dot, got: "203.0.113.9"'],
    [{ ...event, host: '2600::1' }, '`host` must be a full host name without a final dot, got: "2600::1"'],
    [{ ...event, lookup: 'v6' }, '`lookup` must be a full host name without a final dot, got: "v6"'],
    [{ ...event, host: 'a.b\r\nx: y' }, '`host` must be a full host name without a final dot, got: "a.b\\r\\nx: y"'],
    [{ ...event, path: 'healthz' }, '`path` must begin with / and be printable ASCII without spaces, got: "healthz"'],
    [{ ...event, path: '/a b' }, '`path` must begin with / and be printable ASCII without spaces, got: "/a b"'],
    [{ ...event, codes: '2xx' }, '`codes` must be status codes such as 200, 200-399 or 200,302, got: "2xx"'],
    [{ ...event, codes: undefined }, '`codes` must be status codes such as 200, 200-399 or 200,302, got: undefined'],
    [{ ...event, timeoutMs: 0 }, '`timeoutMs` must be a whole number from 1 to 20000, got: 0'],
    [{ ...event, timeoutMs: 1.5 }, '`timeoutMs` must be a whole number from 1 to 20000, got: 1.5'],
    [{ ...event, timeoutMs: 20_001 }, '`timeoutMs` must be a whole number from 1 to 20000, got: 20001'],
    [{ ...event, timeoutMs: '8000' }, '`timeoutMs` must be a whole number from 1 to 20000, got: "8000"'],
  ])('fails on a malformed event, and asks nobody: %j', async (malformed, message) => {
    const asked = resolve6();
    const write = stdout();

    await expect(handler(malformed)).rejects.toThrow(new Error(`portal6-probe: ${message}`));
    expect(asked).not.toHaveBeenCalled();
    expect(write).not.toHaveBeenCalled();
  });
});

/** Sends for as long as somebody reads. */
function pour(response: ServerResponse): void {
  while (response.write(Buffer.alloc(4_096)));
  response.once('drain', () => pour(response));
}

/** What the specification asks of a document, but for what a JSON Schema cannot say. */
const embeddedMetricFormat = {
  type: 'object',
  required: ['_aws'],
  properties: {
    _aws: {
      type: 'object',
      required: ['Timestamp', 'CloudWatchMetrics'],
      additionalProperties: false,
      properties: {
        Timestamp: { type: 'integer', minimum: 1_500_000_000_000 },
        CloudWatchMetrics: {
          type: 'array',
          items: {
            type: 'object',
            required: ['Namespace', 'Dimensions', 'Metrics'],
            additionalProperties: false,
            properties: {
              Namespace: { type: 'string', minLength: 1, maxLength: 255 },
              Dimensions: {
                type: 'array',
                minItems: 1,
                items: { type: 'array', maxItems: 9, items: { type: 'string', minLength: 1, maxLength: 255 } },
              },
              Metrics: {
                type: 'array',
                maxItems: 100,
                items: {
                  type: 'object',
                  required: ['Name'],
                  additionalProperties: false,
                  properties: {
                    Name: { type: 'string', minLength: 1, maxLength: 255 },
                    Unit: { enum: ['Seconds', 'Milliseconds', 'Bytes', 'Percent', 'Count', 'None'] },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};
