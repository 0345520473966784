import { ASKS_VI } from './words';

/** What policy says that a hop or a level asks for, in Vietnamese; undefined where that has no Vietnamese yet. */
export function askInVietnamese(ask: string): string | undefined {
  const parts = ask.split('; ').map(partInVietnamese);
  return parts.includes(undefined) ? undefined : parts.join('; ');
}

function partInVietnamese(ask: string): string | undefined {
  if (ASKS_VI[ask] !== undefined) return ASKS_VI[ask];
  const [pattern, text] = PATTERNS.find(([one]) => one.test(ask)) ?? [];
  return pattern && text !== undefined ? ask.replace(pattern, text) : undefined;
}

/** Those that come up most, many with a name, a number or an address in them. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/^publish (A|AAAA) for (.+)$/, 'công bố bản ghi $1 cho $2'],
  [
    /^enter the records: the zone is outside, so (A|AAAA) records cannot be seen here$/,
    'nhập các bản ghi: vùng tên miền ở nơi khác nên không xem được bản ghi $1 ở đây',
  ],
  [/^enter the records of (.+): its zone is outside$/, 'nhập các bản ghi của $1: vùng tên miền ở nơi khác'],
  [/^no name leads here: neither a record nor a certificate says one$/, 'không có tên miền nào dẫn tới đây'],
  [/^make the load balancer dualstack: it is (.+)$/, 'chuyển bộ cân bằng tải sang dualstack: hiện là $1'],
  [/^make the accelerator DUAL_STACK: it is (.+)$/, 'chuyển Global Accelerator sang DUAL_STACK: hiện là $1'],
  [/^set `is_ipv6_enabled = true` on the distribution$/, 'đặt `is_ipv6_enabled = true` cho CloudFront'],
  [/^enable the distribution$/, 'bật CloudFront (distribution)'],
  [/^add an HTTPS listener on port (\d+)$/, 'thêm cổng lắng nghe HTTPS ở cổng $1'],
  [/^put (.+) on the certificate$/, 'thêm $1 vào chứng chỉ'],
  [/^add (.+) to the aliases of the distribution$/, 'thêm $1 vào danh sách tên miền của CloudFront'],
  [/^open port (\d+) to (IPv[46]) in the security group$/, 'mở cổng $1 cho $2 trong nhóm bảo mật (security group)'],
  [
    /^open port (\d+) to all of (IPv[46]) in the security group$/,
    'mở cổng $1 cho toàn bộ $2 trong nhóm bảo mật (security group)',
  ],
  [/^allow port (\d+) in for (IPv[46]) in the NACL$/, 'cho phép $2 đi vào cổng $1 trong ACL mạng'],
  [
    /^allow the replies from port (\d+) \(1024-65535 out\) for (IPv[46]) in the NACL$/,
    'cho phép gói trả lời $2 từ cổng $1 (1024-65535 chiều ra) trong ACL mạng',
  ],
  [/^give (\S+) an IPv6 block$/, 'cấp khối IPv6 cho $1'],
  [/^route (\S+) of (\S+) to the internet gateway$/, 'định tuyến $1 của $2 tới cổng Internet (internet gateway)'],
  [/^where (\S+) of (\S+) leads cannot be seen here$/, 'không xem được $1 của $2 dẫn đi đâu'],
  [/^let (\S+) out over IPv6$/, 'cho $1 đi ra qua IPv6'],
  [/^add a health check over IPv6: the probe$/, 'thêm kiểm tra sức khỏe qua IPv6: đầu dò'],
  [
    /^add the probe, or a Route 53 health check on the name$/,
    'thêm đầu dò, hoặc kiểm tra sức khỏe Route 53 cho tên miền',
  ],
  [/^add a health check to the target group$/, 'thêm kiểm tra sức khỏe cho nhóm đích (target group)'],
  [
    /^add a Route 53 health check of each of its IPv6 addresses, with an alarm$/,
    'thêm kiểm tra sức khỏe Route 53 cho từng địa chỉ IPv6, kèm cảnh báo',
  ],
  [/^add an alarm on the share of IPv6 requests$/, 'thêm cảnh báo về tỷ lệ yêu cầu qua IPv6'],
  [
    /^give the alarm on the share of IPv6 requests somebody to tell$/,
    'chỉ định người nhận cho cảnh báo về tỷ lệ yêu cầu qua IPv6',
  ],
  [/^make (.+) dualstack$/, 'chuyển $1 sang dualstack'],
  [/^make the target group IPv6$/, 'chuyển nhóm đích (target group) sang IPv6'],
  [/^what is behind (\S+) cannot be seen here$/, 'không xem được phía sau $1 ở đây'],
  [/^the security groups are not part of this stack$/, 'các nhóm bảo mật không nằm trong cấu hình này'],
  [
    /^some rules of the security groups are not part of this stack$/,
    'một số luật của nhóm bảo mật không nằm trong cấu hình này',
  ],
  [/^the origin is not part of this stack$/, 'máy chủ gốc không nằm trong cấu hình này'],
  [/^the VPC's endpoints are not part of this stack$/, 'các điểm cuối của VPC không nằm trong cấu hình này'],
  [
    /^the way to the data center is not part of this stack$/,
    'đường tới trung tâm dữ liệu không nằm trong cấu hình này',
  ],
  [/^no target group can be seen$/, 'không xem được nhóm đích nào'],
  [
    /^the target group and its health check cannot be seen here$/,
    'không xem được nhóm đích và việc kiểm tra sức khỏe của nó',
  ],
];
