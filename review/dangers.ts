import { plural } from '../core/plural';
import { FAMILY_NAME } from '../policy/hops/hop';
import { LEFT_AS_IT_IS, type PathChange, type ResourceChange, type StackReview } from './report';
import { ELSEWHERE } from './verdict';
import { countsOf, countsText, enumerated, nameOf, valueText } from './words';

/** What a reviewer has to see before anything else, worst first, each in one sentence. */
export function dangersOf(review: StackReview): string[] {
  if (review.presence === 'gone') return stackGone(review);
  return [
    ...review.paths.flatMap(falls),
    ...serving(review),
    ...losses(review.changes, 'delete'),
    ...losses(review.changes, 'replace'),
    ...movedNetwork(review.changes),
    ...unwrittenMoves(review.changes),
    ...settings(review),
    ...ofAttributes(review.changes),
    ...safeguards(review.changes),
    ...review.exposure.filter(({ kind }) => kind !== 'closed').map(({ text }) => text),
  ];
}

function stackGone({ stack, changes }: StackReview): string[] {
  const holdings = [...new Set(changes.flatMap(({ holds, type }) => (holds === undefined ? [] : [type])))];
  return [
    `No file makes ${stack} any more, but what it made stays, serves and costs: ${plural(changes.length, 'resource')}, ` +
      `among them ${enumerated(holdings.slice(0, 6))}. To take it down, run \`terraform destroy\` in ` +
      `\`cdktf.out/stacks/${stack}\` before this is merged; what is protected asks for \`protected: false\` first.`,
  ];
}

/** AWS moves no load balancer to another VPC, though Terraform plans an update of its subnets. */
function movedNetwork(changes: readonly ResourceChange[]): string[] {
  if (!changes.some(({ type, action }) => type === 'aws_vpc' && action === 'replace')) return [];
  const stuck = changes.filter(
    ({ type, action, reasons = [] }) =>
      type === 'aws_lb' && action === 'update' && reasons.some((reason) => reason.startsWith('subnets')),
  );
  return stuck.length === 0
    ? []
    : [
        `${enumerated(stuck.map((change) => `\`${nameOf(change)}\``))} cannot follow into another VPC: AWS refuses that update, and ` +
          'what serves there is down until it is made anew.',
      ];
}

/** What answers requests behind the edge. */
const SERVERS: readonly string[] = ['aws_ecs_service', 'aws_autoscaling_group', 'aws_lb_target_group'];

/** What serves a portal and is destroyed or replaced, while the portal stays. */
function serving({ changes, paths }: StackReview): string[] {
  if (paths.some(({ levelAfter }) => levelAfter === undefined)) return [];
  const gone = changes.filter(
    ({ type, action, unwritten }) =>
      SERVERS.includes(type) && (action === 'delete' || action === 'replace') && !unwritten,
  );
  const own = gone.filter((change) => change.action === 'delete' || ownReasons(change).length > 0);
  if (own.length === 0) return [];
  const names = own.slice(0, MANY).map((change) => `\`${nameOf(change)}\` (\`${change.type}\`)`);
  return [
    `What serves is taken away and made anew: ${enumerated(names)}${own.length > MANY ? ` and ${own.length - MANY} more` : ''}.`,
  ];
}

/** So many are named one by one. */
const MANY = 4;

/** What is lost with what holds something, what is the cause before what follows from it; what is alike in one sentence. */
function losses(changes: readonly ResourceChange[], action: 'delete' | 'replace'): string[] {
  const all = changes.filter((change) => change.action === action && !isLeftOver(change));
  const lost = all.filter(({ holds, unwritten }) => holds !== undefined && !unwritten);
  if (lost.length === 0) return [];
  const roots = lost.filter((change) => action === 'delete' || ownReasons(change).length > 0);
  const alike = new Map<string, ResourceChange[]>();
  for (const change of [...roots].sort((one, other) => rank(one) - rank(other))) {
    const key = JSON.stringify([change.type, ownReasons(change)]);
    alike.set(key, [...(alike.get(key) ?? []), change]);
  }
  const named = [...alike.values()].slice(0, MANY);
  const rest = all.length - named.flat().length;
  return named.map((same, index) => {
    const [change] = same;
    const verb = action === 'delete' ? 'Destroyed' : change!.predicted ? 'Replaced (predicted)' : 'Replaced';
    const who = `\`${nameOf(change!)}\`${same.length > 1 ? ` and ${same.length - 1} more` : ''} (\`${change!.type}\`)`;
    const reasons = action === 'delete' ? [] : ownReasons(change!).map((path) => `\`${path}\``);
    const more = index === named.length - 1 && rest > 0 ? `; with it ${plural(rest, 'resource')} more` : '';
    return `${verb}: ${who}${reasons.length > 0 ? `, by ${enumerated(reasons)}` : ''}. Lost: ${change!.holds!}${more}.`;
  });
}

/** What an earlier replacement has left behind is not what serves now. */
function isLeftOver({ reasons = [] }: ResourceChange): boolean {
  return reasons.some((reason) => reason.startsWith('left over from '));
}

/** Reasons that are not another's replacement. */
function ownReasons({ reasons = [] }: ResourceChange): readonly string[] {
  return reasons.filter((reason) => !reason.endsWith(' is replaced'));
}

/** A network before what is in it. */
const ORDER: readonly string[] = [
  'aws_vpc',
  'aws_route53_zone',
  'aws_lb',
  'aws_cloudfront_distribution',
  'aws_globalaccelerator_accelerator',
  'aws_s3_bucket',
];

function rank({ type }: ResourceChange): number {
  const index = ORDER.indexOf(type);
  return index < 0 ? ORDER.length : index;
}

function unwrittenMoves(changes: readonly ResourceChange[]): string[] {
  const moved = changes.filter(({ unwritten }) => unwritten);
  if (moved.length === 0) return [];
  return [
    `${plural(moved.length, 'resource')} got another address. Without the \`moved\` blocks below, Terraform destroys and makes them anew.`,
  ];
}

function settings({ settings: all }: StackReview): string[] {
  return all.flatMap(({ path, before, after }) => {
    const change = `${before === undefined ? 'not set' : valueText(before)} → ${after === undefined ? 'not set' : valueText(after)}`;
    if (path.startsWith('terraform.backend'))
      return [`The state moves: \`${path}\` ${change}. Run \`terraform init -migrate-state\` once it is merged.`];
    if (ELSEWHERE.test(path)) {
      return [`Another account or region: \`${path}\` ${change}. Terraform loses sight of all that is there now.`];
    }
    if (after === LEFT_AS_IT_IS) {
      return [
        `\`${path}\` is no longer written, which takes nothing away: what is there stays (${valueText(before)}).`,
      ];
    }
    if (/^provider\b.*default_tags/.test(path)) {
      return [`Every resource with tags is updated, too: \`${path}\` ${change}.`];
    }
    return [];
  });
}

/** What protects or watches something, by what is said where it goes. */
const SAFEGUARDS: Readonly<Record<string, string>> = {
  aws_wafv2_web_acl: 'A firewall of web requests goes',
  aws_wafv2_web_acl_association: 'Web requests are no longer filtered',
  aws_s3_bucket_public_access_block: 'What keeps a bucket from being public goes',
  aws_route53_key_signing_key: 'DNS answers are no longer signed; the DS record of the parent zone has to go first',
  aws_route53_hosted_zone_dnssec: 'DNS answers are no longer signed; the DS record of the parent zone has to go first',
  aws_cloudwatch_metric_alarm: 'An alarm goes',
  aws_route53_health_check: 'A health check goes',
};

/** What goes together with what it protects is no loss of its own. */
function safeguards(changes: readonly ResourceChange[]): string[] {
  const all = changes.filter((change) => change.action === 'delete' && !isLeftOver(change));
  const places = new Set(all.filter(({ type }) => ORDER.includes(type)).map(placeOf));
  const gone = all.filter((change) => change.construct === undefined || !places.has(placeOf(change)));
  return Object.entries(SAFEGUARDS).flatMap(([type, text]) => {
    const [first, ...others] = gone.filter((change) => change.type === type);
    if (!first) return [];
    return [`${text}: \`${nameOf(first)}\`${others.length > 0 ? ` and ${others.length} more` : ''}.`];
  });
}

/** The part of the stack that a construct is in: `portals/portal`, `access-logs`. */
function placeOf({ construct = '' }: ResourceChange): string {
  const [, first, second] = construct.split('/');
  return first === 'portals' ? `${first}/${second}` : String(first);
}

/** Single attributes that take a safeguard away, or something from somebody. */
function ofAttributes(changes: readonly ResourceChange[]): string[] {
  return changes.flatMap((change) => {
    const name = `\`${nameOf(change)}\``;
    const value = (path: string, side: 'before' | 'after'): unknown =>
      change.attributes.find((one) => one.path === path)?.[side];
    const isProtected = value('enable_deletion_protection', 'before') ?? value('deletion_protection', 'before');
    if (change.action === 'delete') {
      return [
        ...(isProtected === 'true'
          ? [`${name} is protected from deletion: the apply fails until \`protected: false\` is deployed.`]
          : []),
      ];
    }
    const found: string[] = [];
    if (value('publicly_accessible', 'after') === 'true') found.push(`${name} can be reached from the Internet.`);
    if (change.action === 'update' && value('enable_key_rotation', 'after') === 'false') {
      found.push(`The key ${name} is not renewed any more.`);
    }
    if (value('enable_deletion_protection', 'before') === 'true')
      found.push(`The deletion protection of ${name} goes.`);
    if (value('force_destroy', 'after') === 'true' && change.action !== 'create')
      found.push(`${name} may be destroyed with all that is in it.`);
    const type = value('type', 'after');
    if (
      change.type === 'aws_route53_record' &&
      value('allow_overwrite', 'after') === 'true' &&
      (type === 'A' || type === 'AAAA')
    ) {
      found.push(`${name} takes over the ${type} record that ${String(value('name', 'after'))} has now.`);
    }
    if (
      change.attributes.some(({ path }) => path.startsWith('failover_routing_policy') || path === 'set_identifier') &&
      change.action === 'update'
    ) {
      found.push(
        `${name} changes its failover routing: Route 53 takes the old record away and makes the new one in one change.`,
      );
    }
    return found;
  });
}

const OTHER = { ipv4: 'ipv6', ipv6: 'ipv4' } as const;

function falls({ names, levelBefore, levelAfter, hops }: PathChange): string[] {
  const [name] = names;
  if (levelAfter === undefined) return [`${name} is no longer served (was ${levelBefore}).`];
  const shut = (['ipv6', 'ipv4'] as const).flatMap((family) => {
    const closed = hops.filter((hop) => hop[family].before === 'open' && hop[family].after === 'closed');
    if (closed.length === 0) return [];
    // The same as before, and no longer enough: the other family has become more.
    const isBehind = closed.every((hop) => hop[family].was === undefined && hop[OTHER[family]].is !== undefined);
    const what = isBehind ? `is now behind ${FAMILY_NAME[OTHER[family]]}` : 'is now closed';
    return [`${FAMILY_NAME[family]} ${what} at ${closed.map(({ hop }) => hop).join(', ')}`];
  });
  // `L1?` is at least L1.
  const fell = levelBefore !== undefined && levelAfter.slice(0, 2) < levelBefore.slice(0, 2);
  if (!fell && shut.length === 0) return [];
  return [
    `${name}${fell ? ` falls from ${levelBefore} to ${levelAfter}` : ''}${fell && shut.length > 0 ? ':' : ''} ${shut.join('; ')}`.trim() +
      '.',
  ];
}

/** What will be done with a stack, in one line. */
export function stackSummary(review: StackReview): string {
  const counts = countsText(countsOf(review.changes));
  const what = counts === '' ? 'no resource changes' : counts;
  return `${review.stack}: ${review.presence === 'new' ? `new, ${what}` : review.presence === 'gone' ? `gone, ${plural(review.changes.length, 'resource')} left behind` : what}`;
}
