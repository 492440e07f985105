// Requests to other hosts than this one do not match.
export const LOOPBACK = /^(http:\/\/127\.0\.0\.1:\d+\/|data:|blob:)/;

// check prints a claim that holds. It throws an error if it does not.
export function check(claim, holds, detail = '') {
  if (!holds) throw new Error(`${claim}${detail && `\n${detail}`}`);
  console.log(`ok    ${claim}`);
}
