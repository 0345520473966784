import { readFileSync } from 'node:fs';
import { differences } from './helpers/differences';
test('x', () => {
  const d = '/tmp/t6/out/stacks/hue-production/';
  console.log(differences(JSON.parse(readFileSync(d + 'cdk.tf.json', 'utf8')), JSON.parse(readFileSync(d + 'plan.json', 'utf8'))).join('\n'));
});
