import { runInNewContext } from 'node:vm';
import { judge } from '../../policy/check';
import { portalPaths } from '../../policy/levels';
import { readStackJson } from '../../policy/sources/stack-json';
import { CONTAINER, GATEWAY, productionJson, type StackJson } from '../helpers/agency';
import { resourcesOf, Synthesized } from '../helpers/synth';

type Environment = NonNullable<Parameters<typeof productionJson>[0]>;
type Portal = NonNullable<Environment['portals']>[string];

const PAGE = { failover: 'maintenance-page' } as const;

const jsonOf = (portal: Portal, environment: Environment = {}): StackJson =>
  productionJson({ ...environment, portals: { portal } });
const read = (json: StackJson): Synthesized => new Synthesized(resourcesOf(json));

const HOSTINGS: Readonly<Record<string, Portal>> = {
  container: { ...CONTAINER, ...PAGE },
  instances: { ...CONTAINER, ...PAGE, hosting: { type: 'instances', ami: 'ami-0123456789abcdef0' } },
  gateway: { ...GATEWAY, ...PAGE },
  'container behind a network load balancer': { ...CONTAINER, ...PAGE, edge: 'network' },
};

describe.each(Object.entries(HOSTINGS))('%s', (_, portal) => {
  const json = jsonOf(portal);
  const stack = read(json);
  const names = [portal.domain, ...(portal.aliases ?? [])];
  const record = (path: string) => stack.at(`portals/portal/${path}`);

  test('each name has two answers for each family', () => {
    for (const name of names) {
      for (const type of ['A', 'AAAA']) {
        expect(record(`dns/${name}/${type}`)).toMatchObject({
          set_identifier: 'primary',
          failover_routing_policy: { type: 'PRIMARY' },
          alias: { name: stack.ref('portals/portal/edge/Resource', 'dns_name'), evaluate_target_health: true },
        });
        expect(record(`failover/dns/${name}/${type}`)).toMatchObject({
          set_identifier: 'secondary',
          failover_routing_policy: { type: 'SECONDARY' },
          alias: {
            name: stack.ref('portals/portal/failover/edge/Resource', 'domain_name'),
            evaluate_target_health: false,
          },
        });
      }
    }
  });

  test('no health check steers them, so that one family does not leave without the other', () => {
    for (const one of stack.ofType('aws_route53_record')) expect(one).not.toHaveProperty('health_check_id');
  });

  test('the name to try IPv6 by leads to the portal alone', () => {
    expect(record(`dns/v6.${portal.domain}/AAAA`)).not.toHaveProperty('failover_routing_policy');
  });

  test('the distribution answers for the names with a certificate of us-east-1, which the same records prove', () => {
    expect(record('failover/edge/Resource')).toMatchObject({
      aliases: names,
      is_ipv6_enabled: true,
      viewer_certificate: {
        acm_certificate_arn: stack.ref('portals/portal/failover/certificate/validation', 'certificate_arn'),
      },
    });
    expect(record('failover/certificate/Resource').provider).toBe('aws.us-east-1');
    expect(record('alarms/maintenance-certificate/Resource')).toMatchObject({
      provider: 'aws.us-east-1',
      dimensions: { CertificateArn: stack.ref('portals/portal/failover/certificate/validation', 'certificate_arn') },
    });
  });

  test('is one portal to the checker, on the level that it has without the page, and nothing is found', () => {
    const graph = readStackJson(json);
    const { failover: _failover, ...without } = portal;
    const level = (of: ReturnType<typeof readStackJson>) =>
      portalPaths(of).map(({ level: one, names: all }) => [one, all]);

    expect(level(graph)).toEqual(level(readStackJson(jsonOf(without))));
    const found = judge(graph).findings.filter(({ result, severity }) => result === 'fail' && severity !== 'notice');
    expect(found).toEqual([]);
  });

  test('changes nothing of a portal without it but the routing of its records, and takes nothing away', () => {
    const { failover: _failover, ...without } = portal;
    const before = read(jsonOf(without));
    const after = new Map(stack.resources.map((one) => [one.path, one]));
    const changed = before.resources.filter((one) => JSON.stringify(after.get(one.path)) !== JSON.stringify(one));

    expect(changed.map(({ path }) => path).sort()).toEqual(
      names.flatMap((name) => ['A', 'AAAA'].map((type) => `portals/portal/dns/${name}/${type}`)).sort(),
    );
  });
});

describe('container behind an accelerator', () => {
  const json = jsonOf({ ...CONTAINER, ...PAGE, edge: 'accelerator' });
  const stack = read(json);
  const pairOf = (path: string) => ['A', 'AAAA'].map((type) => stack.at(`portals/portal/${path}/${type}`));

  test('the health of the targets, which Route 53 does not see through it, steers both families', () => {
    for (const one of pairOf('dns/www.hue.gov.vn')) {
      expect(one).toMatchObject({
        set_identifier: 'primary',
        health_check_id: stack.ref('portals/portal/failover-health/health-check'),
      });
    }
    expect(stack.at('portals/portal/failover-health/alarm').dimensions).toEqual(
      stack.at('portals/portal/alarms/targets/none-healthy').dimensions,
    );
  });

  test('the page answers without any check', () => {
    for (const one of pairOf('failover/dns/www.hue.gov.vn')) {
      expect(one).toMatchObject({ set_identifier: 'secondary' });
      expect(one).not.toHaveProperty('health_check_id');
    }
  });

  test('nothing is found', () => {
    const found = judge(readStackJson(json)).findings;

    expect(found.filter(({ result, severity }) => result === 'fail' && severity !== 'notice')).toEqual([]);
  });
});

test.each(['off', 'staged'] as const)('with aaaa %s the A records fail over alone, as they answer alone', (aaaa) => {
  const stack = read(jsonOf({ ...CONTAINER, ...PAGE, publish: { aaaa } }));

  expect(stack.pathsOf('aws_route53_record').filter((path) => path.includes('/failover/'))).toEqual([
    'portals/portal/failover/dns/portal.hue.gov.vn/A',
    'portals/portal/failover/dns/www.hue.gov.vn/A',
  ]);
});

test('going live adds the AAAA of both answers, and changes no other record', () => {
  const staged = read(jsonOf({ ...CONTAINER, ...PAGE, publish: { aaaa: 'staged' } }));
  const live = read(jsonOf({ ...CONTAINER, ...PAGE }));
  const recordsOf = (of: Synthesized) => of.resources.filter(({ type }) => type === 'aws_route53_record');
  const without = ({ attributes: { depends_on: _, ...attributes }, path }: Synthesized['resources'][number]) => ({
    path,
    attributes,
  });

  expect(recordsOf(live).map(without)).toEqual(expect.arrayContaining(recordsOf(staged).map(without)));
  expect(recordsOf(live).length - recordsOf(staged).length).toBe(4);
});

test('in us-east-1 the portal’s own certificate is good for CloudFront', () => {
  const hosting = { type: 'container', image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/portal:1.4.2' } as const;
  const stack = read(jsonOf({ ...CONTAINER, ...PAGE, hosting }, { region: 'us-east-1' }));

  expect(stack.pathsOf('aws_acm_certificate')).toEqual(['portals/portal/certificate/Resource']);
  expect(stack.at('portals/portal/failover/edge/Resource').viewer_certificate).toMatchObject({
    acm_certificate_arn: stack.ref('portals/portal/certificate/validation', 'certificate_arn'),
  });
  expect(stack.pathsOf('aws_cloudwatch_metric_alarm')).not.toContain(
    'portals/portal/alarms/maintenance-certificate/Resource',
  );
});

test('behind CloudFront the distribution shows the page by itself, and no record fails over', () => {
  const portal: Portal = { ...CONTAINER, ...PAGE, hosting: { type: 'gateway', origin: { host: 'goc.example.vn' } } };
  const stack = read(jsonOf(portal));

  expect(stack.at('portals/portal/edge/Resource')).toMatchObject({
    origin: [
      { domain_name: 'goc.example.vn' },
      { domain_name: stack.ref('portals/portal/failover/page/Resource', 'bucket_regional_domain_name') },
    ],
    custom_error_response: [502, 503, 504].map((error_code) => ({ error_code, response_code: 503 })),
  });
  expect(stack.pathsOf('aws_cloudfront_distribution')).toEqual(['portals/portal/edge/Resource']);
  for (const one of stack.ofType('aws_route53_record')) expect(one).not.toHaveProperty('failover_routing_policy');
});

test('the page has the agency’s name as the file has it, whatever Terraform would make of it', () => {
  const { code } = read(jsonOf({ ...CONTAINER, ...PAGE })).only('aws_cloudfront_function');
  const answer = runInNewContext(`${String(code)}\nhandler({ request: { method: 'GET', uri: '/' } })`) as {
    statusCode: number;
    body: { data: string };
  };

  expect(answer.statusCode).toBe(503);
  expect(answer.body.data).toContain('<p>Thành phố Huế</p>');
  expect(answer.body.data).toContain('<p>Hue City</p>');
});

test('without the key there is no sign of it', () => {
  const stack = read(jsonOf(CONTAINER));

  expect(
    stack.resources.filter(({ path, type }) => /failover|maintenance/.test(path) || /cloudfront/.test(type)),
  ).toEqual([]);
});

describe('the checker notices', () => {
  const json = jsonOf({ ...CONTAINER, ...PAGE });
  const failuresOf = (resource: StackJson['resource']): string[] =>
    judge(readStackJson({ resource }))
      .findings.filter(({ result, severity }) => result === 'fail' && severity !== 'notice')
      .map(({ rule, message }) => `${rule} ${message}`);
  const recordAt = (path: string): string => {
    const { address } = resourcesOf(json).find((one) => one.path === `portals/portal/${path}`)!;
    return address.split('.')[1]!;
  };
  const changed = (path: string, edit: (record: Record<string, unknown>) => void): string[] => {
    const resource = structuredClone(json.resource);
    edit(resource.aws_route53_record![recordAt(path)]!);
    return failuresOf(resource);
  };
  const without = (path: string): string[] => {
    const resource = structuredClone(json.resource);
    delete resource.aws_route53_record![recordAt(path)];
    return failuresOf(resource);
  };

  test.each(['A', 'AAAA'])('a second answer without %s', (type) => {
    const other = type === 'A' ? 'IPv6' : 'IPv4';

    expect(without(`failover/dns/portal.hue.gov.vn/${type}`).join()).toMatch(
      new RegExp(`V6-RES-002 when the primary fails, .* answers over ${other} alone|V6-DNS-00[12]`),
    );
  });

  test.each(['A', 'AAAA'])('a first %s that does not look at the targets', (type) => {
    const found = changed(`dns/portal.hue.gov.vn/${type}`, ({ alias }) => {
      (alias as Record<string, unknown>).evaluate_target_health = false;
    });

    expect(found.join()).toMatch(/V6-DNS-00[37]/);
  });

  test.each(['dns', 'failover/dns'])('a record of %s that takes no part in the failover', (where) => {
    const found = changed(`${where}/portal.hue.gov.vn/AAAA`, (record) => {
      delete record.failover_routing_policy;
    });

    expect(found.join()).toMatch(/V6-DNS-003 .*`failover_routing_policy`/);
  });

  test('a page without IPv6', () => {
    const resource = structuredClone(json.resource);
    const [distribution] = Object.values(resource.aws_cloudfront_distribution!);
    distribution!.is_ipv6_enabled = false;

    expect(failuresOf(resource).join()).toContain('V6-CF-001');
  });
});
