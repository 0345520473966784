import type { Family } from '../../../core/cidr';
import { HOPS } from '../../../policy/hops/hop';
import { find, PASS } from '../../helpers/hops';

const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];

test.each(HOPS.flatMap((hop) => FAMILIES.map((family) => [hop, family] as const)))(
  'with everything in place, %s passes over %s',
  (hop, family) => {
    expect(find(hop, family)).toEqual(PASS);
  },
);
