// early.js -- begins a page's connection with the first bytes of it, while the rest is on its way.
// It runs before any module: whoever asks for the first WebSocket gets the one that it opened, and
// whoever asks for another gets another. Plain text, for its hash stands in the page's policy.
//
// The phone's page has no byte to spare for it; the worker puts it into what it keeps.
export const connecting =
  `{const W=WebSocket,e=new W(location.origin.replace("http","ws")+"/ws","runde.v1");` +
  `WebSocket=function(u,p){WebSocket=W;if(e.readyState>1)return new W(u,p);` +
  `e.readyState&&setTimeout(()=>e.onopen());return e}}`;
