// Make the shapes of maps: node build.mjs FOLDER DIGEST writes FOLDER/world.json and FOLDER/world.licenses.txt.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mergeArcs, quantize } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const [folder, digest] = process.argv.slice(2);
const FINEST = 0.012; // square degrees: the triangle of a point that is left out is smaller
const STEPS = 20_000; // positions on each axis
const AWAY = "010"; // Antarctica has no cities

// Around these the lines are not agreed on: our maps break them, as a map of networks takes no side. Natural Earth has
// each of them as a country, but for Crimea, which it gives to Russia: a polygon of its own, where this point lies.
const OPEN = new Set(["Kosovo", "N. Cyprus", "Somaliland", "Siachen Glacier", "W. Sahara"]);
const RUSSIA = "643";
const CRIMEA = [34.1, 45.2];
const FOOTNOTED = "Kosovo";

const whole = JSON.parse(await readFile("node_modules/world-atlas/countries-50m.json", "utf8"));
const small = quantize(simplify(presimplify(whole), FINEST), STEPS);
const countries = small.objects.countries.geometries.filter((one) => one.id !== AWAY);

const polygons = (shape) => (shape.type === "Polygon" ? [shape.arcs] : shape.type ? shape.arcs : []);
const positive = (arc) => (arc < 0 ? ~arc : arc);

/** The positions of an arc, in degrees. */
function positions(arc) {
  const { scale, translate } = small.transform;
  let [x, y] = [0, 0];
  return small.arcs[arc].map(([right, up]) => {
    [x, y] = [x + right, y + up];
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
}

function surrounds(ring, [x, y]) {
  const corners = ring.flatMap((arc) => (arc < 0 ? positions(~arc).reverse() : positions(arc)));
  return corners.reduce((inside, [x1, y1], at) => {
    const [x2, y2] = corners[(at || corners.length) - 1];
    return y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1 ? !inside : inside;
  }, false);
}

const isOpenPolygon = (country, polygon) =>
  OPEN.has(country.properties.name) || (country.id === RUSSIA && surrounds(polygon[0], CRIMEA));

const owners = new Map(); // which polygons an arc is a side of
for (const country of countries)
  for (const polygon of polygons(country)) {
    const open = isOpenPolygon(country, polygon);
    for (const arc of polygon.flat().map(positive)) owners.set(arc, [...(owners.get(arc) ?? []), { country, open }]);
  }
const between = [...owners].filter(([, sides]) => sides.length > 1 && sides[0].country !== sides[1].country);
const isOpen = ([, sides]) => sides.some((one) => one.open);
const footnoted = countries.find((one) => one.properties.name === FOOTNOTED);
const corners = polygons(footnoted).flat(2).map(positive).flatMap(positions);

/** Only the arcs that are drawn, numbered anew. */
const numbers = new Map();
const numbered = (arc) => {
  if (!numbers.has(positive(arc))) numbers.set(positive(arc), numbers.size);
  return arc < 0 ? ~numbers.get(~arc) : numbers.get(arc);
};
const land = mergeArcs(small, countries).arcs.map((polygon) => polygon.map((ring) => ring.map(numbered)));
const borders = between.filter((one) => !isOpen(one)).map(([arc]) => numbered(arc));
const disputed = between.filter(isOpen).map(([arc]) => numbered(arc));
/** Who is where, by ISO 3166-1 numeric: none of what is open. */
const agreed = (country) => polygons(country).filter((one) => !isOpenPolygon(country, one));
const territories = countries
  .filter((one) => one.id)
  .map((one) => [one.id, agreed(one).map((polygon) => polygon.map((ring) => ring.map(numbered)))]);
const arcs = [...numbers.keys()].map((arc) => small.arcs[arc].flat());
const span = (values) => [Math.min(...values), Math.max(...values)];
const footnote = [...span(corners.map(([x]) => x)), ...span(corners.map(([, y]) => y))];

const { version } = JSON.parse(await readFile("node_modules/world-atlas/package.json", "utf8"));
const atlas = { digest, ...small.transform, footnote, land, borders, disputed, territories, arcs };
await writeFile(join(folder, "world.json"), JSON.stringify(atlas) + "\n");
const licence = await readFile("node_modules/world-atlas/LICENSE", "utf8");
await writeFile(
  join(folder, "world.licenses.txt"),
  `The shapes of the maps are made with Natural Earth, https://www.naturalearthdata.com/, which is in the public domain,\n` +
    `from the package world-atlas ${version} (ISC), whose licence is:\n\n${licence}`,
);
