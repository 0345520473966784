/** Terraform and the AWS provider without an account: what make-plan-fixtures.mjs and measure-provider.mjs share. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

const pluginDir = process.env.PORTAL6_PLUGIN_DIR;
if (!pluginDir) {
  console.error('PORTAL6_PLUGIN_DIR is not set to a folder of Terraform providers');
  process.exit(2);
}

/** Lets the provider plan without an account. */
const OFFLINE = {
  access_key: 'none',
  secret_key: 'none',
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
  skip_metadata_api_check: 'true',
  allowed_account_ids: [],
};

/** Makes a folder with Terraform files ready to be planned, by the provider that the lock file chooses. */
export function initialize(folder) {
  const override = { terraform: { backend: { local: {} } }, provider: { aws: providersOf(folder) } };
  writeFileSync(join(folder, 'portal6_override.tf.json'), JSON.stringify(override));
  writeFileSync(join(folder, 'empty.tfrc'), '');
  const lockFile = join(folder, '.terraform.lock.hcl');
  cpSync(join(ROOT, 'config', 'terraform.lock.hcl'), lockFile);
  terraform(folder, 'init', '-input=false', `-plugin-dir=${pluginDir}`);
  // Init has held the provider against its hash; the commands that follow need not read its 700 MB again.
  writeFileSync(lockFile, readFileSync(lockFile, 'utf8').replace(/ *hashes = \[[^\]]*\]\n/, ''));
}

/** Each provider of a stack of ours is overridden by its alias. */
function providersOf(folder) {
  const file = join(folder, 'cdk.tf.json');
  const stack = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return (stack.provider?.aws ?? [{}]).map(({ alias }) => ({ ...(alias === undefined ? {} : { alias }), ...OFFLINE }));
}

/** Plans what is in the folder, against its terraform.tfstate where it has one, and gives what `show -json` says. */
export function planned(folder, ...variables) {
  terraform(
    folder,
    'plan',
    '-input=false',
    '-refresh=false',
    '-out=plan.bin',
    ...variables.map((one) => `-var=${one}`),
  );
  return show(folder, 'plan.bin');
}

export function show(folder, file) {
  return JSON.parse(terraform(folder, 'show', '-json', file));
}

/** Of the AWS provider, by type, as `terraform providers schema -json` has them. */
export function resourceSchemas(folder) {
  const { provider_schemas: schemas } = JSON.parse(terraform(folder, 'providers', 'schema', '-json'));
  return schemas['registry.terraform.io/hashicorp/aws'].resource_schemas;
}

export function terraform(folder, ...args) {
  return execFileSync('terraform', args, options(folder));
}

/** For commands that may fail: their diagnostics. */
export function diagnosticsOf(folder, ...args) {
  const { stdout } = spawnSync('terraform', args, options(folder));
  const documents = stdout.startsWith('{\n') ? [stdout] : stdout.split('\n').filter((line) => line.startsWith('{'));
  return documents
    .map((text) => JSON.parse(text))
    .flatMap(({ diagnostics = [], diagnostic }) => [...diagnostics, ...(diagnostic ? [diagnostic] : [])]);
}

/** Without what is the user's, which could change a plan, or reach an AWS account. */
function options(folder) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|TF_)/.test(name));
  const env = {
    ...Object.fromEntries(kept),
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_CLI_CONFIG_FILE: join(folder, 'empty.tfrc'),
  };
  return { cwd: folder, env, encoding: 'utf8', maxBuffer: 2 ** 29 };
}
