/**
 * Edits of Hue's production, by the name of what make-plan-fixtures.mjs makes of them: `after` edits the environment, and
 * where that needs another one than the example, `before` makes it.
 */
export const EDITS = {
  'aaaa-live': {
    before: ({ portals: { portal } }) => {
      portal.publish.aaaa = 'staged';
    },
    after: ({ portals: { portal } }) => {
      portal.publish.aaaa = 'live';
    },
  },
  'alias-added': {
    after: ({ portals: { portal } }) => {
      portal.aliases.push('cong.hue.gov.vn');
    },
  },
  'app-subnets-ipv6-only': {
    after: ({ network, portals: { portal } }) => {
      network.appSubnets = 'ipv6-only';
      portal.hosting.image = '111122223333.dkr-ecr.ap-southeast-1.on.aws/hue/portal:1.4.2';
    },
  },
  'cidr-change': {
    after: ({ network }) => {
      network.ipv4 = '10.62.0.0/20';
    },
  },
  'container-to-gateway': {
    after: ({ portals: { portal } }) => {
      portal.hosting = {
        type: 'gateway',
        origin: { addresses: ['10.200.1.10'], port: 443, protocol: 'https' },
        connection: { transitGateway: 'tgw-0123456789abcdef0', routes: ['10.200.0.0/16'] },
      };
    },
  },
  'failover-on': {
    after: ({ portals: { portal } }) => {
      portal.failover = 'maintenance-page';
    },
  },
  'image-changed': {
    after: ({ portals: { portal } }) => {
      portal.hosting.image = portal.hosting.image.replace('1.4.2', '1.5.0');
    },
  },
  // Only those whom the list names may connect; then everybody may, over IPv4 alone.
  'opened-ipv4-only': {
    before: ({ portals: { portal } }) => {
      portal.allow = ['203.0.113.0/24', '2001:db8:100::/48'];
    },
    after: ({ portals: { portal } }) => {
      portal.allow = ['0.0.0.0/0', '2001:db8:100::/48'];
    },
  },
  'portal-deleted': {
    after: (environment) => {
      environment.portals = {};
    },
  },
};
