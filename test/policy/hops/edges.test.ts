import { edgesOf } from '../../../policy/hops/edges';
import type { Step } from '../../helpers/hops';
import { distributionStack, findAtDistribution } from '../../helpers/distribution';
import { type Edit, plainStack } from '../../helpers/plain-stack';

describe('edges', () => {
  test('are the load balancers that face the Internet, each with its names and what it serves', () => {
    const [edge] = edgesOf(plainStack());

    expect(edge!.resource.address).toBe('aws_lb.edge');
    expect(edge!.names).toEqual(['hue.gov.vn', 'www.hue.gov.vn']);
    expect(edge!.httpsListener?.address).toBe('aws_lb_listener.https');
    expect(edge!.targetGroup?.address).toBe('aws_lb_target_group.tasks');
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
