import { useEffect, useState } from 'react';

// useDebounced returns the value as soon as it has not changed for the given time.
export function useDebounced<T>(value: T, milliseconds: number) {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return debounced;
}
