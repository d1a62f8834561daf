import { useEffect, useRef, useState, type RefObject } from 'react';

function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return Boolean(
    element?.closest('input,textarea,select,[contenteditable],[role="dialog"],[role="menu"],[role="combobox"]'),
  );
}

/** Arrows move along the rows, Enter opens, `/` goes to the list's search. */
export function useListKeys(
  length: number,
  open: (index: number) => void,
  searchRef: RefObject<{ focus: () => void } | null>,
) {
  const [active, setActive] = useState(-1);
  const containerRef = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '/' && searchRef.current) {
        event.preventDefault();
        searchRef.current.focus();
        return;
      }
      const isHeading = (event.target as HTMLElement | null)?.tagName === 'H1';
      const onPage = isHeading || event.target === document.body || containerRef.current === event.target;
      if (!onPage || length === 0) return;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        const next = Math.min(length - 1, Math.max(0, active + (event.key === 'ArrowDown' ? 1 : -1)));
        setActive(next);
        containerRef.current?.querySelectorAll('tr.ant-table-row')[next]?.scrollIntoView({ block: 'nearest' });
      }
      if (event.key === 'Enter' && active >= 0) open(active);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });

  return { active, setActive, containerRef };
}
