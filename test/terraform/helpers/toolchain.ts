import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Terraform and the providers that are on this machine. */
export interface Toolchain {
  /** Folder of providers, for `terraform init -plugin-dir`. */
  readonly pluginDir: string;

  /** Versions of the AWS provider in that folder. */
  readonly providers: readonly string[];
}

/** Version that `config/terraform.lock.hcl` chooses. */
export const LOCKED_PROVIDER = '5.100.0';

/** What is on this machine, or why nothing can be planned on it. */
export function findToolchain(env: NodeJS.ProcessEnv = process.env): Toolchain | { readonly missing: string } {
  if (spawnSync('terraform', ['version'], { env }).status !== 0) {
    return { missing: 'there is no terraform in PATH' };
  }
  const pluginDir = env.PORTAL6_PLUGIN_DIR;
  if (!pluginDir) return { missing: 'PORTAL6_PLUGIN_DIR is not set to a folder of Terraform providers' };
  const folder = join(pluginDir, 'registry.terraform.io', 'hashicorp', 'aws');
  if (!existsSync(folder))
    return { missing: `PORTAL6_PLUGIN_DIR, ${pluginDir}, has no registry.terraform.io/hashicorp/aws` };
  const providers = readdirSync(folder).flatMap(versionOf);
  if (!providers.includes(LOCKED_PROVIDER)) {
    return { missing: `PORTAL6_PLUGIN_DIR, ${pluginDir}, has no AWS provider ${LOCKED_PROVIDER}` };
  }
  return { pluginDir, providers };
}

/** Why a stack that needs at least this provider cannot be planned here; undefined when it can. */
export function reasonToSkip(toolchain: Toolchain | { readonly missing: string }, minimum: string): string | undefined {
  if ('missing' in toolchain) return toolchain.missing;
  if (toolchain.providers.some((version) => isAtLeast(version, minimum))) return undefined;
  return `needs AWS provider ${minimum} or newer, and there is ${toolchain.providers.join(', ')}`;
}

function isAtLeast(version: string, minimum: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = minimum.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** From `5.100.0`, a folder, or `terraform-provider-aws_5.100.0_linux_amd64.zip`. */
function versionOf(name: string): string[] {
  return /^(?:terraform-provider-aws_)?(\d+\.\d+\.\d+)(?:_\w+\.zip)?$/.exec(name)?.slice(1) ?? [];
}
