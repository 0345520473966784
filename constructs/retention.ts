/**
 * How long logs are kept: Vietnamese law asks for 12 months, and 400 is the first value that CloudWatch takes beyond
 * the 366 days of a leap year.
 */
export const RETENTION_DAYS = 400;
