/** Seconds after which clients that understand `Retry-After` come again. */
export const RETRY_AFTER_SECONDS = 300;

/** Limit of CloudFront (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions). */
export const MAX_FUNCTION_BYTES = 10 * 1024;

/**
 * The code of a CloudFront Function that answers every request with a page and status 503, whatever its path and method.
 *
 * 503, so that nobody takes the page for the portal: no search engine, no cache, and not the IPv6 probe, which asks the
 * same name. It answers at the edge and asks no origin, since the region that took the portal away may have taken its
 * buckets, too.
 *
 * @param html the page; in the code all of it is ASCII, and no `${`, which Terraform would read as its own
 */
export function maintenanceFunction(html: string): string {
  return `var page = ${ascii(html)};

function handler(event) {
  var response = {
    statusCode: 503,
    statusDescription: 'Service Unavailable',
    headers: {
      'content-type': { value: 'text/html; charset=utf-8' },
      'content-language': { value: 'vi, en' },
      'cache-control': { value: 'no-store' },
      'retry-after': { value: '${RETRY_AFTER_SECONDS}' }
    }
  };
  if (event.request.method !== 'HEAD') response.body = { encoding: 'text', data: page };
  return response;
}
`;
}

/** A text as JavaScript has it, of ASCII alone; `$` and `%` begin templates of Terraform. */
function ascii(text: string): string {
  return JSON.stringify(text).replace(
    /[$%]|[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
