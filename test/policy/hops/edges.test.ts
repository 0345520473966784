import { edgesOf } from '../../../policy/hops/edges';
import type { ResourceGraph } from '../../../policy/resource-graph';
import { acceleratorStack } from '../../helpers/accelerator';
import { distributionStack, findAtDistribution } from '../../helpers/distribution';
import type { Step } from '../../helpers/hops';
import { type Edit, plainStack } from '../../helpers/plain-stack';

describe('edges', () => {
  test('are the load balancers that face the Internet, each with its names and what it serves', () => {
    const [edge] = edgesOf(plainStack());

    expect(edge!.resource.address).toBe('aws_lb.edge');
    expect(edge!.names).toEqual(['hue.gov.vn', 'www.hue.gov.vn']);
    expect(edge!.httpsListener?.address).toBe('aws_lb_listener.https');
    expect([...edge!.records.keys()]).toEqual([
      'hue.gov.vn A',
      'hue.gov.vn AAAA',
      'www.hue.gov.vn A',
      'www.hue.gov.vn AAAA',
    ]);
  });

  test.each<Step>([
    ['one inside the VPC', ({ aws_lb }) => (aws_lb!.edge!.internal = true)],
    ['a gateway load balancer', ({ aws_lb }) => (aws_lb!.edge!.load_balancer_type = 'gateway')],
  ])('are not %s', (_, edit) => {
    expect(edgesOf(plainStack(edit))).toEqual([]);
  });

  test('have no name where neither record nor certificate gives one', () => {
    const graph = plainStack((resources) => {
      resources.aws_route53_record = {};
      resources.aws_acm_certificate = {};
    });

    expect(edgesOf(graph)[0]!.names).toEqual([]);
  });

  test('have the name of their record, where the certificate is made elsewhere', () => {
    const graph = plainStack(({ aws_lb_listener }) => (aws_lb_listener!.https!.certificate_arn = 'arn:aws:acm:1'));

    expect(edgesOf(graph)[0]!.names).toEqual(['hue.gov.vn', 'www.hue.gov.vn']);
  });

  test('have the names of a certificate that is used without waiting for its validation', () => {
    const graph = plainStack((resources) => {
      resources.aws_lb_listener!.https!.certificate_arn = '${aws_acm_certificate.certificate.arn}';
      resources.aws_route53_record = {};
    });

    expect(edgesOf(graph)[0]!.names).toEqual(['hue.gov.vn', 'www.hue.gov.vn']);
  });

  test('take no records of another load balancer', () => {
    const graph = plainStack(({ aws_lb, aws_route53_record }) => {
      aws_lb!.other = { ip_address_type: 'ipv4' };
      aws_route53_record!.aaaa!.alias = { name: '${aws_lb.other.dns_name}' };
    });

    expect([...edgesOf(graph)[0]!.records.keys()]).not.toContain('hue.gov.vn AAAA');
  });
});

describe('a distribution', () => {
  test('is an edge, with the names of its aliases however they are spelled', () => {
    const [edge] = edgesOf(distributionStack());

    expect(edge).toMatchObject({ kind: 'distribution', names: ['hue.gov.vn'] });
    expect([...edge!.records.keys()]).toEqual(['hue.gov.vn A', 'hue.gov.vn AAAA']);
  });

  test('takes the load balancer behind it from the edges: that is its target', () => {
    const graph = distributionStack((resources) => {
      resources.aws_lb = { origin: { ip_address_type: 'ipv4' }, other: {} };
      resources.aws_cloudfront_distribution!.portal!.origin = [{ domain_name: '${aws_lb.origin.dns_name}' }];
    });

    expect(edgesOf(graph).map(({ resource }) => resource.address)).toEqual([
      'aws_lb.other',
      'aws_cloudfront_distribution.portal',
    ]);
  });
});

/** Each edge as `address: its names`. */
function rowsOf(graph: ResourceGraph): string[] {
  return edgesOf(graph).map(({ address, names }) => `${address}: ${names.join(' ')}`);
}

function alias(type: string, name: string, target: string): Record<string, unknown> {
  return { name, type, alias: { name: target } };
}

describe('a load balancer behind a distribution', () => {
  const origin: Edit = (resources) => {
    resources.aws_lb = { origin: { ip_address_type: 'dualstack' } };
    resources.aws_cloudfront_distribution!.portal!.origin = [{ domain_name: '${aws_lb.origin.dns_name}' }];
  };
  const named = (name: string): Edit => {
    return ({ aws_route53_record: records }) => (records!.origin = alias('A', name, '${aws_lb.origin.dns_name}'));
  };
  const distribution = 'aws_cloudfront_distribution.portal: hue.gov.vn';

  test('is an edge of its own under a name that citizens type', () => {
    expect(rowsOf(distributionStack(origin, named('old.hue.gov.vn')))).toEqual([
      'aws_lb.origin: old.hue.gov.vn',
      distribution,
    ]);
  });

  test('is none under a name to try IPv6 by, nor under that by which CloudFront asks', () => {
    const asked: Edit = ({ aws_cloudfront_distribution: distributions }) =>
      (distributions!.portal!.origin as unknown[]).push({ domain_name: 'Origin.hue.gov.vn' });

    expect(rowsOf(distributionStack(origin, named('v6.hue.gov.vn')))).toEqual([distribution]);
    expect(rowsOf(distributionStack(origin, named('origin.hue.gov.vn'), asked))).toEqual([distribution]);
  });
});

describe('an accelerator', () => {
  const FRONT = 'aws_globalaccelerator_accelerator.front';

  test('is the edge, with the load balancer behind it under its names', () => {
    const graph = acceleratorStack();
    const [edge, ...more] = edgesOf(graph);

    expect(more).toEqual([]);
    expect(edge).toMatchObject({
      kind: 'accelerator',
      address: FRONT,
      names: ['hue.gov.vn', 'www.hue.gov.vn'],
      behind: { complete: true },
    });
    expect([...edge!.records.keys()]).toEqual([
      'hue.gov.vn A',
      'hue.gov.vn AAAA',
      'www.hue.gov.vn A',
      'www.hue.gov.vn AAAA',
    ]);
    expect(edge!.behind.found).toMatchObject([
      { kind: 'load-balancer', address: 'aws_lb.edge', names: ['hue.gov.vn', 'www.hue.gov.vn'], port: 443 },
    ]);
    expect(edge!.behind.found[0]!.httpsListener).toBe(graph.at('aws_lb_listener.https'));
  });

  test('is the edge of a load balancer inside the VPC, too', () => {
    expect(rowsOf(acceleratorStack(({ aws_lb }) => (aws_lb!.edge!.internal = true)))).toEqual([
      `${FRONT}: hue.gov.vn www.hue.gov.vn`,
    ]);
  });

  test('leaves the load balancer an edge under records that lead to it directly', () => {
    const direct: Edit = ({ aws_route53_record: records }) =>
      (records!.direct = alias('A', 'direct.hue.gov.vn', '${aws_lb.edge.dns_name}'));
    const trial: Edit = ({ aws_route53_record: records }) =>
      (records!.trial = alias('AAAA', 'v6.hue.gov.vn', '${aws_lb.edge.dns_name}'));

    expect(rowsOf(acceleratorStack(direct))).toEqual([
      'aws_lb.edge: direct.hue.gov.vn',
      `${FRONT}: hue.gov.vn www.hue.gov.vn`,
    ]);
    expect(rowsOf(acceleratorStack(trial))).toEqual([`${FRONT}: hue.gov.vn www.hue.gov.vn`]);
  });

  test('has the names of the certificate behind it where the zone is elsewhere', () => {
    expect(rowsOf(acceleratorStack((resources) => void (resources.aws_route53_record = {})))).toEqual([
      `${FRONT}: hue.gov.vn www.hue.gov.vn`,
    ]);
  });

  test('is one without any name, too, where a load balancer is behind it', () => {
    const unnamed: Edit = (resources) => {
      resources.aws_route53_record = {};
      resources.aws_acm_certificate = {};
    };

    expect(rowsOf(acceleratorStack(unnamed))).toEqual([`${FRONT}: `]);
  });

  test('has no name to try IPv6 by', () => {
    const trial: Edit = ({ aws_route53_record: records }) =>
      (records!.trial = alias('AAAA', 'ipv6.hue.gov.vn', `\${${FRONT}.dual_stack_dns_name}`));

    expect(rowsOf(acceleratorStack(trial))).toEqual([`${FRONT}: hue.gov.vn www.hue.gov.vn`]);
  });

  test('is one without anything of this input behind it only under a name', () => {
    const elsewhere: Edit = (resources) => void (resources.aws_globalaccelerator_endpoint_group = {});
    const unnamed: Edit = (resources) => void (resources.aws_route53_record = {});

    expect(rowsOf(acceleratorStack(elsewhere))).toContain(`${FRONT}: hue.gov.vn www.hue.gov.vn`);
    expect(rowsOf(acceleratorStack(elsewhere, unnamed))).toEqual(['aws_lb.edge: hue.gov.vn www.hue.gov.vn']);
  });
});

describe('names that lead to no load balancer or distribution of this input', () => {
  const EDGE = 'aws_lb.edge: hue.gov.vn www.hue.gov.vn';
  const withRecords = (...records: Record<string, unknown>[]): Edit => {
    return (resources) => {
      Object.assign(resources.aws_route53_record!, Object.fromEntries(records.map((one, i) => [`more-${i}`, one])));
    };
  };
  const rows = (...edits: readonly Edit[]): string[] => {
    const [edge, ...more] = rowsOf(plainStack(...edits));
    expect(edge).toBe(EDGE);
    return more;
  };
  const pair = (name: string, target: string) => ['A', 'AAAA'].map((type) => alias(type, name, target));

  test.each<[string, string, string]>([
    ['a name of CloudFront', 'D111.cloudfront.net.', 'd111.cloudfront.net'],
    [
      'a load balancer by its name',
      'dualstack.x-1.ap-southeast-1.elb.amazonaws.com',
      'x-1.ap-southeast-1.elb.amazonaws.com',
    ],
    ['a website of S3', 's3-website-ap-southeast-1.amazonaws.com', 's3-website-ap-southeast-1.amazonaws.com'],
    ['a hidden target', '${var.target}${var.suffix}', '${var.target}${var.suffix}'],
    ['a hidden target of each instance', '${each.value}-${each.key}', 'aws_route53_record.more-0'],
  ])('are kept by where they lead: %s', (_, target, address) => {
    const named: Edit = (resources) => {
      resources.aws_lb!.second = { internal: true };
      for (const record of pair('portal.hue.gov.vn', target)) withRecords(record)(resources);
    };

    expect(rows(named)).toEqual([`${address}: portal.hue.gov.vn`]);
  });

  test('share a row where they lead to one place, whichever of its names they use', () => {
    const records = [
      alias('A', 'one.hue.gov.vn', 'a1.awsglobalaccelerator.com'),
      alias('AAAA', 'one.hue.gov.vn', 'a1.dualstack.awsglobalaccelerator.com'),
      alias('A', 'two.hue.gov.vn', 'a1.awsglobalaccelerator.com'),
    ];

    expect(rows(withRecords(...records))).toEqual(['a1.awsglobalaccelerator.com: one.hue.gov.vn two.hue.gov.vn']);
  });

  test('are those of an API by its domain name, which is none without records', () => {
    const api: Edit = (resources) => {
      resources.aws_apigatewayv2_domain_name = { forms: { domain_name: 'forms.hue.gov.vn' }, unused: {} };
    };
    const target = '${aws_apigatewayv2_domain_name.forms.domain_name_configuration[0].target_domain_name}';

    expect(rows(api, withRecords(...pair('forms.hue.gov.vn', target)))).toEqual([
      'aws_apigatewayv2_domain_name.forms: forms.hue.gov.vn',
    ]);
    expect(edgesOf(plainStack(api, withRecords(...pair('forms.hue.gov.vn', target))))[1]).toMatchObject({
      kind: 'api',
    });
  });

  test('are those of a host by its addresses, over both families and by other names', () => {
    const host = (type: string, address: string) => ({ name: 'host.hue.gov.vn', type, ttl: 300, records: [address] });
    const records = [
      host('A', '203.162.0.1'),
      host('AAAA', '2406:da18::1'),
      alias('A', 'also.hue.gov.vn', 'host.hue.gov.vn'),
    ];

    expect(rows(withRecords(...records))).toEqual(['203.162.0.1, 2406:da18::1: host.hue.gov.vn also.hue.gov.vn']);
  });

  test('are those of a host whose address is made here, and of one that only apply will know', () => {
    const host = (name: string, address: string) => ({ name, type: 'A', ttl: 300, records: [address] });

    expect(
      rows(withRecords(host('eip.hue.gov.vn', '${aws_eip.x.public_ip}'), host('each.hue.gov.vn', '${each.value}'))),
    ).toEqual(['${aws_eip.x.public_ip}: eip.hue.gov.vn', 'aws_route53_record.more-1: each.hue.gov.vn']);
  });

  test.each<[string, Record<string, unknown>]>([
    ['names to try IPv6 by', alias('AAAA', 'v6.portal.hue.gov.vn', 'd111.cloudfront.net')],
    ['private addresses', { name: 'inner.hue.gov.vn', type: 'A', ttl: 300, records: ['10.0.0.1', '192.168.0.1'] }],
    ['records of other types', { name: 'www2.hue.gov.vn', type: 'CNAME', ttl: 300, records: ['d111.cloudfront.net'] }],
    [
      'proofs of certificates',
      { name: '${aws_acm_certificate.certificate.x}', type: 'CNAME', ttl: 60, records: ['x'] },
    ],
    ['names that are hidden', alias('A', '${each.value}', 'd111.cloudfront.net')],
    ['what is only inside', alias('A', 'inner.hue.gov.vn', '${aws_lb.inner.dns_name}')],
    ['endpoints of a VPC', alias('A', 'api.hue.gov.vn', '${aws_vpc_endpoint.api.dns_entry[0].dns_name}')],
  ])('are not %s', (_, record) => {
    const others: Edit = (resources) => {
      resources.aws_lb!.inner = { internal: true };
      resources.aws_vpc_endpoint = { api: {} };
    };

    expect(rows(others, withRecords(record))).toEqual([]);
  });

  test('are not records that lead in a circle', () => {
    const records = [
      alias('A', 'round.hue.gov.vn', 'about.hue.gov.vn'),
      alias('A', 'about.hue.gov.vn', 'round.hue.gov.vn'),
    ];

    expect(rows(withRecords(...records))).toEqual([]);
  });

  test('are those of what is only inside where their zone is seen to be public', () => {
    const zone: Edit = (resources) => {
      resources.aws_lb!.inner = { internal: true };
      resources.aws_route53_zone = { hue: { name: 'hue.gov.vn' } };
    };
    const zone_id = '${aws_route53_zone.hue.zone_id}';

    expect(rows(zone, withRecords({ ...alias('A', 'inner.hue.gov.vn', '${aws_lb.inner.dns_name}'), zone_id }))).toEqual(
      ['aws_lb.inner: inner.hue.gov.vn'],
    );
  });

  test('are none of a private zone', () => {
    const zone: Edit = (resources) => {
      resources.aws_route53_zone = { inside: { name: 'hue.gov.vn', vpc: [{ vpc_id: '${aws_vpc.vpc.id}' }] } };
    };
    const record = {
      ...alias('A', 'x.hue.gov.vn', 'd111.cloudfront.net'),
      zone_id: '${aws_route53_zone.inside.zone_id}',
    };

    expect(rows(zone, withRecords(record))).toEqual([]);
  });
});

describe('at a distribution', () => {
  const distribution = (change: Record<string, unknown>): Edit => {
    return ({ aws_cloudfront_distribution }) => void Object.assign(aws_cloudfront_distribution!.portal!, change);
  };

  test.each(['dns', 'edge', 'listener', 'firewall', 'route', 'target'] as const)('%s is open to both', (hop) => {
    expect(findAtDistribution(hop, 'ipv4')).toEqual({ state: 'pass' });
    expect(findAtDistribution(hop, 'ipv6')).toEqual({ state: 'pass' });
  });

  test('IPv6 is off as long as nobody turns it on: Terraform’s default differs from the console’s', () => {
    expect(findAtDistribution('edge', 'ipv6', distribution({ is_ipv6_enabled: undefined })).state).toBe('fail');
    expect(findAtDistribution('edge', 'ipv4', distribution({ is_ipv6_enabled: undefined })).state).toBe('pass');
    expect(findAtDistribution('edge', 'ipv6', distribution({ is_ipv6_enabled: '${var.ipv6}' })).state).toBe('unknown');
  });

  test('an origin elsewhere is not known, and none is a closed door', () => {
    expect(
      findAtDistribution('target', 'ipv6', distribution({ origin: [{ domain_name: 'old.hue.gov.vn' }] })).state,
    ).toBe('unknown');
    expect(findAtDistribution('target', 'ipv6', distribution({ origin: [] })).state).toBe('fail');
  });
});

describe('names of a portal', () => {
  test('are those of its records, where a certificate is shared or has a wildcard', () => {
    const graph = plainStack(
      ({ aws_acm_certificate }) =>
        (aws_acm_certificate!.certificate!.subject_alternative_names = ['*.hue.gov.vn', 'mail.hue.gov.vn']),
    );

    expect(edgesOf(graph)[0]!.names).toEqual(['hue.gov.vn', 'www.hue.gov.vn']);
  });

  test('are no wildcards, which nobody types', () => {
    const graph = plainStack((resources) => {
      resources.aws_route53_record = {};
      resources.aws_acm_certificate!.certificate!.subject_alternative_names = ['*.hue.gov.vn'];
    });

    expect(edgesOf(graph)[0]!.names).toEqual(['hue.gov.vn']);
  });

  test('have no records in a private zone', () => {
    const graph = plainStack((resources) => {
      resources.aws_route53_zone = { inside: { name: 'hue.gov.vn', vpc: [{ vpc_id: '${aws_vpc.vpc.id}' }] } };
      resources.aws_route53_record!.aaaa!.zone_id = '${aws_route53_zone.inside.zone_id}';
    });

    expect([...edgesOf(graph)[0]!.records.keys()]).not.toContain('hue.gov.vn AAAA');
  });
});
