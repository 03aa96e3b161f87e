// Copies the few files that the console serves out of node_modules, each with its package's licence.
import { cp, mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "..", "..", "node_modules");
const vendor = join(here, "static", "vendor");

const wanted = {
  "htmx.org": ["dist/htmx.min.js"],
  "swagger-ui-dist": ["swagger-ui-bundle.js", "swagger-ui.css"],
};

await rm(vendor, { recursive: true, force: true });
await mkdir(vendor, { recursive: true });
for (const [name, files] of Object.entries(wanted)) {
  const source = join(packages, name);
  for (const file of files) {
    await cp(join(source, file), join(vendor, file.split("/").at(-1)));
  }
  const licence = (await readdir(source)).find((file) => /^licen[cs]e/i.test(file));
  await cp(join(source, licence), join(vendor, `${name.split("/").at(-1)}.LICENSE.txt`));
}
