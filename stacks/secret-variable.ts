import { TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';

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
        // What a pipeline gives that does not have the secret. Terraform prints what a validation refuses, so this one
        // refuses nothing that could be one.
        condition: `\${var.${id} != ""}`,
        errorMessage: `Give ${id} a value: it is empty.`,
      },
    ],
  });
  variable.overrideLogicalId(id);
  return variable.stringValue;
}
