import type { HopName } from '../policy/hops/hop';
import type { Text } from './language';

/** What each hop is called, and the question that it answers. */
export const HOP_WORDS: Readonly<Record<HopName, { readonly name: Text; readonly question: Text }>> = {
  dns: {
    name: { en: 'DNS', vi: 'Tên miền (DNS)' },
    question: { en: 'Does the name have addresses?', vi: 'Tên miền có địa chỉ không?' },
  },
  edge: {
    name: { en: 'Edge', vi: 'Cửa ngõ' },
    question: {
      en: 'Does what answers have addresses of the family?',
      vi: 'Thiết bị trả lời có địa chỉ loại này không?',
    },
  },
  listener: {
    name: { en: 'Listener', vi: 'Cổng lắng nghe' },
    question: { en: 'Does somebody take HTTPS for every name?', vi: 'Có nhận HTTPS cho mọi tên miền không?' },
  },
  firewall: {
    name: { en: 'Firewall', vi: 'Tường lửa' },
    question: { en: 'Are clients let in, and replies out?', vi: 'Có cho người dùng vào và gói trả lời ra không?' },
  },
  route: {
    name: { en: 'Route', vi: 'Định tuyến' },
    question: { en: 'Do replies find their way back?', vi: 'Gói trả lời có đường về không?' },
  },
  target: {
    name: { en: 'Target', vi: 'Máy chủ đích' },
    question: { en: 'Is what serves the portal reached?', vi: 'Có tới được máy chủ của cổng không?' },
  },
  health: {
    name: { en: 'Health', vi: 'Giám sát' },
    question: { en: 'Does somebody notice when it breaks?', vi: 'Khi hỏng có ai biết không?' },
  },
};
