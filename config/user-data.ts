import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Subject } from './checks/subject';
import { error, type Finding, warning } from './finding';

/** Limit of EC2 (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html). */
const MAX_BYTES = 16 * 1024;

/** The texts that an agency's file names by their files. */
export interface UserData {
  /** Path as the agency's file has it, to text. */
  readonly files: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

/** Reads what instances run when they first start, from below the folder of the agency's file. */
export function readUserData(file: string, { environments }: Subject): UserData {
  const files = new Map<string, string>();
  const findings: Finding[] = [];
  for (const { id, portals } of environments) {
    for (const { id: portalId, portal } of portals) {
      if (portal.hosting.type !== 'instances' || portal.hosting.userData === undefined) continue;
      const { userData } = portal.hosting;
      const path = ['environments', id, 'portals', portalId, 'hosting', 'userData'];
      const { text, problem } = read(join(dirname(file), userData));
      if (text === undefined) {
        findings.push(error(path, problem!));
        continue;
      }
      files.set(userData, text);
      if (!/^(#!|#cloud-config|Content-Type: multipart|MIME-Version:)/.test(text)) {
        const message = `${userData} begins neither with #! nor with #cloud-config, so cloud-init does nothing with it`;
        findings.push(warning(path, message));
      }
    }
  }
  return { files, findings };
}

function read(file: string): { readonly text?: string; readonly problem?: string } {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) return { problem: `${file} is not there; write it, or take \`userData\` out` };
  if (!stats.isFile()) return { problem: `${file} is no file; name one` };
  if (stats.size > MAX_BYTES) return { problem: `${file} has ${stats.size} bytes; EC2 takes at most ${MAX_BYTES}` };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)) };
  } catch (thrown) {
    return { problem: `${file} cannot be read as text: ${(thrown as Error).message}` };
  }
}
