import type { ResourceGraph } from '../../policy/resource-graph';
import { readStackJson } from '../../policy/sources/stack-json';
import { blocks } from '../helpers/blocks';
import { CDN_GATEWAY, CONTAINER, productionJson, STATIC, type StackJson } from '../helpers/agency';

type Environment = NonNullable<Parameters<typeof productionJson>[0]>;
type Portals = NonNullable<Environment['portals']>;

const json = (portals: Portals, changes: Environment = {}): StackJson =>
  productionJson({ network: undefined, portals, ...changes });
const graphOf = (portals: Portals, changes: Environment = {}): ResourceGraph => readStackJson(json(portals, changes));

const BOTH = { tin: STATIC, cong: CDN_GATEWAY };

describe.each<[string, Portals, string]>([
  ['a static portal', { tin: STATIC }, 'tin.hue.gov.vn'],
  ['a gateway to a public name', { cong: CDN_GATEWAY }, 'cong.hue.gov.vn'],
])('%s', (_, portals, domain) => {
  const stack = json(portals);
  const graph = graphOf(portals);
  const [distribution] = graph.ofType('aws_cloudfront_distribution');

  test('has a distribution for its names and the one to try IPv6 by, over both families', () => {
    const { aliases = [] } = Object.values(portals)[0]!;

    expect(distribution?.attributes).toMatchObject({
      aliases: [domain, ...aliases, `v6.${domain}`],
      is_ipv6_enabled: true,
    });
  });

  test('has no VPC but that of the probe, no load balancer and no logs of one', () => {
    expect(graph.ofType('aws_vpc').map(({ constructPath }) => constructPath)).toEqual(['hue-production/probe/vpc']);
    for (const type of ['aws_lb', 'aws_nat_gateway', 'aws_ecs_service']) expect(graph.ofType(type)).toEqual([]);
    expect(graph.ofType('aws_s3_bucket').map(({ constructPath }) => constructPath)).not.toContain(
      'hue-production/access-logs/Resource',
    );
    expect(stack.output).not.toHaveProperty('network');
  });

  test('has its certificate from us-east-1, where alone CloudFront looks', () => {
    expect(stack.provider.aws.map(({ alias, region }) => [alias, region])).toEqual([
      [undefined, 'ap-southeast-1'],
      ['us-east-1', 'us-east-1'],
    ]);
    for (const type of ['aws_acm_certificate', 'aws_acm_certificate_validation']) {
      expect(graph.ofType(type).map((one) => one.known('provider'))).toEqual(['aws.us-east-1']);
    }
    expect(graph.referencesIn(distribution?.attributes.viewer_certificate)).toEqual(
      graph.ofType('aws_acm_certificate_validation'),
    );
  });

  test('leads both families to the distribution, whose health Route 53 cannot see', () => {
    const records = graph.ofType('aws_route53_record').filter((record) => record.has('alias'));
    const types = (name: string) =>
      records.filter((record) => record.is('name', name)).map((record) => record.known('type'));

    expect(types(domain)).toEqual(['A', 'AAAA']);
    expect(types(`v6.${domain}`)).toEqual(['AAAA']);
    for (const record of records) {
      expect(graph.referencesIn(record.attributes.alias)).toEqual([distribution]);
      expect(record.block('alias').is('evaluate_target_health', false)).toBe(true);
    }
  });

  test('is watched by the probe; CloudFront counts no requests by family, so there is no alarm on a share', () => {
    const [schedule] = graph.ofType('aws_scheduler_schedule');

    expect(JSON.parse(String(blocks(schedule?.attributes.target)[0]?.input))).toMatchObject({
      host: domain,
      path: '/',
      codes: '200-399',
    });
    expect(JSON.stringify(graph.ofType('aws_cloudwatch_metric_alarm'))).toContain('Ipv6Available');
    expect(JSON.stringify(graph.ofType('aws_cloudwatch_metric_alarm'))).not.toContain('IPv6RequestCount');
  });

  test('has access logs in the bucket of the stack, under its own name', () => {
    const [id] = Object.keys(portals);

    expect(distribution?.block('logging_config').known('prefix')).toBe(`${id}/`);
    expect(
      graph.referencesIn(distribution?.attributes.logging_config).map(({ constructPath }) => constructPath),
    ).toEqual(['hue-production/distribution-logs/Resource']);
  });

  test('in us-east-1 needs no second provider', () => {
    expect(json(portals, { region: 'us-east-1' }).provider.aws).toHaveLength(1);
  });

  test('in a zone elsewhere is a list of CNAMEs to enter, for the certificate and to the distribution', () => {
    const [[id, portal]] = Object.entries(portals) as [[string, Portals[string]]];
    const { output, resource } = json({ [id]: { ...portal, aliases: [], zone: { external: true } } });
    const entered = output[`records_to_enter_${id}`]?.value as { name: string; type: string; value: string }[];

    expect(resource).not.toHaveProperty('aws_route53_record');
    expect(entered.map(({ type }) => type)).toEqual(Array.from({ length: 4 }, () => 'CNAME'));
    expect(entered.slice(2).map(({ name }) => name)).toEqual([`v6.${domain}`, domain]);
    for (const { value } of entered.slice(2))
      expect(value).toMatch(/^\$\{aws_cloudfront_distribution\..*domain_name\}$/);
  });

  test('is a zone and nothing else while that waits for its delegation', () => {
    const [[id, portal]] = Object.entries(portals) as [[string, Portals[string]]];
    const { resource } = json({ [id]: { ...portal, aliases: [], zone: { create: true } } });

    expect(resource).toHaveProperty('aws_route53_zone');
    for (const type of ['aws_cloudfront_distribution', 'aws_s3_bucket', 'aws_vpc'])
      expect(resource).not.toHaveProperty(type);
  });

  test('going live changes records and what the probe asks for, nothing else', () => {
    const [[id, portal]] = Object.entries(portals) as [[string, Portals[string]]];
    const staged = json({ [id]: { ...portal, publish: { aaaa: 'staged' } } }).resource;
    const changed = Object.keys(stack.resource).filter(
      (type) => JSON.stringify(stack.resource[type]) !== JSON.stringify(staged[type]),
    );

    expect(changed.sort()).toEqual(['aws_route53_record', 'aws_scheduler_schedule']);
  });
});

test('a portal behind CloudFront changes nothing of one that is not, but for what all portals share', () => {
  const alone = productionJson({ portals: { portal: CONTAINER } }).resource;
  const beside = productionJson({ portals: { portal: CONTAINER, ...BOTH } }).resource;
  const named = (resource: StackJson['resource']) =>
    Object.entries(resource).flatMap(([type, all]) =>
      Object.entries(all).map(([name, one]) => [`${type}.${name}`, one] as const),
    );
  const after = new Map(named(beside));
  const changed = named(alone).filter(([address, one]) => JSON.stringify(one) !== JSON.stringify(after.get(address)));

  expect(changed.map(([address]) => address)).toEqual(
    // It lets CloudFront read what is encrypted with it.
    named(alone)
      .map(([address]) => address)
      .filter((address) => address.startsWith('aws_kms_key.data-key')),
  );
});

describe('a secret', () => {
  test('is a variable without a value in the JSON, named by its portal', () => {
    const { variable } = json({ 'cong-tin': CDN_GATEWAY }) as StackJson & { variable: Record<string, object> };

    expect(Object.keys(variable)).toEqual(['origin_secret_cong_tin']);
    expect(variable.origin_secret_cong_tin).toEqual({
      type: 'string',
      sensitive: true,
      nullable: false,
      description: expect.stringContaining('goc.hue.gov.vn'),
      validation: [
        {
          condition: '${var.origin_secret_cong_tin != ""}',
          error_message: 'Give origin_secret_cong_tin a value: it is empty.',
        },
      ],
    });
  });

  test('is asked for by gateways to a name alone', () => {
    expect(json({ tin: STATIC })).not.toHaveProperty('variable');
    expect(productionJson()).not.toHaveProperty('variable');
  });
});

test('outputs name the distribution, and the bucket to publish to', () => {
  const { output } = json(BOTH);
  const reference = (type: string, attribute: string): unknown =>
    expect.stringMatching(new RegExp(`^\\$\\{${type}\\.[\\w-]+\\.${attribute}\\}$`));

  expect(output.portal_tin?.value).toEqual({
    domain: 'tin.hue.gov.vn',
    aliases: ['www.tin.hue.gov.vn'],
    staged_name: 'v6.tin.hue.gov.vn',
    aaaa: 'live',
    distribution: reference('aws_cloudfront_distribution', 'domain_name'),
    distribution_id: reference('aws_cloudfront_distribution', 'id'),
    bucket: reference('aws_s3_bucket', 'bucket'),
  });
  expect(output.portal_cong?.value).not.toHaveProperty('bucket');
});
