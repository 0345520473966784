import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Selection } from '../../../stacks/app';
import { synthesize } from '../../../stacks/synthesize';
import { differences, type SynthesizedJson } from './differences';
import { planStack } from './terraform';
import type { Toolchain } from './toolchain';

/**
 * Expects that the real provider plans exactly what is synthesized for one stack, and has nothing to say about it.
 *
 * @param minimum oldest provider that the stack works with
 */
export async function expectFaithfulPlan(selection: Selection, minimum: string, toolchain: Toolchain): Promise<void> {
  const outdir = mkdtempSync(join(tmpdir(), 'portal6-plan-'));
  try {
    const [stack] = synthesize([selection], outdir);
    const planned = await planStack(stack!.directory, toolchain, { locked: minimum === '5.100' });

    expect(planned.diagnostics).toEqual([]);
    const synthesized = JSON.parse(readFileSync(stack!.file, 'utf8')) as SynthesizedJson;
    expect(differences(synthesized, planned.plan!)).toEqual([]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
