// phone.js -- turns, lap after lap: as in one round, with the lap above; what a point builds on
// stands in phone/connect.js.
export { default } from '../turns/phone.js';
