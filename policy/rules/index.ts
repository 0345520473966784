import type { Rule } from '../rule';
import { rule as v6Acl001 } from './v6-acl-001';
import { rule as v6Acl002 } from './v6-acl-002';
import { rule as v6Acl003 } from './v6-acl-003';
import { rule as v6Acl004 } from './v6-acl-004';
import { rule as v6Cf001 } from './v6-cf-001';
import { rule as v6Cf002 } from './v6-cf-002';
import { rule as v6Cf003 } from './v6-cf-003';
import { rule as v6Cmp001 } from './v6-cmp-001';
import { rule as v6Cmp002 } from './v6-cmp-002';
import { rule as v6Cmp003 } from './v6-cmp-003';
import { rule as v6Cmp004 } from './v6-cmp-004';
import { rule as v6Cmp005 } from './v6-cmp-005';
import { rule as v6Cmp007 } from './v6-cmp-007';
import { rule as v6Cmp008 } from './v6-cmp-008';
import { rule as v6Cmp009 } from './v6-cmp-009';
import { rule as v6Cmp010 } from './v6-cmp-010';
import { rule as v6Cmp011 } from './v6-cmp-011';
import { rule as v6Cmp012 } from './v6-cmp-012';
import { rule as v6Dns001 } from './v6-dns-001';
import { rule as v6Dns002 } from './v6-dns-002';
import { rule as v6Dns003 } from './v6-dns-003';
import { rule as v6Dns004 } from './v6-dns-004';
import { rule as v6Dns005 } from './v6-dns-005';
import { rule as v6Dns006 } from './v6-dns-006';
import { rule as v6Dns007 } from './v6-dns-007';
import { rule as v6Dns008 } from './v6-dns-008';
import { rule as v6Dns009 } from './v6-dns-009';
import { rule as v6Dns010 } from './v6-dns-010';
import { rule as v6Dns013 } from './v6-dns-013';
import { rule as v6Dns014 } from './v6-dns-014';
import { rule as v6Dns015 } from './v6-dns-015';
import { rule as v6Ep001 } from './v6-ep-001';
import { rule as v6Ep002 } from './v6-ep-002';
import { rule as v6Ep003 } from './v6-ep-003';
import { rule as v6Ep004 } from './v6-ep-004';
import { rule as v6Ipam001 } from './v6-ipam-001';
import { rule as v6Ipam002 } from './v6-ipam-002';
import { rule as v6Ipam003 } from './v6-ipam-003';
import { rule as v6Ipam005 } from './v6-ipam-005';
import { rule as v6Lb001 } from './v6-lb-001';
import { rule as v6Lb002 } from './v6-lb-002';
import { rule as v6Lb003 } from './v6-lb-003';
import { rule as v6Lb004 } from './v6-lb-004';
import { rule as v6Lb005 } from './v6-lb-005';
import { rule as v6Lb006 } from './v6-lb-006';
import { rule as v6Lb007 } from './v6-lb-007';
import { rule as v6Lb009 } from './v6-lb-009';
import { rule as v6Lb010 } from './v6-lb-010';
import { rule as v6Lb011 } from './v6-lb-011';
import { rule as v6Obs001 } from './v6-obs-001';
import { rule as v6Obs002 } from './v6-obs-002';
import { rule as v6Obs003 } from './v6-obs-003';
import { rule as v6Path001 } from './v6-path-001';
import { rule as v6Pol001 } from './v6-pol-001';
import { rule as v6Res001 } from './v6-res-001';
import { rule as v6Res002 } from './v6-res-002';
import { rule as v6Res003 } from './v6-res-003';
import { rule as v6Res004 } from './v6-res-004';
import { rule as v6Res005 } from './v6-res-005';
import { rule as v6Res006 } from './v6-res-006';
import { rule as v6Rt001 } from './v6-rt-001';
import { rule as v6Rt002 } from './v6-rt-002';
import { rule as v6Rt003 } from './v6-rt-003';
import { rule as v6Rt004 } from './v6-rt-004';
import { rule as v6Rt005 } from './v6-rt-005';
import { rule as v6Rt006 } from './v6-rt-006';
import { rule as v6Rt007 } from './v6-rt-007';
import { rule as v6Rt008 } from './v6-rt-008';
import { rule as v6Rt009 } from './v6-rt-009';
import { rule as v6Rt010 } from './v6-rt-010';
import { rule as v6Sg001 } from './v6-sg-001';
import { rule as v6Sg002 } from './v6-sg-002';
import { rule as v6Sg003 } from './v6-sg-003';
import { rule as v6Sg004 } from './v6-sg-004';
import { rule as v6Sg005 } from './v6-sg-005';
import { rule as v6Sg006 } from './v6-sg-006';
import { rule as v6Sg007 } from './v6-sg-007';
import { rule as v6Sg009 } from './v6-sg-009';
import { rule as v6Sg010 } from './v6-sg-010';
import { rule as v6Sub001 } from './v6-sub-001';
import { rule as v6Sub002 } from './v6-sub-002';
import { rule as v6Sub003 } from './v6-sub-003';
import { rule as v6Sub004 } from './v6-sub-004';
import { rule as v6Sub005 } from './v6-sub-005';
import { rule as v6Sub007 } from './v6-sub-007';
import { rule as v6Sub008 } from './v6-sub-008';
import { rule as v6Sub010 } from './v6-sub-010';
import { rule as v6Tg001 } from './v6-tg-001';
import { rule as v6Tg002 } from './v6-tg-002';
import { rule as v6Tg003 } from './v6-tg-003';
import { rule as v6Tg004 } from './v6-tg-004';
import { rule as v6Tg005 } from './v6-tg-005';
import { rule as v6Tg006 } from './v6-tg-006';
import { rule as v6Tg008 } from './v6-tg-008';
import { rule as v6Tg010 } from './v6-tg-010';
import { rule as v6Tg011 } from './v6-tg-011';
import { rule as v6Tg012 } from './v6-tg-012';
import { rule as v6Tls002 } from './v6-tls-002';
import { rule as v6Tls003 } from './v6-tls-003';
import { rule as v6Vpc001 } from './v6-vpc-001';
import { rule as v6Vpc002 } from './v6-vpc-002';
import { rule as v6Vpc003 } from './v6-vpc-003';
import { rule as v6Vpc004 } from './v6-vpc-004';
import { rule as v6Vpc005 } from './v6-vpc-005';
import { rule as v6Vpc006 } from './v6-vpc-006';
import { rule as v6Waf001 } from './v6-waf-001';
import { rule as v6Waf002 } from './v6-waf-002';
import { rule as v6Waf003 } from './v6-waf-003';
import { rule as v6Waf004 } from './v6-waf-004';

/** Every rule, by id. Written by scripts/list-rules.js. */
export const RULES: readonly Rule[] = [
  v6Acl001,
  v6Acl002,
  v6Acl003,
  v6Acl004,
  v6Cf001,
  v6Cf002,
  v6Cf003,
  v6Cmp001,
  v6Cmp002,
  v6Cmp003,
  v6Cmp004,
  v6Cmp005,
  v6Cmp007,
  v6Cmp008,
  v6Cmp009,
  v6Cmp010,
  v6Cmp011,
  v6Cmp012,
  v6Dns001,
  v6Dns002,
  v6Dns003,
  v6Dns004,
  v6Dns005,
  v6Dns006,
  v6Dns007,
  v6Dns008,
  v6Dns009,
  v6Dns010,
  v6Dns013,
  v6Dns014,
  v6Dns015,
  v6Ep001,
  v6Ep002,
  v6Ep003,
  v6Ep004,
  v6Ipam001,
  v6Ipam002,
  v6Ipam003,
  v6Ipam005,
  v6Lb001,
  v6Lb002,
  v6Lb003,
  v6Lb004,
  v6Lb005,
  v6Lb006,
  v6Lb007,
  v6Lb009,
  v6Lb010,
  v6Lb011,
  v6Obs001,
  v6Obs002,
  v6Obs003,
  v6Path001,
  v6Pol001,
  v6Res001,
  v6Res002,
  v6Res003,
  v6Res004,
  v6Res005,
  v6Res006,
  v6Rt001,
  v6Rt002,
  v6Rt003,
  v6Rt004,
  v6Rt005,
  v6Rt006,
  v6Rt007,
  v6Rt008,
  v6Rt009,
  v6Rt010,
  v6Sg001,
  v6Sg002,
  v6Sg003,
  v6Sg004,
  v6Sg005,
  v6Sg006,
  v6Sg007,
  v6Sg009,
  v6Sg010,
  v6Sub001,
  v6Sub002,
  v6Sub003,
  v6Sub004,
  v6Sub005,
  v6Sub007,
  v6Sub008,
  v6Sub010,
  v6Tg001,
  v6Tg002,
  v6Tg003,
  v6Tg004,
  v6Tg005,
  v6Tg006,
  v6Tg008,
  v6Tg010,
  v6Tg011,
  v6Tg012,
  v6Tls002,
  v6Tls003,
  v6Vpc001,
  v6Vpc002,
  v6Vpc003,
  v6Vpc004,
  v6Vpc005,
  v6Vpc006,
  v6Waf001,
  v6Waf002,
  v6Waf003,
  v6Waf004,
];
