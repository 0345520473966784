import { runInNewContext } from 'node:vm';
import {
  MAX_FUNCTION_BYTES,
  maintenanceFunction,
  RETRY_AFTER_SECONDS,
} from '../../../constructs/portal/maintenance-function';
import { maintenanceHtml } from '../../../constructs/portal/maintenance-html';

const HTML = maintenanceHtml({ domain: 'hue.gov.vn', agency: { vi: 'Thành phố Huế', en: 'Hue City' } });
const CODE = maintenanceFunction(HTML);

interface Response {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, { readonly value: string }>>;
  readonly body?: { readonly encoding: string; readonly data: string };
}

/** What the function answers, as CloudFront would run it. */
const answer = (method: string, uri = '/', code = CODE): Response => {
  const event = { request: { method, uri, querystring: {}, headers: {} } };
  return JSON.parse(runInNewContext(`${code}\nJSON.stringify(handler(event))`, { event }) as string) as Response;
};

test.each(['/', '/healthz', '/dich-vu-cong/nop-ho-so?x=1', '/favicon.ico'])('%s is answered with the page', (uri) => {
  expect(answer('GET', uri)).toMatchObject({
    statusCode: 503,
    headers: { 'content-type': { value: 'text/html; charset=utf-8' } },
    body: { encoding: 'text', data: HTML },
  });
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('so is %s, which nothing is done about', (method) => {
  expect(answer(method)).toMatchObject({ statusCode: 503, body: { data: HTML } });
});

test('HEAD has no body', () => {
  expect(answer('HEAD').body).toBeUndefined();
  expect(answer('HEAD').statusCode).toBe(503);
});

test('clients hear when to come again, and nobody keeps the answer', () => {
  const { headers } = answer('GET');

  expect(headers['retry-after']!.value).toBe(String(RETRY_AFTER_SECONDS));
  expect(headers['cache-control']!.value).toBe('no-store');
});

test('names of headers are lower case, as CloudFront has them', () => {
  for (const name of Object.keys(answer('GET').headers)) expect(name).toBe(name.toLowerCase());
});

test('the code is ASCII, fits into a function, and holds no template of Terraform', () => {
  expect(CODE).toMatch(/^[\n\x20-\x7e]+$/);
  expect(CODE.length).toBeLessThan(MAX_FUNCTION_BYTES / 2);
  expect(maintenanceFunction('${a} %{b} \u2028</script>"\\')).not.toMatch(/[$%]\{/);
});

test('whatever is in the page comes out again', () => {
  const strange = '${a} %{b} \u2028</script>"\\\n𝄞';

  expect(answer('GET', '/', maintenanceFunction(strange)).body!.data).toBe(strange);
});
