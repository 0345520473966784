import { blocks } from '../helpers/blocks';
import { agencyFile, CONTAINER, GATEWAY, production, productionJson } from '../helpers/agency';
import { stackJson } from '../../stacks/synthesize';
import { readStackJson } from '../../policy/sources/stack-json';

describe('the provider', () => {
  test('refuses any other account and tags everything with whose it is and what may be in it', () => {
    expect(productionJson().provider.aws).toEqual([
      {
        region: 'ap-southeast-1',
        allowed_account_ids: ['111122223333'],
        default_tags: [
          {
            tags: {
              agency: 'hue',
              environment: 'production',
              'managed-by': 'portal6',
              'data-location': 'abroad',
              'security-level': '3',
            },
          },
        ],
      },
    ]);
  });

  test.each([
    ['5.100', '>= 5.100.0, < 7.0.0'],
    ['6.25', '>= 6.25.0, < 7.0.0'],
  ] as const)('of at least %s is a range, so that a lock file chooses the version', (minimum, version) => {
    expect(productionJson({ provider: { minimum } }).terraform).toMatchObject({
      required_version: '>= 1.10',
      required_providers: { aws: { source: 'aws', version } },
    });
  });
});

describe('the state', () => {
  test('is local without a path, because a path would differ from machine to machine', () => {
    expect(productionJson().terraform.backend).toEqual({ local: {} });
  });

  test('is in the bucket, encrypted and locked by a file, when the file names one', () => {
    expect(productionJson({ state: { bucket: 'hue-tfstate' } }).terraform.backend).toEqual({
      s3: {
        bucket: 'hue-tfstate',
        key: 'hue-production/terraform.tfstate',
        region: 'ap-southeast-1',
        encrypt: true,
        use_lockfile: true,
      },
    });
    expect(productionJson({ state: { bucket: 'hue-tfstate', region: 'us-east-1' } }).terraform.backend).toMatchObject({
      s3: { region: 'us-east-1' },
    });
  });
});

test('the stack asks AWS nothing: it has no data sources', () => {
  expect(productionJson()).not.toHaveProperty('data');
});

describe('publishing', () => {
  const records = (aaaa: 'off' | 'staged' | 'live') =>
    production({ portals: { portal: { ...CONTAINER, publish: { aaaa } } } })
      .ofType('aws_route53_record')
      .map(({ attributes }) => `${String(attributes.name)} ${String(attributes.type)}`)
      .filter((record) => / A+$/.test(record))
      .sort();
  const types = (aaaa: 'off' | 'staged' | 'live') =>
    new Set(Object.keys(productionJson({ portals: { portal: { ...CONTAINER, publish: { aaaa } } } }).resource));

  test('off gives citizens IPv4 alone, and nobody probes', () => {
    expect(records('off')).toEqual(['portal.hue.gov.vn A', 'www.hue.gov.vn A']);
    expect(types('off')).not.toContain('aws_lambda_function');
    expect(types('off')).not.toContain('aws_route53_health_check');
  });

  test('staged gives the AAAA to the staged name alone, and the probe asks for that one', () => {
    expect(records('staged')).toEqual(['portal.hue.gov.vn A', 'v6.portal.hue.gov.vn AAAA', 'www.hue.gov.vn A']);
    const [schedule] = production({ portals: { portal: { ...CONTAINER, publish: { aaaa: 'staged' } } } }).ofType(
      'aws_scheduler_schedule',
    );
    expect(JSON.parse(String(blocks(schedule?.attributes.target)[0]?.input))).toMatchObject({
      host: 'portal.hue.gov.vn',
      lookup: 'v6.portal.hue.gov.vn',
    });
  });

  test('live gives every name both, and keeps the staged name to verify by', () => {
    expect(records('live')).toEqual([
      'portal.hue.gov.vn A',
      'portal.hue.gov.vn AAAA',
      'v6.portal.hue.gov.vn AAAA',
      'www.hue.gov.vn A',
      'www.hue.gov.vn AAAA',
    ]);
  });

  test('going live changes records, what the probe asks for, and adds an alarm; nothing else', () => {
    const staged = productionJson({ portals: { portal: { ...CONTAINER, publish: { aaaa: 'staged' } } } }).resource;
    const live = productionJson({ portals: { portal: CONTAINER } }).resource;
    const changed = Object.keys(live).filter((type) => JSON.stringify(live[type]) !== JSON.stringify(staged[type]));

    expect(changed.sort()).toEqual(['aws_cloudwatch_metric_alarm', 'aws_route53_record', 'aws_scheduler_schedule']);
  });

  test('takes over records that exist only where the file says so', () => {
    const overwrites = (takeOver: boolean) =>
      production({ portals: { portal: { ...CONTAINER, takeOver } } })
        .ofType('aws_route53_record')
        .filter(({ attributes }) => attributes.type !== 'CNAME')
        .map(({ attributes }) => attributes.allow_overwrite);

    expect(new Set(overwrites(false))).toEqual(new Set([undefined]));
    expect(new Set(overwrites(true))).toEqual(new Set([true]));
  });
});

describe('a zone', () => {
  const created = (delegated: boolean) =>
    production({ portals: { portal: { ...CONTAINER, aliases: [], zone: { create: true, delegated } } } });

  test('that waits for its delegation is all there is of the portal', () => {
    const types = Object.keys(
      productionJson({ portals: { portal: { ...CONTAINER, zone: { create: true, delegated: false } } } }).resource,
    );
    expect(types).toContain('aws_route53_zone');
    expect(types).not.toContain('aws_lb');
    expect(types).not.toContain('aws_acm_certificate');
  });

  test('that is delegated holds every record of the portal, and says who may issue certificates', () => {
    const graph = created(true);
    const [zone] = graph.ofType('aws_route53_zone');
    const records = graph.ofType('aws_route53_record');

    expect(zone?.attributes.name).toBe('portal.hue.gov.vn');
    for (const record of records) expect(graph.referencesIn(record.attributes.zone_id)).toEqual([zone]);
    expect(records.find(({ attributes }) => attributes.type === 'CAA')?.attributes.records).toEqual([
      '0 issue "amazon.com"',
      '0 issuewild ";"',
    ]);
  });

  test('below another one of the stack is delegated from there, from the nearest one, and by nobody else', () => {
    const zone = { create: true as const, delegated: true };
    const graph = production({
      portals: {
        a: { ...CONTAINER, domain: 'x.motcua.hue.gov.vn', aliases: [], zone },
        b: { ...CONTAINER, domain: 'motcua.hue.gov.vn', aliases: [], zone },
        c: { ...CONTAINER, domain: 'hue.gov.vn', aliases: [], zone },
        d: { ...CONTAINER, domain: 'hanoi.gov.vn', aliases: [], zone },
      },
    });
    const delegations = graph
      .ofType('aws_route53_record')
      .filter(({ attributes }) => attributes.type === 'NS')
      .map(({ attributes }) => [
        attributes.name,
        graph.referencesIn(attributes.zone_id).map((one) => one.attributes.name),
        graph.referencesIn(attributes.records).map((one) => one.attributes.name),
      ]);

    expect(delegations).toEqual([
      ['x.motcua.hue.gov.vn', ['motcua.hue.gov.vn'], ['x.motcua.hue.gov.vn']],
      ['motcua.hue.gov.vn', ['hue.gov.vn'], ['motcua.hue.gov.vn']],
    ]);
  });

  test('that is there already gets a CAA only from an explicit list', () => {
    const caa = (list?: string[]) =>
      production({ portals: { portal: { ...CONTAINER, caa: list } } })
        .ofType('aws_route53_record')
        .filter(({ attributes }) => attributes.type === 'CAA')
        .map(({ attributes }) => attributes.records);

    expect(caa()).toEqual([]);
    expect(caa(['amazon.com'])).toEqual([['0 issue "amazon.com"', '0 issuewild ";"']]);
  });

  test('that is elsewhere gets no record here; an output lists what to enter by hand', () => {
    const json = productionJson({ portals: { portal: { ...CONTAINER, zone: { external: true } } } });
    const entered = json.output.records_to_enter_portal?.value as { name: string; type: string }[];

    expect(json.resource).not.toHaveProperty('aws_route53_record');
    expect(entered.filter(({ name }) => !name.includes('${')).map(({ name, type }) => `${name} ${type}`)).toEqual([
      'v6.portal.hue.gov.vn CNAME',
      'portal.hue.gov.vn CNAME',
      'www.hue.gov.vn CNAME',
    ]);
    expect(entered.filter(({ name }) => name.includes('resource_record_name'))).toHaveLength(3);
  });
});

describe('protection from deletion', () => {
  const isProtected = (environmentId: string, choice?: boolean) => {
    const { agency, environments } = agencyFile({ protected: choice });
    const config = { agency, environments: { [environmentId]: environments.production! } };
    return readStackJson(stackJson({ config })).ofType('aws_lb')[0]?.attributes.enable_deletion_protection;
  };

  test.each([
    ['production', undefined, true],
    ['staging', undefined, false],
    ['production', false, false],
    ['staging', true, true],
  ])('in %s, where the file says %s, is %s', (environmentId, choice, expected) => {
    expect(isProtected(environmentId, choice)).toBe(expected);
  });
});

describe('portals', () => {
  test('send their alarms to the address they name, else to the agency', () => {
    const emails = (alarms?: { email: string }) =>
      production({ portals: { portal: { ...CONTAINER, alarms } } })
        .ofType('aws_sns_topic_subscription')
        .map(({ attributes }) => attributes.endpoint);

    expect(emails()).toEqual(['ipv6@hue.gov.vn']);
    expect(emails({ email: 'web@hue.gov.vn' })).toEqual(['web@hue.gov.vn']);
  });

  test('behind one transit gateway share one attachment, because a VPC takes one, and their ranges are merged', () => {
    const behind = (domain: string, routes: string[]) => ({
      ...GATEWAY,
      domain,
      hosting: {
        type: 'gateway' as const,
        origin: { addresses: [routes[0]!.replace('.0.0/16', '.0.1')] },
        connection: { transitGateway: 'tgw-0123456789abcdef0', routes },
      },
    });
    const graph = production({
      portals: {
        a: behind('a.hue.gov.vn', ['10.2.0.0/16']),
        b: behind('b.hue.gov.vn', ['10.1.0.0/16', '10.2.0.0/16']),
      },
    });

    expect(graph.ofType('aws_ec2_transit_gateway_vpc_attachment')).toHaveLength(1);
    expect(
      graph
        .ofType('aws_route')
        .filter(({ attributes }) => 'transit_gateway_id' in attributes)
        .map(({ attributes }) => attributes.destination_cidr_block)
        .sort(),
    ).toEqual(['10.1.0.0/16', '10.2.0.0/16']);
  });

  test('without NAT get endpoints for the kinds of secrets that they use', () => {
    const services = (secrets: Record<string, string>) =>
      production({
        network: { ipv4: '10.46.0.0/20', nat: 'none' },
        portals: { portal: { ...CONTAINER, hosting: { ...CONTAINER.hosting, type: 'container', secrets } as never } },
      })
        .ofType('aws_vpc_endpoint')
        .map(({ attributes }) => String(attributes.service_name).split('ap-southeast-1.')[1]);

    expect(services({})).not.toContain('ssm');
    expect(services({ KEY: 'arn:aws:ssm:ap-southeast-1:111122223333:parameter/key' })).toContain('ssm');
    expect(services({ KEY: 'arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:key-AbCdEf' })).toContain(
      'secretsmanager',
    );
  });
});

test('a gateway speaks to port 443, or 80 over HTTP, unless the file says another', () => {
  const ports = (origin: object) =>
    production({ portals: { motcua: { ...GATEWAY, hosting: { ...GATEWAY.hosting, origin } as never } } })
      .ofType('aws_lb_target_group')
      .map(({ attributes }) => [attributes.protocol, attributes.port]);

  expect(ports({ addresses: ['10.1.2.3'] })).toEqual([['HTTPS', 443]]);
  expect(ports({ addresses: ['10.1.2.3'], protocol: 'http' })).toEqual([['HTTP', 80]]);
  expect(ports({ addresses: ['10.1.2.3'], protocol: 'http', port: 8080 })).toEqual([['HTTP', 8080]]);
});

describe('an existing network', () => {
  const network = {
    existing: {
      vpc: 'vpc-0123456789abcdef0',
      ipv4: '10.9.0.0/16',
      ipv6: '2001:db8:9::/56',
      subnets: {
        public: [
          { id: 'subnet-0000000000000000b', zone: 'b' as const, ipv6: '2001:db8:9:1::/64' },
          { id: 'subnet-0000000000000000a', zone: 'a' as const, ipv6: '2001:db8:9::/64' },
        ],
        app: [
          { id: 'subnet-0000000000000001a', zone: 'a' as const, ipv6: '2001:db8:9:10::/64' },
          { id: 'subnet-0000000000000001b', zone: 'b' as const, ipv6: '2001:db8:9:11::/64' },
        ],
      },
    },
  };

  test('carries portals as a built one does', () => {
    const graph = production({ network });

    expect(graph.ofType('aws_lb')[0]?.attributes.subnets).toEqual([
      'subnet-0000000000000000a',
      'subnet-0000000000000000b',
    ]);
    expect(blocks(graph.ofType('aws_ecs_service')[0]?.attributes.network_configuration)[0]?.subnets).toEqual([
      'subnet-0000000000000001a',
      'subnet-0000000000000001b',
    ]);
    expect(graph.ofType('aws_lb_target_group')[0]?.attributes.vpc_id).toBe('vpc-0123456789abcdef0');
  });

  test('is not touched: all network resources are those of the probe', () => {
    const graph = production({ network });
    for (const type of ['aws_vpc', 'aws_subnet', 'aws_route', 'aws_network_acl', 'aws_flow_log', 'aws_vpc_endpoint']) {
      for (const { constructPath } of graph.ofType(type)) expect(constructPath).toMatch(/^hue-production\/probe\//);
    }
  });
});

test('outputs name what the steps after apply read', () => {
  const { output } = productionJson();

  expect(Object.keys(output).sort()).toEqual(['network', 'portal_portal']);
  expect(output.portal_portal?.value).toMatchObject({
    domain: 'portal.hue.gov.vn',
    aliases: ['www.hue.gov.vn'],
    staged_name: 'v6.portal.hue.gov.vn',
    aaaa: 'live',
  });
});

test('names stay within what AWS takes, and long ones that begin alike stay apart', () => {
  const portals = {
    'cong-dich-vu-cong-truc-tuyen-a': { ...CONTAINER, domain: 'a.hue.gov.vn', aliases: [] },
    'cong-dich-vu-cong-truc-tuyen-b': { ...CONTAINER, domain: 'b.hue.gov.vn', aliases: [] },
  };
  const graph = production({ portals });
  const names = graph.ofType('aws_lb').map(({ attributes }) => String(attributes.name));

  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(name).toMatch(/^[a-z0-9-]{1,32}$/);
  for (const { attributes } of graph.ofType('aws_scheduler_schedule')) {
    expect(String(attributes.name).length).toBeLessThanOrEqual(64);
  }
});
