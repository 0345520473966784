import { isIpv4OnlyService } from '../../core/endpoint-services';

test.each([
  ['ecr.api', true],
  ['ecr.dkr', true],
  ['secretsmanager', true],
  ['ssm', true],
  ['logs', false],
  ['s3', false],
])('%s is reached over IPv4 alone: %s', (service, expected) => {
  expect(isIpv4OnlyService(service)).toBe(expected);
});
