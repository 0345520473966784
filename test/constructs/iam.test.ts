import { assumeRolePolicy } from '../../constructs/iam';

test('only the service may take on the role', () => {
  expect(JSON.parse(assumeRolePolicy('lambda.amazonaws.com'))).toEqual({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  });
});
