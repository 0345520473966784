import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';

/** A stack's output under exactly this name, for the steps after apply to read. */
export function output(scope: Construct, name: string, value: unknown): void {
  new TerraformOutput(scope, `output-${name}`, { value }).overrideLogicalId(name.replaceAll('-', '_'));
}
