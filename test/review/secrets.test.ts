import { formOf } from '../../review/form';
import { withoutSecrets } from '../../review/secrets';

const shown = (value: unknown, plain = 'settings', type = 'aws_lambda_function') =>
  withoutSecrets(formOf(value), { type, plain });

test.each([
  [{ password: 'hunter2' }, { password: '(sensitive)' }],
  [{ client: { secret: 'hunter2', id: 'portal' } }, { client: { secret: '(sensitive)', id: 'portal' } }],
  [[{ name: 'SECRET_KEY', value: 'hunter2' }], [{ name: 'SECRET_KEY', value: '(sensitive)' }]],
  [
    { access_key: 'AKIA', secret_key: 'hunter2' },
    { access_key: '(sensitive)', secret_key: '(sensitive)' },
  ],
])('of %j what is secret is left out', (value, expected) => {
  expect(shown(value)).toEqual(expected);
});

test('variables of a function are told by their names', () => {
  expect(shown({ variables: { DB_PASSWORD: 'hunter2', LANGUAGE: 'vi' } }, 'environment')).toEqual({
    variables: { DB_PASSWORD: '(sensitive)', LANGUAGE: 'vi' },
  });
});

test.each([
  [{ http_tokens: 'required' }],
  [{ name: 'LANGUAGES', value: 'vi,en' }],
  [{ key: 'deregistration_delay', value: '30' }],
  [{ secrets: [{ name: 'DB_PASSWORD', valueFrom: 'arn:aws:ssm:ap-southeast-1:111122223333:parameter/db' }] }],
  [{ secret: 'arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:db' }],
])('%j holds no secret', (value) => {
  expect(shown(value)).toEqual(formOf(value));
});
