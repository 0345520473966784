import { LocalBackend, S3Backend, type TerraformStack } from 'cdktf';
import type { Environment } from '../config/schema';

/** Says which versions of Terraform and of the AWS provider a stack works with. */
export function requireVersions(stack: TerraformStack, { minimum }: Environment['provider']): void {
  // The bindings pin one version exactly; a lock file is the place for that.
  stack.addOverride('terraform.required_providers.aws.version', `>= ${minimum}.0, < 7.0.0`);
  // `use_lockfile` of the S3 backend.
  stack.addOverride('terraform.required_version', '>= 1.10');
}

/**
 * Says where the state of a stack lives: in the bucket that the file names, or on the machine of whoever runs Terraform.
 *
 * @param region of the stack, which the bucket is in unless the file has another
 */
export function defineBackend(stack: TerraformStack, id: string, state: Environment['state'], region: string): void {
  if (!state) {
    new LocalBackend(stack);
    // cdktf's default is an absolute path; whoever runs Terraform says where the state lives.
    stack.addOverride('terraform.backend.local', { path: undefined });
    return;
  }
  new S3Backend(stack, {
    bucket: state.bucket,
    key: `${id}/terraform.tfstate`,
    region: state.region ?? region,
    encrypt: true,
  });
  stack.addOverride('terraform.backend.s3.use_lockfile', true);
}
