type List = { count: number; hasNextPage?: boolean; totalCount?: number | null };

// describeList returns the status of a list. Only a search has a totalCount.
export function describeList({ count, hasNextPage, totalCount }: List) {
  if (totalCount === 0) return 'No characters match.';
  if (totalCount != null) return `${count} of ${totalCount} characters`;
  return `${count} characters${hasNextPage === false ? ', all of them' : ''}`;
}
