/**
 * The code of a CloudFront Function that lets folders be asked for, which S3 does not know: `/dir/` is answered by the
 * index in it, and `/dir` leads there, so that links relative to the page hold.
 *
 * What has a dot in its last part is a file, and so is everything below `/.well-known/` (RFC 8615), whose names often
 * have none. The redirect names the host, so that no path such as `//elsewhere` can become another one's address; the
 * host is one of the distribution's, or the request had not come here.
 *
 * No `${`, which Terraform would read as its own (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html).
 *
 * @param index file that answers for a folder
 */
export function indexFunction(index: string): string {
  return `function handler(event) {
  var request = event.request;
  var uri = request.uri;
  if (uri.endsWith('/')) {
    request.uri = uri + ${JSON.stringify(index)};
    return request;
  }
  var last = uri.slice(uri.lastIndexOf('/') + 1);
  if (last.includes('.') || uri.startsWith('/.well-known/')) return request;
  var location = 'https://' + request.headers.host.value + uri + '/' + queryOf(request.querystring);
  return { statusCode: 301, statusDescription: 'Moved Permanently', headers: { location: { value: location } } };
}

function queryOf(querystring) {
  var parts = [];
  for (var name in querystring) {
    var one = querystring[name];
    (one.multiValue || [one]).forEach(function (each) {
      parts.push(each.value === '' ? name : name + '=' + each.value);
    });
  }
  return parts.length > 0 ? '?' + parts.join('&') : '';
}
`;
}
