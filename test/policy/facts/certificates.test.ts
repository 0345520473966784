import { covers, namesOfListener } from '../../../policy/facts/certificates';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

test.each([
  ['hue.gov.vn', 'hue.gov.vn', true],
  ['hue.gov.vn', 'www.hue.gov.vn', false],
  ['*.hue.gov.vn', 'www.hue.gov.vn', true],
  ['*.hue.gov.vn', '*.hue.gov.vn', true],
  ['*.hue.gov.vn', 'hue.gov.vn', false],
  ['*.hue.gov.vn', 'a.b.hue.gov.vn', false],
  ['*.hue.gov.vn', 'www.thue.gov.vn', false],
])('%s for %s: %s', (certified, name, expected) => {
  expect(covers(certified, name)).toBe(expected);
});

function graphOf(certificate: Record<string, unknown>, others: PlainResources = {}) {
  return readStackJson({ resource: { aws_acm_certificate: { c: certificate }, ...others } });
}

test.each<[string, Record<string, unknown>, string[], boolean]>([
  [
    'its names',
    { domain_name: 'Hue.gov.vn', subject_alternative_names: ['www.hue.gov.vn.'] },
    ['hue.gov.vn', 'www.hue.gov.vn'],
    true,
  ],
  [
    'names that are hidden',
    { domain_name: 'hue.gov.vn', subject_alternative_names: '${var.names}' },
    ['hue.gov.vn'],
    false,
  ],
  ['an import', { domain_name: 'hue.gov.vn', certificate_body: 'x' }, [], false],
])('a certificate: %s', (_, certificate, names, complete) => {
  const graph = graphOf(certificate, {
    aws_lb_listener: { l: { certificate_arn: '${aws_acm_certificate.c.arn}' } },
  });

  expect(namesOfListener(graph, graph.at('aws_lb_listener.l')!)).toEqual({ names, complete });
});

test('the names of a listener are those of all its certificates', () => {
  const added = (listener: string, arn: string) => ({ listener_arn: listener, certificate_arn: arn });
  const listening = (certificates: PlainResources['x']) => {
    const graph = graphOf(
      { domain_name: 'hue.gov.vn' },
      {
        aws_acm_certificate_validation: { v: { certificate_arn: '${aws_acm_certificate.c.arn}' } },
        aws_lb_listener: {
          l: { certificate_arn: 'arn:aws:acm:elsewhere' },
          m: { certificate_arn: '${aws_acm_certificate_validation.v.certificate_arn}' },
        },
        aws_lb_listener_certificate: certificates!,
      },
    );
    return ['l', 'm'].map((name) => namesOfListener(graph, graph.at(`aws_lb_listener.${name}`)!));
  };
  const own = { names: ['hue.gov.vn'], complete: true };

  expect(listening({ x: added('${aws_lb_listener.l.arn}', '${aws_acm_certificate.c.arn}') })).toEqual([
    { names: ['hue.gov.vn'], complete: false },
    own,
  ]);
  expect(listening({ x: added('${var.listener}', 'arn:aws:acm:elsewhere') })).toEqual([
    { names: [], complete: false },
    { ...own, complete: false },
  ]);
});
