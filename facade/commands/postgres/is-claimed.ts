/** Of a row of the table `name`: whether a process is at work on it that is alive. */
export const IS_CLAIMED = (name: string): string =>
  `EXISTS (SELECT 1 FROM portico_owners o WHERE o.id = ${name}.claimed_by AND o.lease_until > (SELECT portico_now()))`;
