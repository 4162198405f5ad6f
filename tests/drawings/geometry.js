// Runs in the page that shows a diagram: what overlaps what, by the boxes the browser really draws.

const drawn = (gfx) => gfx.getBoundingClientRect();

const overlap = (a, b, slack = 1) => a.left < b.right - slack && b.left < a.right - slack &&
  a.top < b.bottom - slack && b.top < a.bottom - slack;

const isOutside = (inner, outer) => inner.left < outer.left || inner.right > outer.right ||
  inner.top < outer.top || inner.bottom > outer.bottom;

const isContainer = (element) => /Participant|Lane$|SubProcess$/.test(element.type);

// Shapes that hold no others, and labels beside shapes and wires.
function thingsOf(registry, elements) {
  const shapes = elements.filter((element) => !element.waypoints);
  return shapes.filter((element) => !isContainer(element)).map((element) => {
    const gfx = registry.getGraphics(element);
    return element.labelTarget
      ? { name: `the label of ${element.labelTarget.id}`, element,
        box: drawn(gfx.querySelector('text')) }
      : { name: element.id, element, box: drawn(gfx.querySelector('.djs-visual > *')) };
  });
}

// The straight pieces of the wires, as boxes without a width or a height.
function piecesOf(elements) {
  const outer = drawn(document.querySelector('.djs-container > svg'));
  const view = viewer.get('canvas').viewbox();
  const onScreen = ({ x, y }) => ({
    x: (x - view.x) * view.scale + outer.left, y: (y - view.y) * view.scale + outer.top,
  });
  return elements.filter((element) => element.waypoints).flatMap((element) => {
    const points = element.waypoints.map(onScreen);
    return points.slice(1).map((to, i) => ({
      name: element.id,
      element,
      box: { left: Math.min(points[i].x, to.x), right: Math.max(points[i].x, to.x),
        top: Math.min(points[i].y, to.y), bottom: Math.max(points[i].y, to.y) },
    }));
  });
}

// Wires to one place merge and may share their way; all others may only cross.
function wiresOnEachOther(pieces) {
  const findings = [];
  pieces.forEach((a, i) => pieces.slice(i + 1).forEach((b) => {
    if (a.element.target === b.element.target || a.element.target === b.element.source ||
        b.element.target === a.element.source) return;
    const along = (a.box.left === a.box.right) === (b.box.left === b.box.right);
    if (along && a.box.left <= b.box.right && b.box.left <= a.box.right &&
        a.box.top <= b.box.bottom && b.box.top <= a.box.bottom) {
      findings.push(`${a.name} lies on ${b.name}`);
    }
  }));
  return findings;
}

function wiresOverThings(pieces, things) {
  const findings = [];
  for (const { name, element, box } of pieces) {
    if (box.left !== box.right && box.top !== box.bottom) findings.push(`${name} runs aslant`);
    const grown = { left: box.left - 1, right: box.right + 1, top: box.top - 1,
      bottom: box.bottom + 1 };
    for (const thing of things) {
      const own = [element.source, element.target].includes(thing.element);
      if (overlap(grown, thing.box, own ? 3 : 1)) findings.push(`${name} runs over ${thing.name}`);
    }
  }
  return findings;
}

// Names stay in their shapes, and clear of the sign of a task.
function namesInside(registry, elements) {
  const findings = [];
  for (const element of elements.filter((one) => !one.waypoints && !one.labelTarget)) {
    const visual = registry.getGraphics(element).querySelector('.djs-visual');
    const text = visual.querySelector('text');
    if (!text || !text.textContent) continue;
    if (isOutside(drawn(text), drawn(visual.firstElementChild))) {
      findings.push(`${element.id}: its name leaves it`);
    }
    const signs = element.type === 'bpmn:UserTask' ? visual.querySelectorAll(':scope > path') : [];
    if ([...signs].some((sign) => overlap(drawn(sign), drawn(text)))) {
      findings.push(`${element.id}: its name runs over its sign`);
    }
  }
  return findings;
}

function geometry() {
  const registry = viewer.get('elementRegistry');
  const elements = registry.filter((element) => element.parent);
  const things = thingsOf(registry, elements);
  const pieces = piecesOf(elements);
  const findings = [...wiresOverThings(pieces, things), ...wiresOnEachOther(pieces),
    ...namesInside(registry, elements)];
  things.forEach((a, i) => things.slice(i + 1).forEach((b) => {
    if (overlap(a.box, b.box)) findings.push(`${a.name} overlaps ${b.name}`);
  }));
  const pool = elements.find((element) => element.type === 'bpmn:Participant');
  const whole = drawn(registry.getGraphics(pool).querySelector('.djs-visual > *'));
  for (const { name, box } of [...things, ...pieces]) {
    if (isOutside(box, whole)) findings.push(`${name} leaves the pool`);
  }
  return findings;
}
