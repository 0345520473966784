import type { Family } from '../../../core/cidr';
import { edgesOf } from '../../../policy/hops/edges';
import type { HopResult } from '../../../policy/hops/hop';
import { hopsOf } from '../../../policy/hops/hops';
import type { ResourceGraph } from '../../../policy/resource-graph';
import { findAtAccelerator } from '../../helpers/accelerator';
import { distributionStack, findAtDistribution } from '../../helpers/distribution';
import { expectBoth, fail, find, PASS, unknown } from '../../helpers/hops';
import { type Edit, plainStack } from '../../helpers/plain-stack';

describe('dns', () => {
  test('without its AAAA, a name is reached over IPv4 alone', () => {
    expectBoth('dns', ({ aws_route53_record }) => delete aws_route53_record!.aaaa, {
      ipv4: PASS,
      ipv6: fail('publish AAAA for hue.gov.vn'),
    });
  });

  test('without its A, a name is reached over IPv6 alone', () => {
    expectBoth('dns', ({ aws_route53_record }) => delete aws_route53_record!.a, {
      ipv4: fail('publish A for hue.gov.vn'),
      ipv6: PASS,
    });
  });

  test('every public name counts, and the reason names all that lack it', () => {
    const edit: Edit = ({ aws_route53_record: records }) => {
      delete records!.aaaa;
      delete records!['www-aaaa'];
    };

    expect(find('dns', 'ipv6', edit)).toEqual(fail('publish AAAA for hue.gov.vn, www.hue.gov.vn'));
  });

  test('the AAAA of the staged name is for the operator, not for citizens', () => {
    const edit: Edit = ({ aws_route53_record: records }) => {
      records!.staged = { ...records!.aaaa, name: 'v6.hue.gov.vn' };
      delete records!.aaaa;
      delete records!['www-aaaa'];
    };

    expect(find('dns', 'ipv6', edit)).toEqual(fail('publish AAAA for hue.gov.vn, www.hue.gov.vn'));
  });

  test('records in a zone elsewhere cannot be seen', () => {
    expectBoth('dns', (resources) => void (resources.aws_route53_record = {}), {
      ipv4: unknown('enter the records: the zone is outside, so A records cannot be seen here'),
      ipv6: unknown('enter the records: the zone is outside, so AAAA records cannot be seen here'),
    });
  });
});

/** What a family finds at the hop of each edge, by its address. */
function byEdge(graph: ResourceGraph, family: Family): Record<string, HopResult> {
  return Object.fromEntries(edgesOf(graph).map((edge) => [edge.address, hopsOf(graph, edge, family).dns]));
}

function alias(type: string, name: string, target: string): Record<string, unknown> {
  return { name, type, alias: { name: target } };
}

describe('dns of a name with several records', () => {
  const two: Edit = (resources) => (resources.aws_lb!.green = { ...resources.aws_lb!.edge });
  const set = (type: string, id: string, balancer: string) => ({
    ...alias(type, 'hue.gov.vn', `\${aws_lb.${balancer}.dns_name}`),
    set_identifier: id,
    weighted_routing_policy: { weight: 50 },
  });
  const records = (named: Record<string, Record<string, unknown>>): Edit => {
    return (resources) => void (resources.aws_route53_record = named);
  };

  test('is closed over IPv6 at the edge whose own set has no AAAA, and open at the other', () => {
    const graph = plainStack(
      two,
      records({ a: set('A', 'blue-a', 'edge'), b: set('A', 'green-a', 'green'), c: set('AAAA', 'blue-aaaa', 'edge') }),
    );

    expect(byEdge(graph, 'ipv4')).toEqual({ 'aws_lb.edge': PASS, 'aws_lb.green': PASS });
    expect(byEdge(graph, 'ipv6')).toEqual({
      'aws_lb.edge': PASS,
      'aws_lb.green': fail('publish AAAA for the set green-a of hue.gov.vn'),
    });
  });

  test('is closed over IPv4 where a set has AAAA alone', () => {
    const graph = plainStack(
      two,
      records({
        a: set('A', 'blue-a', 'edge'),
        c: set('AAAA', 'blue-aaaa', 'edge'),
        d: set('AAAA', 'green-aaaa', 'green'),
      }),
    );

    expect(byEdge(graph, 'ipv4')['aws_lb.green']).toEqual(fail('publish A for the set green-aaaa of hue.gov.vn'));
  });

  test('is open where two sets lead to one edge, and one of them over IPv6', () => {
    const graph = plainStack(
      records({ a: set('A', 'one', 'edge'), b: set('A', 'other', 'edge'), c: set('AAAA', 'all', 'edge') }),
    );

    expect(byEdge(graph, 'ipv6')).toEqual({ 'aws_lb.edge': PASS });
  });

  test('is not known where nobody can tell of which set the AAAA is', () => {
    const hidden = { ...set('AAAA', '${var.set}', 'edge'), alias: { name: '${var.one}${var.other}' } };
    const graph = plainStack(
      two,
      records({ a: set('A', 'blue-a', 'edge'), b: set('A', 'green-a', 'green'), c: hidden }),
    );
    const [blue, green] = ['blue-a', 'green-a'].map((id) =>
      unknown(`whether a record of type AAAA answers for the set ${id} of hue.gov.vn cannot be seen here`),
    );

    expect(byEdge(graph, 'ipv6')).toMatchObject({ 'aws_lb.edge': blue, 'aws_lb.green': green });
  });

  test('without any AAAA says so of the name', () => {
    const graph = plainStack(two, records({ a: set('A', 'blue', 'edge'), b: set('A', 'green', 'green') }));
    const none = fail('publish AAAA for hue.gov.vn');

    expect(byEdge(graph, 'ipv6')).toEqual({ 'aws_lb.edge': none, 'aws_lb.green': none });
  });
});

describe('dns of a name whose families part', () => {
  const parted = (target: string): Edit => {
    return (resources) => {
      resources.aws_lb!.other = { ...resources.aws_lb!.edge };
      resources.aws_route53_record!.aaaa!.alias = { name: target };
    };
  };
  const apart = (what: string, place: string) => ({
    ...fail(`lead both families to one place: ${what} of hue.gov.vn leads to ${place}`),
    severity: 'warning',
    causes: [
      { rule: 'V6-DNS-003', resource: expect.objectContaining({ address: 'aws_route53_record.aaaa' }) as unknown },
    ],
  });

  test('says where the other leads, at both edges, and lacks no record', () => {
    const graph = plainStack(parted('${aws_lb.other.dns_name}'));

    expect(byEdge(graph, 'ipv4')).toEqual({ 'aws_lb.edge': PASS, 'aws_lb.other': apart('A', 'aws_lb.edge') });
    expect(byEdge(graph, 'ipv6')).toEqual({ 'aws_lb.edge': apart('AAAA', 'aws_lb.other'), 'aws_lb.other': PASS });
  });

  test('says so of a target outside', () => {
    expect(byEdge(plainStack(parted('d111.cloudfront.net')), 'ipv6')).toMatchObject({
      'aws_lb.edge': apart('AAAA', 'd111.cloudfront.net'),
      'd111.cloudfront.net': PASS,
    });
  });

  test('is not known where the other may lead here', () => {
    const name = 'edge-1.ap-southeast-1.elb.amazonaws.com';

    expect(find('dns', 'ipv6', parted(name))).toEqual(
      unknown(`AAAA of hue.gov.vn leads to ${name}, and whether that is the same cannot be seen here`),
    );
    expect(
      find('dns', 'ipv6', ({ aws_route53_record: records }) => {
        records!.aaaa = { name: 'hue.gov.vn', type: 'AAAA', ttl: 300, records: ['2406:da18::1'] };
      }),
    ).toEqual(unknown('AAAA of hue.gov.vn leads to 2406:da18::1, and whether that is the same cannot be seen here'));
  });

  test('is not known of addresses of two names', () => {
    const graph = plainStack(({ aws_route53_record: records }) => {
      records!.host = { name: 'host.hue.gov.vn', type: 'A', ttl: 300, records: ['203.162.0.1'] };
      records!.x = alias('A', 'x.hue.gov.vn', 'host.hue.gov.vn');
      records!.x6 = { name: 'x.hue.gov.vn', type: 'AAAA', ttl: 300, records: ['2406:da18::1'] };
    });

    expect(byEdge(graph, 'ipv6')['203.162.0.1']).toEqual(fail('publish AAAA for host.hue.gov.vn'));
    expect(byEdge(graph, 'ipv4')['2406:da18::1']).toEqual(
      unknown('A of x.hue.gov.vn leads to 203.162.0.1, and whether that is the same cannot be seen here'),
    );
  });

  test('weighs as an error with a name that lacks its AAAA', () => {
    const graph = plainStack(
      parted('${aws_lb.other.dns_name}'),
      ({ aws_route53_record: records }) => delete records!['www-aaaa'],
    );

    expect(byEdge(graph, 'ipv6')['aws_lb.edge']).toEqual({
      ...apart('AAAA', 'aws_lb.other'),
      reason:
        'publish AAAA for www.hue.gov.vn; lead both families to one place: AAAA of hue.gov.vn leads to aws_lb.other',
      severity: undefined,
    });
  });
});

test('dns is not known where a record of a hidden name may be the one that lacks', () => {
  const edit: Edit = ({ aws_route53_record: records }) => {
    records!.aaaa!.name = '${each.value}';
  };

  expect(find('dns', 'ipv6', edit)).toEqual(
    unknown('AAAA for hue.gov.vn may be among the records whose names or types are not known here'),
  );
});

describe('dns of an accelerator', () => {
  const aaaa = (name: string): Edit => {
    return ({ aws_route53_record: records }) => (records!.aaaa!.alias = { name });
  };

  test('is closed over IPv6 where the AAAA leads to the name that has IPv4 alone', () => {
    expect(findAtAccelerator('dns', 'ipv6', aaaa('${aws_globalaccelerator_accelerator.front.dns_name}'))).toEqual(
      fail('lead the AAAA record of hue.gov.vn to the dual-stack name of the accelerator'),
    );
    expect(findAtAccelerator('dns', 'ipv6', aaaa('${aws_globalaccelerator_accelerator.front.id}'))).toEqual(
      unknown('which name of the accelerator the AAAA record of hue.gov.vn uses cannot be seen here'),
    );
  });

  test('is closed by the name at the end of a chain, and of one outside, too', () => {
    const outside = [
      alias('A', 'x.hue.gov.vn', 'a1.awsglobalaccelerator.com'),
      alias('AAAA', 'x.hue.gov.vn', 'a1.awsglobalaccelerator.com'),
    ];
    const chained: Edit = ({ aws_route53_record: records }) => {
      records!.aaaa!.alias = { name: '${aws_globalaccelerator_accelerator.front.dns_name}' };
      records!['www-aaaa']!.alias = { name: '${aws_route53_record.aaaa.fqdn}' };
    };
    const graph = plainStack((resources) => Object.assign(resources.aws_route53_record!, outside));

    expect(findAtAccelerator('dns', 'ipv6', chained)).toEqual(
      fail(
        ['hue.gov.vn', 'www.hue.gov.vn']
          .map((name) => `lead the AAAA record of ${name} to the dual-stack name of the accelerator`)
          .join('; '),
      ),
    );
    expect(byEdge(graph, 'ipv6')['a1.awsglobalaccelerator.com']).toEqual(
      fail('lead the AAAA record of x.hue.gov.vn to the dual-stack name of the accelerator'),
    );
  });
});

test('dns of what cannot have IPv6 says so, and asks for no AAAA', () => {
  const graph = plainStack(({ aws_route53_record: records }) => {
    records!.old = alias('A', 'old.hue.gov.vn', 's3-website-ap-southeast-1.amazonaws.com');
  });

  expect(byEdge(graph, 'ipv6')['s3-website-ap-southeast-1.amazonaws.com']).toEqual(
    fail('lead old.hue.gov.vn to something with IPv6: s3-website-ap-southeast-1.amazonaws.com cannot have it'),
  );
});

describe('dns of a name that a distribution declares', () => {
  const declared = (name: string): Edit => {
    return ({ aws_cloudfront_distribution: distributions }) => (distributions!.portal!.aliases = ['hue.gov.vn', name]);
  };
  const record = (one: Record<string, unknown>): Edit => {
    return (resources) => (resources.aws_route53_record!.more = one);
  };
  const find6 = (...edits: readonly Edit[]) => findAtDistribution('dns', 'ipv6', ...edits);
  const www = declared('www.hue.gov.vn');
  const cname = (to: string) => record({ name: 'www.hue.gov.vn', type: 'CNAME', ttl: 300, records: [to] });

  test('is closed where it has no record beside others of its zone', () => {
    expect(find6(www)).toEqual(fail('publish AAAA for www.hue.gov.vn'));
  });

  test('is not known in a zone of its own that is elsewhere', () => {
    expect(find6(declared('hue.vn'))).toEqual(unknown('enter the records of hue.vn: its zone is outside'));
    expect(find6(declared('hue.vn'), (resources) => (resources.aws_route53_zone = { vn: { name: 'hue.vn' } }))).toEqual(
      fail('publish AAAA for hue.vn'),
    );
  });

  test('is open by a CNAME to the distribution, and not known by another', () => {
    expect(find6(www, cname('${aws_cloudfront_distribution.portal.domain_name}'))).toEqual(PASS);
    expect(find6(www, cname('d111.cloudfront.net'))).toEqual(
      unknown('where the CNAME of www.hue.gov.vn leads cannot be seen here'),
    );
  });

  test('is closed where its records lead elsewhere, and not known where that is hidden', () => {
    const balancer: Edit = (resources) => (resources.aws_lb = { other: {} });
    const graph = distributionStack(www, balancer, record(alias('AAAA', 'www.hue.gov.vn', '${aws_lb.other.dns_name}')));
    const distribution = edgesOf(graph).find(({ kind }) => kind === 'distribution');

    expect(hopsOf(graph, distribution!, 'ipv6').dns).toEqual(
      fail('lead AAAA of www.hue.gov.vn here: it leads to aws_lb.other'),
    );
    expect(find6(www, record(alias('AAAA', 'www.hue.gov.vn', 'd111.cloudfront.net')))).toEqual(
      unknown('whether AAAA of www.hue.gov.vn leads here cannot be seen'),
    );
  });

  test('is not known where a record of a hidden name may be the one', () => {
    expect(find6(www, record(alias('AAAA', '${each.value}', 'd111.cloudfront.net')))).toEqual(
      unknown('AAAA for www.hue.gov.vn may be among the records whose names or types are not known here'),
    );
  });
});
