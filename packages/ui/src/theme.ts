import type { ThemeConfig } from 'antd';

/** Paper, ink, one amber. The other four colours carry meaning and are always joined by an icon and a word. */
export const palette = {
  paper: '#fbf9f4',
  sheet: '#ffffff',
  ink: '#1f2328',
  inkSoft: '#5b616a',
  line: '#e4dfd3',
  /** Dark enough for white text (4.9 : 1). */
  amber: '#9a5b00',
  sun: '#e8a317',
  harm: '#b3261e',
  soon: '#a84300',
  owed: '#1d5fa8',
  done: '#2e6b34',
} as const;

const systemCjk =
  "-apple-system, 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif";

/** Whoever asked their device for less motion gets none. */
const wantsMotion =
  typeof window === 'undefined' || !window.matchMedia('(prefers-reduced-motion: reduce)').matches;

export const theme: ThemeConfig = {
  token: {
    colorPrimary: palette.amber,
    colorInfo: palette.owed,
    colorLink: palette.owed,
    // Lighter ones, as they would be derived, are too pale on a row under the pointer.
    colorLinkHover: '#164a84',
    colorLinkActive: '#164a84',
    colorError: palette.harm,
    colorWarning: palette.soon,
    colorSuccess: palette.done,
    colorBgLayout: palette.paper,
    colorBgContainer: palette.sheet,
    colorErrorBg: '#fdf3f2',
    colorErrorBorder: '#e3a29d',
    colorWarningBg: '#fff6e6',
    colorWarningBorder: '#e8b46a',
    colorInfoBg: '#f1f6fc',
    colorInfoBorder: '#a9c4e4',
    colorSuccessBg: '#f1f8f2',
    colorSuccessBorder: '#a5cfa9',
    colorTextBase: palette.ink,
    colorTextSecondary: palette.inkSoft,
    colorTextTertiary: palette.inkSoft,
    colorTextDescription: palette.inkSoft,
    colorTextPlaceholder: '#6b7078',
    colorBorder: '#8d8a80',
    colorBorderSecondary: palette.line,
    borderRadius: 4,
    fontFamily: systemCjk,
    fontSize: 15,
    wireframe: false,
    motion: wantsMotion,
  },
  components: {
    Table: { headerBg: '#f4f0e6', rowHoverBg: '#faf6ec', cellPaddingBlockSM: 7 },
    Layout: { headerBg: palette.sheet, siderBg: palette.sheet, bodyBg: palette.paper },
    Menu: { itemSelectedBg: '#f7efdc', itemSelectedColor: palette.ink },
  },
};
