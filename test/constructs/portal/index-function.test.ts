import * as fc from 'fast-check';
import { indexFunction } from '../../../constructs/portal/index-function';

interface Value {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
}

interface Answer {
  readonly uri?: string;
  readonly statusCode?: number;
  readonly headers?: { readonly location?: Value };
}

/** The code as CloudFront runs it: a script with one function called `handler`. */
function run(uri: string, querystring: Readonly<Record<string, Value>> = {}, index = 'index.html'): Answer {
  const handler = new Function(`${indexFunction(index)}\nreturn handler;`)() as (event: unknown) => Answer;
  return handler({
    version: '1.0',
    context: { eventType: 'viewer-request' },
    request: { method: 'GET', uri, querystring, headers: { host: { value: 'hue.gov.vn' } }, cookies: {} },
  });
}

test.each([
  ['/', '/index.html'],
  ['/tin/', '/tin/index.html'],
  ['/tin/2026/', '/tin/2026/index.html'],
  ['/tin%20m%E1%BB%9Bi/', '/tin%20m%E1%BB%9Bi/index.html'],
])('%s is answered by %s', (uri, file) => {
  expect(run(uri)).toMatchObject({ uri: file });
});

test('the index may have another name', () => {
  expect(run('/tin/', {}, 'trang-chu.htm').uri).toBe('/tin/trang-chu.htm');
});

test.each(['/tin.html', '/anh/a.b/c.jpg', '/.well-known/acme-challenge/token', '/.well-known/security.txt'])(
  '%s is a file, and stays as it is',
  (uri) => {
    expect(run(uri)).toMatchObject({ uri });
  },
);

test.each([
  ['/tin', 'https://hue.gov.vn/tin/'],
  ['/v1.2/tin', 'https://hue.gov.vn/v1.2/tin/'],
  ['//elsewhere', 'https://hue.gov.vn//elsewhere/'],
  ['/\\elsewhere', 'https://hue.gov.vn/\\elsewhere/'],
])('%s leads to the folder, %s', (uri, location) => {
  expect(run(uri)).toMatchObject({ statusCode: 301, headers: { location: { value: location } } });
});

test('a query stays with the folder, in its order and as it was written', () => {
  const query = {
    q: { value: 'th%E1%BB%A7%20t%E1%BB%A5c' },
    tag: { value: 'a', multiValue: [{ value: 'a' }, { value: 'b' }] },
    empty: { value: '' },
  };

  expect(run('/tin', query).headers?.location?.value).toBe(
    'https://hue.gov.vn/tin/?q=th%E1%BB%A7%20t%E1%BB%A5c&tag=a&tag=b&empty',
  );
});

test('wherever it leads is the same host', () => {
  const path = fc.string({ unit: fc.constantFrom('/', '\\', '.', '@', ':', '?', '#', '%', 'a', '5', 'c') });
  fc.assert(
    fc.property(path, (text) => {
      const { headers } = run(`/${text}`);
      if (headers?.location) expect(new URL(headers.location.value).host).toBe('hue.gov.vn');
    }),
  );
});

test('its text has nothing that Terraform would read as its own, and fits what AWS takes', () => {
  const code = indexFunction('index.html');

  expect(code).not.toMatch(/[$%]\{/);
  expect(Buffer.byteLength(code)).toBeLessThan(10_000);
});
