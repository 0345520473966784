import type { Text } from './language';

/** The words of the pages, in both languages. */
export const WORDS = {
  reference: { en: 'Reference architecture', vi: 'Kiến trúc tham khảo' },
  references: { en: 'Reference architectures', vi: 'Các kiến trúc tham khảo' },
  otherLanguage: { en: 'Tiếng Việt', vi: 'English' },
  all: { en: 'All reference architectures', vi: 'Tất cả kiến trúc tham khảo' },
  designedLevel: { en: 'Designed readiness', vi: 'Mức sẵn sàng theo thiết kế' },
  levelNote: {
    en: 'Designed: read from the synthesized Terraform configuration. Only a check of the live portal can confirm it.',
    vi: 'Theo thiết kế: đọc từ cấu hình Terraform đã tạo. Chỉ khi kiểm tra cổng đang chạy mới xác nhận được.',
  },
  purpose: { en: 'What it is for', vi: 'Dùng khi nào' },
  picture: { en: 'Picture', vi: 'Sơ đồ' },
  pictureTitle: { en: 'The way to the portal, both families', vi: 'Đường đi tới cổng, cả hai giao thức' },
  hops: { en: 'Hop by hop, both families side by side', vi: 'Từng chặng, hai giao thức đặt cạnh nhau' },
  hop: { en: 'Hop', vi: 'Chặng' },
  open: { en: 'open', vi: 'thông' },
  closed: { en: 'closed', vi: 'tắc' },
  unknown: { en: 'not to be seen here', vi: 'không xem được ở đây' },
  byAws: { en: "AWS's own part", vi: 'phần của AWS' },
  next: { en: 'What the next level asks', vi: 'Mức tiếp theo cần gì' },
  addresses: { en: 'Address plan', vi: 'Quy hoạch địa chỉ' },
  addressNote: {
    en: 'The IPv6 block is given out when the network is made; until then the end of each /64 is shown.',
    vi: 'Khối IPv6 chỉ được cấp khi tạo mạng; trước đó chỉ ghi phần cuối của mỗi /64.',
  },
  subnet: { en: 'Subnet', vi: 'Mạng con' },
  zone: { en: 'Zone', vi: 'Vùng sẵn sàng' },
  none: { en: 'none', vi: 'không có' },
  costs: { en: 'What costs a fixed sum every month', vi: 'Chi phí cố định hằng tháng' },
  costNote: {
    en: 'By name and number; prices are on the price list of AWS. Traffic, requests and logs come on top.',
    vi: 'Theo tên và số lượng; đơn giá xem bảng giá của AWS. Lưu lượng, yêu cầu và nhật ký tính thêm.',
  },
  item: { en: 'Item', vi: 'Hạng mục' },
  number: { en: 'Number', vi: 'Số lượng' },
  limits: { en: 'What it does not do', vi: 'Những gì kiến trúc này không làm' },
  file: { en: 'The agency file', vi: 'Tệp cấu hình của cơ quan' },
  fileNote: {
    en: 'Copy it to config/agencies, change what is yours, and run portal6 validate.',
    vi: 'Chép vào config/agencies, sửa phần của cơ quan, rồi chạy portal6 validate.',
  },
  resources: { en: 'resources', vi: 'tài nguyên' },
  written: {
    en: 'Written by portal6 from the file below; nothing on this page was typed by hand but the texts about purpose and limits.',
    vi: 'Trang do portal6 tạo từ tệp cấu hình bên dưới; chỉ phần mục đích và giới hạn là do người viết.',
  },
  indexIntro: {
    en: 'Ways to host a state portal so that citizens reach it over IPv4 and IPv6 alike. Each page comes from one file that validates, is planned by the real AWS provider, and passes the policy check at the level it names.',
    vi: 'Các cách triển khai cổng thông tin để người dân truy cập được qua cả IPv4 và IPv6. Mỗi trang được tạo từ một tệp cấu hình hợp lệ, đã được nhà cung cấp AWS thật lập kế hoạch và đạt mức sẵn sàng ghi trên trang.',
  },
} as const satisfies Record<string, Text>;

/** What each readiness level means; ARCHITECTURE.md has the whole of it. */
export const LEVEL_WORDS: readonly Text[] = [
  { en: 'IPv4 only', vi: 'chỉ IPv4' },
  { en: 'declared', vi: 'đã khai báo' },
  { en: 'reachable', vi: 'truy cập được' },
  { en: 'works well', vi: 'hoạt động tốt' },
  { en: 'ready for IPv6-only', vi: 'sẵn sàng cho thuần IPv6' },
];

/** What policy says that the next level asks for, as far as it comes up in pages, in Vietnamese. */
export const ASKS_VI: Readonly<Record<string, string>> = {
  'run the application subnets IPv6-only': 'chạy các mạng con ứng dụng chỉ với IPv6',
  'move the portal off its IPv4 origin: a gateway goes no higher than L3':
    'chuyển cổng khỏi máy chủ gốc IPv4: kiểu gateway không vượt quá mức L3',
  'let CloudFront reach the origin over IPv6 alone': 'để CloudFront kết nối tới máy chủ gốc chỉ qua IPv6',
  'the NACLs are not part of this stack': 'các ACL mạng không nằm trong cấu hình này',
  'the subnets and their routes are not part of this stack': 'các mạng con và định tuyến không nằm trong cấu hình này',
  'not all of the way from the load balancer to the tasks can be seen here':
    'không xem được toàn bộ đường đi từ bộ cân bằng tải tới tác vụ',
};
