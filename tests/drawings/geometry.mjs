// Runs inside the page that shows a diagram: what overlaps what, by the boxes that the browser
// really draws. It stands alone, for it is sent into the page as text.
export function geometry() {
  const findings = [];
  const registry = viewer.get('elementRegistry');
  const scale = viewer.get('canvas').zoom();
  const drawn = (gfx) => gfx.getBoundingClientRect();
  const isContainer = (element) => /Participant|Lane$/.test(element.type) || element.type === 'bpmn:SubProcess';
  const elements = registry.filter((element) => element.parent);
  const shapes = elements.filter((element) => !element.waypoints && !element.labelTarget);
  const solids = shapes.filter((element) => !isContainer(element)).map((element) => ({
    name: element.id, element, box: drawn(registry.getGraphics(element).querySelector('.djs-visual > *')),
  }));
  const labels = elements.filter((element) => element.labelTarget).map((element) => ({
    name: `label of ${element.labelTarget.id}`, element,
    box: drawn(registry.getGraphics(element).querySelector('text')),
  }));
  const overlap = (a, b, slack = 1) => a.left < b.right - slack && b.left < a.right - slack &&
    a.top < b.bottom - slack && b.top < a.bottom - slack;

  const things = [...solids, ...labels];
  things.forEach((a, i) => things.slice(i + 1).forEach((b) => {
    if (overlap(a.box, b.box)) findings.push(`${a.name} overlaps ${b.name}`);
  }));

  const outer = drawn(document.querySelector('.djs-container > svg'));
  const origin = viewer.get('canvas').viewbox();
  const onScreen = ({ x, y }) => ({
    x: (x - origin.x) * scale + outer.left, y: (y - origin.y) * scale + outer.top,
  });
  const pieces = elements.filter((element) => element.waypoints).flatMap((element) => {
    const points = element.waypoints.map(onScreen);
    return points.slice(1).map((to, i) => ({
      element, net: element.target.id,
      left: Math.min(points[i].x, to.x), right: Math.max(points[i].x, to.x),
      top: Math.min(points[i].y, to.y), bottom: Math.max(points[i].y, to.y),
    }));
  });
  for (const piece of pieces) {
    const upright = piece.left === piece.right;
    if (!upright && piece.top !== piece.bottom) findings.push(`${piece.element.id} runs aslant`);
    for (const thing of things) {
      const own = [piece.element.source, piece.element.target].includes(thing.element);
      const grown = { left: piece.left - 1, right: piece.right + 1, top: piece.top - 1,
        bottom: piece.bottom + 1 };
      if (overlap(grown, thing.box, own ? 3 : 1)) {
        findings.push(`${piece.element.id} runs over ${thing.name}`);
      }
    }
  }
  pieces.forEach((a, i) => pieces.slice(i + 1).forEach((b) => {
    if (a.net === b.net || a.element.target === b.element.source ||
        b.element.target === a.element.source) return;
    const both = { left: Math.max(a.left, b.left), right: Math.min(a.right, b.right),
      top: Math.max(a.top, b.top), bottom: Math.min(a.bottom, b.bottom) };
    const along = (a.left === a.right) === (b.left === b.right);
    if (along && both.left <= both.right && both.top <= both.bottom) {
      findings.push(`${a.element.id} lies on ${b.element.id}`);
    }
  }));

  // Names inside shapes, lanes and the pool.
  for (const element of shapes) {
    const gfx = registry.getGraphics(element);
    const text = gfx.querySelector(':scope > .djs-visual text');
    if (!text || !text.textContent) continue;
    const inside = drawn(text);
    const box = drawn(gfx.querySelector('.djs-visual > *'));
    if (inside.left < box.left || inside.right > box.right || inside.top < box.top ||
        inside.bottom > box.bottom) findings.push(`${element.id}: its name leaves it`);
    if (element.type === 'bpmn:UserTask') {
      const signs = [...gfx.querySelectorAll('.djs-visual > path')].map(drawn);
      if (signs.some((sign) => overlap(sign, inside))) {
        findings.push(`${element.id}: its name runs over its sign`);
      }
    }
  }
  const pool = shapes.find((element) => element.type === 'bpmn:Participant');
  const all = drawn(registry.getGraphics(pool).querySelector('.djs-visual > *'));
  for (const thing of [...things, ...pieces.map((piece) => ({ name: piece.element.id, box: piece }))]) {
    if (thing.box.left < all.left || thing.box.right > all.right || thing.box.top < all.top ||
        thing.box.bottom > all.bottom) findings.push(`${thing.name} leaves the pool`);
  }
  return findings;
}
