import { road } from './road.js';

road('chromium');
