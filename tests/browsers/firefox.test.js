import { road } from './road.js';

road('firefox');
