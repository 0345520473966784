import '../../testing';
import { loadAgency } from '../../config/load';
import { stackJson } from '../../stacks/synthesize';

test('citizens reach hue.gov.vn over IPv6', () => {
  const { agencies } = loadAgency('config', 'hue');
  const stack = stackJson({ config: agencies[0]!.config, environments: ['production'] }) as object;

  expect(stack).toBeDualStack();
  expect(stack).toHaveIpv6Path('hue.gov.vn');
  expect(stack).toPassPolicy();
});
