// What build.js makes while it bundles a page. `runde:protocol` and `runde:traits` are declared by
// protogen, in build/gen/protocol.d.ts.
declare module 'runde:words' {
  export const locale: string;
  export const languages: { [locale: string]: string };
  export const words: { [key: string]: string };
}
declare module 'runde:functions' {
  /** Those that phones offer, each by its words in every language. */
  export const functions: string[][][];
}
declare module 'runde:method/phone' {
  export const views: { [method: string]: (c: import('../phone/pieces.js').Context) => any };
}
declare module 'runde:method/late' {
  /** texts: those that the phone with these seats writes together with others (phone/joint.js) */
  export const views: {
    [method: string]: {
      (c: import('../phone/pieces.js').Context): any;
      texts?: (state: any, seats: number[]) => import('../phone/joint.js').Shared[];
    };
  };
  export const styles: string;
}
declare module 'runde:method/board' {
  export const views: { [method: string]: (view: import('../board/pieces.js').View) => any };
}
declare module 'runde:method/console' {
  type Ctx = import('../console/pieces.js').Ctx;
  /** headline: what stands large beside the clock while nobody speaks */
  export const views: {
    [method: string]: {
      headline?: (ctx: Ctx, part: any) => any;
      view: (ctx: Ctx, part: any) => any;
    };
  };
}
declare module 'runde:method/fold' {
  export const empty: Partial<import('./model.js').State>;
  export const folds: import('./model.js').Folds;
}
declare module 'runde:agenda' {
  export const schema: any;
  export const figures: any;
  export const figuresMax: number;
  export const expected: any;
}
declare var RUNDE_PAGE: string | undefined;
declare var RUNDE_LATE: string | undefined;
declare var RUNDE_TABLES: string | undefined;
declare var RUNDE_DESK: string | undefined;
declare var RUNDE_HYPHENS: string | undefined;
declare var RUNDE_STREAM: string | undefined;
/** Where it has come. */
declare var runde_stream: typeof import('./stream.js') | undefined;
declare module '*.css' {
  const text: string;
  export default text;
}
declare var runde: any;
declare var trustedTypes: any;
declare module 'papaparse' {
  export function parse(
    text: string,
    config: { delimiter: string; newline: string; skipEmptyLines: 'greedy' },
  ): { data: string[][] };
  const Papa: { parse: typeof parse };
  export default Papa;
}
