import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatProblem, type Problem } from '../../config/problem';

const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Writes files into a new config folder, such as `agencies/hue.yaml`; it is removed after the tests. */
export function configFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'portal6-config-'));
  folders.push(folder);
  mkdirSync(join(folder, 'agencies'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Problems as they are printed, without the folder in front of the files' names. */
export function printed(folder: string, problems: readonly Problem[]): string[] {
  return problems.map((problem) => formatProblem(problem).replaceAll(`${folder}/`, ''));
}

/** A right file of one agency. */
export const HUE = `agency:
  id: hue
  name: { vi: Thành phố Huế, en: Hue City }
  kind: city
  contact: ipv6@hue.gov.vn
environments:
  production:
    account: "111122223333"
    region: ap-southeast-1
    dataLocation: abroad
    securityLevel: 3
    approval: { number: 12/QD-UBND, date: 2026-10-01, signedBy: Nguyễn Văn A }
    network:
      ipv4: 10.46.0.0/20
      zones: 3
    portals:
      portal:
        domain: hue.gov.vn
        aliases: [www.hue.gov.vn]
        zone: { id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }
        hosting:
          type: container
          image: 111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1.4.2
`;

/** The same agency with a portal that stays in its data center. */
export const GATEWAY = edit(
  HUE,
  ['dataLocation: abroad', 'dataLocation: vietnam'],
  ['type: container', 'type: gateway'],
  [
    '          image: 111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1.4.2\n',
    `          origin: { addresses: [10.1.2.3] }
          connection: { transitGateway: tgw-0123456789abcdef0, routes: [10.1.0.0/16] }
`,
  ],
);

/** The same agency in a VPC that is there already. */
export const EXISTING = edit(HUE, [
  `      ipv4: 10.46.0.0/20
      zones: 3
`,
  `      existing:
        vpc: vpc-0123456789abcdef0
        ipv4: 10.46.0.0/20
        ipv6: 2001:db8:46::/56
        subnets:
          public:
            - { id: subnet-00000001, zone: a, ipv6: "2001:db8:46:0::/64" }
            - { id: subnet-00000002, zone: b, ipv6: "2001:db8:46:1::/64" }
          app:
            - { id: subnet-00000003, zone: a, ipv6: "2001:db8:46:10::/64" }
            - { id: subnet-00000004, zone: b, ipv6: "2001:db8:46:11::/64" }
`,
]);

/** A text with some of it replaced; fails where what is to be replaced is not there. */
export function edit(text: string, ...replacements: readonly (readonly [from: string, to: string])[]): string {
  return replacements.reduce((edited, [from, to]) => {
    if (!edited.includes(from)) throw new Error(`nothing to replace: ${from}`);
    return edited.replace(from, () => to);
  }, text);
}
