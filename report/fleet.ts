import type { Report, ReportContext, ReportFinding } from '../policy/report';
import type { Text } from './language';
import type { StackView } from './stack-view';

/** All that the report of a fleet is made from. */
export interface Fleet {
  /** The day that it is of, as `2026-10-01`. */
  readonly date: string;
  /** Of portal6. */
  readonly version: string;
  readonly report: Report;
  /** The rules that findings may be of. */
  readonly rules: readonly Pick<ReportContext['rules'][number], 'id' | 'title' | 'why' | 'fix'>[];
  readonly stacks: readonly FleetStack[];
  readonly broken: readonly BrokenFile[];
}

/** A stack, whose it is, and its picture. */
export interface FleetStack extends Omit<StackView, 'topology'> {
  /** Absent for the registry's, and where no agency file is behind the stack. */
  readonly agency?: FleetAgency;
  readonly environment?: string;
  /** Absent where there is no portal to draw the way to. */
  readonly picture?: PictureReference;
}

/** Which picture is a stack's, and whose names its numbers stand for. */
export interface PictureReference {
  readonly index: number;
  /** First name of each portal, in the order of the numbers. */
  readonly names: readonly string[];
}

export interface FleetAgency {
  readonly id: string;
  /** Absent where its file was not read. */
  readonly name?: Text;
}

/** A file of which no stack could be made. */
export interface BrokenFile {
  readonly file: string;
  /** Whose file it is; absent for `defaults.yaml` and the registry's. */
  readonly agency?: string;
  /** As `validate` prints them: `config/agencies/hue.yaml:3:3: path: message`. */
  readonly problems: readonly string[];
}

/** Whether a finding is one of the portal whose construct this is: what belongs to another portal of its stack is not. */
export function isOf(construct: string | undefined, finding: ReportFinding): boolean {
  const other = /^[^/]+\/portals\/[^/]+/.exec(finding.construct ?? '')?.[0];
  return construct === undefined || other === undefined || other === construct;
}

/** How many agencies have stacks or broken files; stacks of nobody count for none. */
export function agencyCount({ stacks, broken }: Fleet): number {
  return new Set([...stacks.flatMap(({ agency }) => agency?.id ?? []), ...broken.flatMap(({ agency }) => agency ?? [])])
    .size;
}
