import { useEffect } from 'react';

const isGone = (element: Element): boolean =>
  !element.isConnected || !element.checkVisibility({ visibilityProperty: true });

/**
 * A step that is done takes its button or dialog away. Whoever works by keyboard or screen reader goes on from the
 * heading of the page instead of from the top of the window.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | undefined;
    const remember = (event: FocusEvent) => void (last = event.target as Element);
    const observer = new MutationObserver(() => {
      if (!last || document.activeElement !== document.body || !isGone(last)) return;
      const heading = document.querySelector<HTMLElement>('main h1');
      if (!heading) return;
      last = undefined;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    });
    document.addEventListener('focusin', remember);
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['style', 'class', 'hidden'],
    });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
    };
  }, []);
}
