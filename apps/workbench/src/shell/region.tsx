import { createContext, useContext, useState, type ReactNode } from 'react';

interface RegionChoice {
  /** Narrows every list and figure; undefined = the whole region of the account. */
  regionCode: string | undefined;
  setRegionCode: (code: string | undefined) => void;
}

const RegionContext = createContext<RegionChoice>({ regionCode: undefined, setRegionCode: () => {} });
const storageKey = 'sunlit.region';

/** The division the person works in now; kept while the tab lives. */
export function RegionProvider({ children }: { children: ReactNode }) {
  const [regionCode, setCode] = useState<string | undefined>(() => sessionStorage.getItem(storageKey) ?? undefined);
  const setRegionCode = (code: string | undefined) => {
    if (code) sessionStorage.setItem(storageKey, code);
    else sessionStorage.removeItem(storageKey);
    setCode(code);
  };
  return <RegionContext value={{ regionCode, setRegionCode }}>{children}</RegionContext>;
}

export function useRegion(): RegionChoice {
  return useContext(RegionContext);
}
