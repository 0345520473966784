import { expectBoth, fail, find, PASS, unknown } from '../../helpers/hops';
import { type Edit } from '../../helpers/plain-stack';

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
