// What build.js makes while it bundles a page.
declare module 'runde:words' {
  export const locale: string;
  export const languages: { [locale: string]: string };
  export const words: { [key: string]: string };
}
declare module 'runde:protocol' {
  export const limits: { [name: string]: number };
  export const refusals: string[];
  export const commands: { [name: string]: { who: string[]; made?: string; refusals: string[] } };
  export const facts: string[];
  export const enums: { [name: string]: string[] };
}
declare module 'runde:agenda' {
  export const schema: any;
  export const figures: any;
  export const figuresMax: number;
  export const expected: any;
}
declare var RUNDE_PAGE: string | undefined;
declare var RUNDE_LATE: string | undefined;
declare module '*.css' {
  const text: string;
  export default text;
}
declare var runde: any;
declare var trustedTypes: any;
