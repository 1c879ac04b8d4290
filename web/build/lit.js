// lit.js -- takes out of lit-html what a page that counts its bytes never uses.
//
// The phone's templates bind children, attributes and properties, and nothing else: no directives,
// no @events (main.js listens once, for all), no ?booleans, no elements, no comments, nothing
// inside of <textarea>, no MathML, no polyfills. Each cut names the library's own text exactly, as
// package-lock.json pins it: a version that reads otherwise stops the build.
// tests/web/build.test.js holds the page's templates to this.

/** @type {[string, string][]}  what stands there, and what stays of it */
const cuts = [
  // Directives.
  [
    'function M(t,i,s=t,e){if(i===E)return i;let h=void 0!==e?s._$Co?.[e]:s._$Cl;const o=a(i)?void 0:i._$litDirective$;return h?.constructor!==o&&(h?._$AO?.(!1),void 0===o?h=void 0:(h=new o(t),h._$AT(t,s,e)),void 0!==e?(s._$Co??=[])[e]=h:s._$Cl=h),void 0!==h&&(i=M(t,h._$AS(t,i.values),h,e)),i}',
    '',
  ],
  ['t=M(this,t,i),a(t)?', 'a(t)?'],
  ['t=M(this,t,i,0),o=', 'o='],
  ['r=M(this,e[s+n],i,n)', 'r=e[s+n]'],
  ['get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}', ''],
  ['get _$AU(){return this._$AM?._$AU??this._$Cv}', ''],
  [
    'get parentNode(){let t=this._$AA.parentNode;const i=this._$AM;return void 0!==i&&11===t?.nodeType&&(t=i.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}',
    '',
  ],
  ['get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}', ''],
  ['setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}', ''],
  [',this._$Cv=e?.isConnected??!0', ''],
  ['this._$AV=[],this._$AN=void 0', 'this._$AV=[]'],
  ['this._$AH=A,this._$AN=void 0,this._$AA=', 'this._$AH=A,this._$AA='],
  ['this._$AH=A,this._$AN=void 0,this.element=', 'this._$AH=A,this.element='],
  ['this._$AP?.(!1,!0,s);', ';'],
  // Events, booleans, elements, comments.
  [
    'class L extends H{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==A)}}',
    '',
  ],
  [
    'class z extends H{constructor(t,i,s,e,h){super(t,i,s,e,h),this.type=5}_$AI(t,i=this){if((t=M(this,t,i,0)??A)===E)return;const s=this._$AH,e=t===A&&s!==A||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,h=t!==A&&(s===A||e);e&&this.element.removeEventListener(this.name,this,s),h&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}}',
    '',
  ],
  [
    'class Z{constructor(t,i,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=i,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(t){M(this,t)}}',
    '',
  ],
  ['"."===e[1]?I:"?"===e[1]?L:"@"===e[1]?z:H', 'e[1]?I:H'],
  ['/([.?@])?(.*)/', '/(\\.)?(.*)/'],
  ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t));', ''],
  [':6===r.type&&(i=new Z(h,this,t))', ':0'],
  [
    'else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}',
    '',
  ],
  // Bindings inside of elements that hold raw text.
  [
    'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
    '',
  ],
  ['(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)', '(c=p)'],
  ['y=/^(?:script|style|textarea|title)$/i,', ''],
  ['(c=n??v,d=-1)', '(c=v,d=-1)'],
  [':(c=p,n=void 0);', ':(c=p);'],
  ['let n,l=2===i?"<svg>":3===i?"<math>":""', 'let l=2===i?"<svg>":""'],
  ['2===i?"</svg>":3===i?"</math>":""', '2===i?"</svg>":""'],
  ['2===i||3===i', '2===i'],
  [',T=x(3)', ''],
  // Compiled templates, scopes, options, polyfills, warnings.
  [
    '"number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s)',
    'this._$AC(t)',
  ],
  ['const{values:i,_$litType$:s}=t,e=', 'const{values:i}=t,e='],
  ['(t?.creationScope??l)', 'l'],
  ['if(!u(t)||!t.hasOwnProperty("raw"))throw Error("invalid template strings array");', ''],
  [
    ',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");const D=',
    ';const D=',
  ],
  [
    'const e=s?.renderBefore??i;let h=e._$litPart$;if(void 0===h){const t=s?.renderBefore??null;e._$litPart$=h=new k(i.insertBefore(c(),t),t,void 0,s??{})}return h._$AI(t),h',
    'let h=i._$litPart$;h||(i._$litPart$=h=new k(i.appendChild(c()),null)),h._$AI(t)',
  ],
  ['const j={M:h,P:o,A:n,C:1,L:N,R,D:d,V:M,I:k,H,N:L,U:z,B:I,F:Z}', 'const j=0'],
  ['T as mathml,', ''],
];

/** @param {string} source  lit-html.js of the package */
export function trimLit(source) {
  return cuts.reduce((text, [cut, stays]) => {
    if (text.split(cut).length !== 2)
      throw new Error(`lit-html is not the one that build/lit.js knows: ${cut}`);
    return text.replace(cut, () => stays);
  }, source);
}
