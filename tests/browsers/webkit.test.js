import { road } from './road.js';

road('webkit');
