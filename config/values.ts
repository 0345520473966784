import { domainToASCII } from 'node:url';
import * as z from 'zod';
import { formatCidr, hasHostBits, parseAddress, parseCidr } from '../core/cidr';
import { REGIONS } from '../core/regions';

/** The small values that agency files are made of; each message reads well behind `file:line:column: path: `. */

/** A key of a map, or an agency's id: part of resource names, so short and plain. */
export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'use lower-case letters, digits and single hyphens, beginning with a letter')
  .max(30, 'use at most 30 characters');

/** Text for people; kept in Unicode NFC, in which Vietnamese letters are single characters. */
export const label = z
  .string()
  .trim()
  .min(1, 'write a name')
  .overwrite((text) => text.normalize('NFC'));

const HOST_NAME = /^(?=.{4,250}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/**
 * A full host name. Letters outside ASCII become punycode and upper case becomes lower case (RFC 5891); a final dot
 * is refused because Route 53, ACM and certificates disagree about it.
 */
export const hostName = z
  .string()
  .overwrite((text) => domainToASCII(text.normalize('NFC')) || text)
  .regex(HOST_NAME, 'write a full host name such as portal.hue.gov.vn, without scheme, path, wildcard or final dot');

/** An AWS account's 12 digits. Quoted in YAML, where a number would lose its leading zeros. */
export const account = z
  .string({ error: 'write the 12 digits of the AWS account in quotes, such as "111122223333"' })
  .regex(/^[0-9]{12}$/, 'write the 12 digits of the AWS account in quotes, such as "111122223333"');

/** An AWS region whose zones portal6 knows. */
export const region = z.enum(REGIONS as [string, ...string[]]);

/** An IPv4 or IPv6 range without host bits, kept in canonical text (RFC 5952). */
export const range = z.string().transform((text, context) => {
  const cidr = parseCidr(text);
  if (!cidr) {
    const single = parseAddress(text);
    const hint = single ? `; for one address write ${text}/${single.family === 'ipv4' ? 32 : 128}` : '';
    context.addIssue({ code: 'custom', message: `write a range such as 203.0.113.0/24 or 2001:db8::/32${hint}` });
    return z.NEVER;
  }
  if (hasHostBits(cidr)) {
    context.addIssue({ code: 'custom', message: `${text} has host bits set; did you mean ${formatCidr(cidr)}?` });
    return z.NEVER;
  }
  return formatCidr(cidr);
});

/** An IPv4 range without host bits. */
export const ipv4Range = range.refine((text) => !text.includes(':'), 'write an IPv4 range such as 10.1.0.0/16');

/** An IPv6 range without host bits. */
export const ipv6Range = range.refine((text) => text.includes(':'), 'write an IPv6 range such as 2001:db8::/56');

/** All clients of both families. */
export const EVERYBODY: readonly string[] = ['0.0.0.0/0', '::/0'];

/** Whether an IPv6 range is of the Internet, 2000::/3 (IANA's registry of address space). */
export function isPublicIpv6(text: string): boolean {
  const cidr = parseCidr(text);
  return cidr !== undefined && cidr.first >> 125n === 1n;
}

/** A day as 2026-10-01. */
export const day = z
  .string()
  .refine(
    (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true,
    'write a day as 2026-10-01',
  );

export const email = z.email('write an e-mail address');

/** An id as AWS gives it out, such as `vpc-0123456789abcdef0`. */
export function awsId(prefix: string): z.ZodString {
  return z.string().regex(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), `write an id such as ${prefix}-0123456789abcdef0`);
}
