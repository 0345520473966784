import { holdingOf } from '../../review/holdings';

test.each([
  'aws_vpc',
  'aws_subnet',
  'aws_lb',
  'aws_route53_zone',
  'aws_acm_certificate',
  'aws_s3_bucket',
  'aws_db_instance',
])('something is lost with %s', (type) => {
  expect(holdingOf(type)).toEqual(expect.any(String));
});

test.each(['aws_route', 'aws_ecs_task_definition', 'aws_vpc_security_group_ingress_rule', 'constructor'])(
  'nothing is lost with %s',
  (type) => {
    expect(holdingOf(type)).toBeUndefined();
  },
);
