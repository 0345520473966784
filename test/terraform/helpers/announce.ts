import { findToolchain } from './toolchain';

/** Says once, before any test, when nothing can be planned on this machine. */
export default function announce(): void {
  const toolchain = findToolchain();
  if ('missing' in toolchain) console.error(`\nSKIPPED: no stack is planned by Terraform: ${toolchain.missing}`);
}
