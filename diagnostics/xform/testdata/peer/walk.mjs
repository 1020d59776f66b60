// Fills an XForm in @getodk/xforms-engine as the walk of survey_test.go does,
// and prints one JSON object: times in microseconds, and the state at the end.
//   node --conditions=browser walk.mjs FORM.xml CHANGES-OF-A-KIND MEMBERS
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { JSDOM } from 'jsdom';

const window = new JSDOM('<!doctype html><html><body></body></html>', { url: 'http://localhost/' }).window;
const provided = [
  'document', 'DOMParser', 'XMLSerializer', 'Node', 'Element', 'Document', 'XMLDocument', 'Attr', 'Text', 'CDATASection', 'Comment',
  'ProcessingInstruction', 'File', 'Blob', 'localStorage', 'NodeFilter', 'XPathResult', 'HTMLElement', 'CharacterData',
  'DocumentFragment', 'DocumentType', 'FormData',
];
const define = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
define('window', window);
for (const name of provided) define(name, window[name]);
define('require', createRequire(import.meta.url)); // the engine's parser looks for its files with these
define('__dirname', dirname(globalThis.require.resolve('@getodk/xforms-engine')));

const { createInstance } = await import('@getodk/xforms-engine');
const [path, changes, members] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const source = readFileSync(path, 'utf8');

const loads = [];
let instance;
for (let i = 0; i < 3; i++) {
  const start = performance.now();
  instance = await createInstance(source);
  loads.push((performance.now() - start) * 1000);
}

const below = (node) => node.currentState.children ?? [];
const isSeries = (node) => node.nodeType.startsWith('repeat-range');
const visit = (node, see) => {
  see(node);
  for (const child of below(node)) visit(child, see);
};
let series;
visit(instance.root, (node) => {
  if (isSeries(node)) series = node;
});
const begin = performance.now();
while (below(series).length < members) series.addInstances();
const added = (performance.now() - begin) * 1000;

const nodes = new Map();
visit(instance.root, (node) => {
  if (!isSeries(node)) nodes.set(node.currentState.reference, node);
});
const set = (ref, value) => {
  const node = nodes.get(ref);
  if (node.nodeType === 'select') node.selectValue(value);
  else node.setValue(node.valueType === 'int' ? BigInt(value) : value);
};

let seed = 12345;
const roll = (n) => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >>> 8) % n;
};
const kinds = {
  'leaf-text': (i) => [`/data/t${1 + (i % 10)}`, `x${i}`],
  select: () => [`/data/s${1 + roll(20)}`, ['yes', 'no', 'dk'][roll(3)]],
  chain: () => [`/data/n${2 + roll(30)}`, String(roll(1000))],
  'fan-out': () => ['/data/n1', String(roll(1000))],
  instance: () => [`/data/member[${1 + roll(members)}]/age`, String(roll(90))],
};
const steps = {};
for (const [kind, draw] of Object.entries(kinds)) {
  const spent = [];
  for (let i = 0; i < changes; i++) {
    const [ref, value] = draw(i);
    const start = performance.now();
    set(ref, value);
    spent.push((performance.now() - start) * 1000);
  }
  spent.sort((a, b) => a - b);
  steps[kind] = spent[changes >> 1];
}

const end = {};
for (const [ref, node] of nodes) {
  const { relevant, value } = node.currentState;
  if (below(node).length > 0 || value === undefined || ref.startsWith('/data/meta')) continue;
  end[ref] = { relevant, value: Array.isArray(value) ? value.join(' ') : value === null ? '' : String(value) };
}
console.log(JSON.stringify({ load: loads[0], added, steps, end }));
process.exit(0);
