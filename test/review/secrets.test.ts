import { Unknown } from '../../policy/value';
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
  [{ password_length: '16', token_validity_units: 'hours', key_name: 'hue' }],
  [{ password: new Unknown('${random_password.db.result}', '', () => ({ addresses: [], opaque: false })) }],
  [{ policy: '{"Action":"secretsmanager:GetSecretValue"}' }],
  [{ user_data: '#!/bin/sh\nexport DB_PASSWORD=$(aws ssm get-parameter --name db)' }],
  [{ url: 'https://hue.gov.vn:443/a@b' }],
  [{ name: 'LANGUAGES', value: 'vi,en' }],
  [{ key: 'deregistration_delay', value: '30' }],
  [{ secrets: [{ name: 'DB_PASSWORD', valueFrom: 'arn:aws:ssm:ap-southeast-1:111122223333:parameter/db' }] }],
  [{ secret: 'arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:db' }],
])('%j holds no secret', (value) => {
  expect(shown(value)).toEqual(formOf(value));
});

test.each([
  [{ clientSecret: 'hunter2' }],
  [{ secret_string: 'hunter2' }],
  [{ private_key_pem: 'hunter2' }],
  [{ runtime_environment_variables: { DBPASS: 'hunter2' } }],
  [{ password: '${var.a}hunter2${var.b}' }],
  [{ password_2: 'hunter2' }],
  [{ user_data: '#!/bin/sh\nexport DB_PASSWORD=hunter2' }],
  [{ user_data: Buffer.from('#!/bin/sh\nexport DB_PASSWORD=hunter2\n').toString('base64') }],
  [{ user_data: '${base64encode("DB_PASSWORD=hunter2 ${aws_vpc.a.id}")}' }],
  [{ database: 'postgres://portal:hunter2@db.hue.gov.vn/portal' }],
  [{ text: '-----BEGIN RSA PRIVATE KEY-----\nhunter2' }],
  [{ container_definitions: '${jsonencode([{"environment" = [{"name" = "DB_PASSWORD", "value" = "hunter2"}]}])}' }],
  [{ custom_header: [{ name: 'Authorization', value: 'hunter2' }] }],
  [{ db: { sensitive: true, value: 'hunter2', default: 'hunter2' } }],
])('in %j the secret is found', (value) => {
  const text = JSON.stringify(shown(value));

  expect(text).toContain('(sensitive)');
  expect(text).not.toMatch(/hunter2|aHVudGVy/);
});

test.each(['variable.db_password', 'output.token', 'variable.api_key'])('%s has a secret by its name', (plain) => {
  expect(shown({ default: 'hunter2', value: 'hunter2', type: 'string' }, plain, '')).toEqual({
    default: '(sensitive)',
    value: '(sensitive)',
    type: 'string',
  });
});
