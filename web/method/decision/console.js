// console.js -- deciding: the seven answers, whole.
import { countWords } from '../../shared/counts.js';
import { answersView } from '../../console/answers.js';

export default { headline: (ctx) => countWords(ctx.state), view: answersView };
