import { findToolchain, reasonToSkip } from './toolchain';

/** Says once, before any test, what cannot be planned on this machine. */
export default function announce(): void {
  const toolchain = findToolchain();
  if ('missing' in toolchain) {
    console.error(`\nSKIPPED: no stack is planned by Terraform: ${toolchain.missing}`);
    return;
  }
  const reason = reasonToSkip(toolchain, '6.25');
  if (reason) console.error(`\nSKIPPED: no stack with \`provider: { minimum: "6.25" }\` is planned: ${reason}`);
}
