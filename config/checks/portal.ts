import { stagedName } from '../../core/names';
import { error, type Finding, notice, type Path, warning } from '../finding';
import { isAddressGateway, isDistributed } from '../portal-front';
import type { Portal } from '../schema';
import { checkAlarms } from './alarms';
import { checkContainer } from './container';
import { checkEdge, hasFixedAddresses } from './edge';
import { checkFailover } from './failover';
import { checkGateway } from './gateway';
import { checkInstances } from './instances';
import { checkWaf } from './waf';

/** What a portal has to keep by itself, wherever it runs. */
export function checkPortal(portal: Portal, path: Path): Finding[] {
  return [
    ...checkNames(portal, path),
    ...checkCertificate(portal, path),
    ...checkPublishing(portal, path),
    ...checkEdge(portal, path),
    ...checkAlarms(portal, path),
    ...checkFailover(portal, path),
    ...checkWaf(portal, [...path, 'waf']),
    ...checkHosting(portal.hosting, [...path, 'hosting']),
  ];
}

function checkHosting(hosting: Portal['hosting'], path: Path): Finding[] {
  switch (hosting.type) {
    case 'container':
      return checkContainer(hosting, path);
    case 'instances':
      return checkInstances(hosting, path);
    case 'gateway':
      return isAddressGateway(hosting) ? checkGateway(hosting, path) : [];
    case 'static':
      return [];
  }
}

/** Every public name of a portal with the path of the key that gives it. */
export function publicNames({ domain, aliases }: Portal, path: Path): { readonly name: string; readonly path: Path }[] {
  return [
    { name: domain, path: [...path, 'domain'] },
    ...aliases.map((name, index) => ({ name, path: [...path, 'aliases', index] })),
  ];
}

function checkNames(portal: Portal, path: Path): Finding[] {
  const { domain, aliases, zone } = portal;
  const findings: Finding[] = [];
  aliases.forEach((alias, index) => {
    const here = [...path, 'aliases', index];
    if (alias === domain) findings.push(error(here, 'is the domain itself; take it out'));
    else if (alias === stagedName(domain)) {
      findings.push(error(here, 'is the name that portal6 makes to try IPv6 out; take it out'));
    } else if (aliases.indexOf(alias) < index) findings.push(error(here, `${alias} is in the list twice`));
  });

  const names = publicNames(portal, path);
  const zoneName = 'name' in zone ? zone.name : 'create' in zone ? domain : undefined;
  if (zoneName !== undefined) {
    for (const { name, path: here } of names) {
      if (isWithin(name, zoneName)) continue;
      const created = 'create' in zone ? ', which is made for the domain' : '';
      findings.push(
        error(here, `${name} is not in the zone ${zoneName}${created}; its records could not be written there`),
      );
    }
    return findings;
  }
  for (const { name, path: here } of names) {
    if (hasFixedAddresses(portal) || !isProbablyApex(name)) continue;
    const answer = isDistributed(portal.hosting) ? '' : ': write `edge: accelerator`';
    findings.push(
      warning(
        here,
        `${name} is probably the apex of its zone, where no CNAME may stand (RFC 1034, 3.6.2); an apex outside Route 53 needs fixed addresses${answer}`,
      ),
    );
  }
  if (portal.caa) {
    findings.push(
      error(
        [...path, 'caa'],
        hasFixedAddresses(portal)
          ? 'does not go with a zone outside Route 53, where portal6 writes nothing; take it out, and enter the CAA there'
          : 'does not go with a zone outside Route 53: the domain is a CNAME there, beside which no CAA may stand (RFC 1034, 3.6.2)',
      ),
    );
  }
  return findings;
}

/** Names on a certificate: ACM's quota for new accounts, which it raises on request, and its most. */
const CERTIFICATE_NAMES = { quota: 10, most: 100 };

/** What ACM would refuse, or refuse to issue, once everything else is there. */
function checkCertificate({ domain, aliases, caa }: Portal, path: Path): Finding[] {
  const findings: Finding[] = [];
  if (domain.length > 64) {
    findings.push(
      error([...path, 'domain'], `has ${domain.length} characters; a certificate's first name has at most 64`),
    );
  }
  const names = aliases.length + 2;
  if (names > CERTIFICATE_NAMES.quota) {
    const message = `makes ${names} names on one certificate, with the domain and ${stagedName(domain)}`;
    findings.push(
      names > CERTIFICATE_NAMES.most
        ? error([...path, 'aliases'], `${message}; ACM takes at most ${CERTIFICATE_NAMES.most}`)
        : warning([...path, 'aliases'], `${message}; the quota of a new account is ${CERTIFICATE_NAMES.quota}`),
    );
  }
  if (caa && !caa.some((authority) => AMAZON_AUTHORITIES.includes(authority))) {
    findings.push(error([...path, 'caa'], `names none of ${AMAZON_AUTHORITIES.join(', ')}, so ACM could not issue`));
  }
  return findings;
}

/** Amazon's own (https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html). */
const AMAZON_AUTHORITIES = ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com'];

function checkPublishing(portal: Portal, path: Path): Finding[] {
  const { publish, allow, zone, domain } = portal;
  const findings: Finding[] = [];
  // With fixed addresses A and AAAA are entered apart.
  if ('external' in zone && !hasFixedAddresses(portal) && publish.aaaa !== 'live') {
    const why = 'in a zone outside Route 53 names are CNAMEs, which answer for both families at once';
    findings.push(
      publish.aaaa === 'off'
        ? error([...path, 'publish', 'aaaa'], `cannot be off: ${why}; write staged or live`)
        : notice([...path, 'publish', 'aaaa'], `${why}: enter ${stagedName(domain)} first, verify it, then the others`),
    );
  } else if (publish.aaaa === 'off') {
    findings.push(warning([...path, 'publish', 'aaaa'], 'no name gets an AAAA record, so the portal stays at level 0'));
  }
  for (const [family, mark] of [
    ['IPv4', '.'],
    ['IPv6', ':'],
  ] as const) {
    if (allow.some((range) => range.includes(mark))) continue;
    findings.push(
      warning(
        [...path, 'allow'],
        `holds no ${family} range, so nobody can connect over ${family} (V6-SG-003); add the ${family} ranges of the same people`,
      ),
    );
  }
  return findings;
}

function isWithin(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

/** Second-level domains of .vn under which organizations register (VNNIC; https://publicsuffix.org). */
const SECOND_LEVELS = new Set(
  ['ac', 'ai', 'biz', 'com', 'edu', 'gov', 'health', 'id', 'info', 'int', 'io', 'name', 'net', 'org', 'pro'].map(
    (label) => `${label}.vn`,
  ),
);

function isProbablyApex(name: string): boolean {
  const parent = name.slice(name.indexOf('.') + 1);
  return SECOND_LEVELS.has(parent) || (parent === 'vn' && !SECOND_LEVELS.has(name));
}
