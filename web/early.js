// early.js -- begins a page's connection with the first bytes of it, while the rest is on its way.
// It runs before any module: whoever asks for the first WebSocket gets the one that it opened, and
// whoever asks for another gets another. Plain text, for its hash stands in the page's policy.
//
// The phone's page has no byte to spare for it; the worker puts it into what it keeps.
export const connecting =
  `{const W=WebSocket,e=new W(location.origin.replace("http","ws")+"/ws/"+location.pathname.split("/")[2],"runde.v1");` +
  `WebSocket=function(u,p){WebSocket=W;if(e.readyState>1)return new W(u,p);` +
  `e.readyState&&setTimeout(()=>e.onopen());return e}}`;

/**
 * For a page whose address has the key: what it shows first is asked for at once, by a request, which
 * is there two round trips before a socket's answer. What comes is in `runde_seen` (shared/link.js).
 * A browser that is too old for the page (build.js) asks for nothing.
 */
export const seeing =
  `{const a=HTMLInputElement.prototype.showPicker&&/\\/(\\w{4}-\\w{4})\\/?#([\\w-]{43})/.exec(location.pathname+location.hash),` +
  `sent=performance.now();if(a)runde_seen=fetch("/api/meetings/"+a[1]+"/state",{headers:{authorization:"Bearer "+a[2]}})` +
  `.then(r=>r.status==200?r.text().then(text=>({sent,text,at:performance.now()})):0).catch(()=>0)}`;
