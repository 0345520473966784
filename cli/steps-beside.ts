import { REGISTRY_STACK } from '../core/names';
import type { Selection } from '../stacks/app';
import { stackDirectory } from '../stacks/synthesize';

/** What a person has to do about the stacks without portals, outside Terraform. */
export function stepsBeside(selection: Selection, out: string): string[] {
  if ('state' in selection) {
    const { id, buckets } = selection.state;
    const names = buckets.map(({ name }) => name).join(', ');
    return [
      `${id}: makes ${names}. To apply before the first init of the stacks that keep their state there;\n` +
        `  its own state stays in ${stackDirectory(out, id)}, so keep that folder`,
    ];
  }
  if (!('registry' in selection)) return [];
  const { ipv6, pools } = selection.registry;
  const directory = stackDirectory(out, REGISTRY_STACK);
  if (ipv6 && 'byoip' in ipv6 && !ipv6.byoip.provisioned) {
    return [
      `${REGISTRY_STACK}: ${ipv6.byoip.cidr} has to be provisioned to the top pool. After apply,\n` +
        `  terraform -chdir=${directory} output ipam has the pool's id; docs/registry.md has the steps;\n` +
        '  then set `provisioned: true`',
    ];
  }
  const without = Object.entries(pools).filter(([, pool]) => pool.ipv6 && pool.ipv6.id === undefined);
  if (without.length === 0) return [];
  const names = without.map(([name]) => name).join(', ');
  return [
    `${REGISTRY_STACK}: agencies cannot name ${names} yet. After apply, terraform -chdir=${directory} output pools\n` +
      '  has the ids; write them as `ipv6.id` of each pool into registry.yaml',
  ];
}
