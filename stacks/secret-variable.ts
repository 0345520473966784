import { TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';

/** Short enough to type, too long to guess. */
const MIN_LENGTH = 16;

/**
 * A secret that whoever runs Terraform gives it, under exactly this name with `_` for `-`: nothing of it is in the
 * JSON, so there is no default.
 */
export function secretVariable(scope: Construct, name: string, description: string): string {
  const id = name.replaceAll('-', '_');
  const variable = new TerraformVariable(scope, name, {
    type: 'string',
    sensitive: true,
    nullable: false,
    description,
    validation: [
      {
        condition: `\${length(var.${id}) >= ${MIN_LENGTH}}`,
        errorMessage: `Give ${id} at least ${MIN_LENGTH} characters.`,
      },
    ],
  });
  variable.overrideLogicalId(id);
  return variable.stringValue;
}
