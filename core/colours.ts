import type { Family } from './cidr';

/**
 * One colour for each family, the same in every picture: two of Okabe and Ito's palette, which people who see colours
 * differently tell apart, too (https://jfly.uni-koeln.de/color/).
 */
export const FAMILY_COLOURS: Readonly<Record<Family, string>> = { ipv4: '#0072B2', ipv6: '#D55E00' };

/** For what belongs to neither family, in this order. Of the same palette. */
export const OTHER_COLOURS = ['#CC79A7', '#009E73'] as const;
