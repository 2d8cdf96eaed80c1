/**
 * Lets the prebuilt uWebSockets.js load on glibc 2.36 and 2.37 (Debian 12).
 *
 * It was compiled where `strtol`, `strtoul` and `sscanf` are redirected to `__isoc23_…`, names that only glibc 2.38
 * has; they differ from the old ones in accepting C23's "0b" prefix, nothing else. Nothing more of 2.38 is asked for.
 * So the copy in node_modules gets the old names back: each symbol's name starts 9 letters later in the same string,
 * and the entry that requires "GLIBC_2.38" requires the base version instead. Code and data stay as they are.
 */

const PREFIX = '__isoc23_';
const BASE_VERSIONS = ['GLIBC_2.2.5', 'GLIBC_2.17']; // x86-64, aarch64
const SHT_DYNSYM = 11;
const SHT_GNU_VERNEED = 0x6ffffffe;
const SHT_GNU_VERSYM = 0x6fffffff;

/** Sections of a little-endian ELF64 file: `{type, offset, size, link}`. */
const sectionsOf = (elf) => {
  if (elf.readUInt32BE(0) !== 0x7f454c46 || elf[4] !== 2 || elf[5] !== 1)
    throw new Error('not a 64-bit little-endian ELF file');
  const [start, size, count] = [
    Number(elf.readBigUInt64LE(0x28)),
    elf.readUInt16LE(0x3a),
    elf.readUInt16LE(0x3c),
  ];
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * size;
    return {
      type: elf.readUInt32LE(at + 4),
      offset: Number(elf.readBigUInt64LE(at + 24)),
      size: Number(elf.readBigUInt64LE(at + 32)),
      link: elf.readUInt32LE(at + 40),
    };
  });
};

const stringAt = (elf, at) => elf.toString('latin1', at, elf.indexOf(0, at));

/** The version requirements: `{library, version, index, at}`, `at` being the entry's place in the file. */
const versionNeeds = (elf, section, strings) => {
  const needs = [];
  for (let at = section.offset; ; ) {
    const library = stringAt(elf, strings + elf.readUInt32LE(at + 4));
    for (let aux = at + elf.readUInt32LE(at + 8), left = elf.readUInt16LE(at + 2); left > 0; left--) {
      needs.push({
        library,
        version: stringAt(elf, strings + elf.readUInt32LE(aux + 8)),
        index: elf.readUInt16LE(aux + 6),
        at: aux,
      });
      aux += elf.readUInt32LE(aux + 12);
    }
    const next = elf.readUInt32LE(at + 12);
    if (next === 0) return needs;
    at += next;
  }
};

/**
 * Returns a copy of the file that asks for nothing of glibc 2.38, or null when it asks for nothing of it already.
 * Throws when it asks for more than the three renamed functions: then this remedy does not apply.
 */
export const withoutIsoC23 = (original) => {
  const elf = Buffer.from(original);
  const sections = sectionsOf(elf);
  const [symbols, versions, verneed] = [SHT_DYNSYM, SHT_GNU_VERSYM, SHT_GNU_VERNEED].map((type) =>
    sections.find((section) => section.type === type),
  );
  if (!symbols || !versions || !verneed) throw new Error('no versioned dynamic symbols');
  const strings = sections[symbols.link].offset;
  const needs = versionNeeds(elf, verneed, strings).filter((need) => need.library === 'libc.so.6');
  const modern = needs.find((need) => need.version === 'GLIBC_2.38');
  if (!modern) return null;
  const base = BASE_VERSIONS.map((version) => needs.find((need) => need.version === version)).find(Boolean);
  if (!base) throw new Error('no base version to fall back on');
  for (let index = 0; index * 24 < symbols.size; index++) {
    if ((elf.readUInt16LE(versions.offset + index * 2) & 0x7fff) !== modern.index) continue;
    const at = symbols.offset + index * 24;
    const name = stringAt(elf, strings + elf.readUInt32LE(at));
    if (!name.startsWith(PREFIX)) throw new Error(`${name} exists in glibc 2.38 only`);
    elf.writeUInt32LE(elf.readUInt32LE(at) + PREFIX.length, at);
  }
  elf.copy(elf, modern.at, base.at, base.at + 4); // hash of the version's name
  elf.copy(elf, modern.at + 8, base.at + 8, base.at + 12); // the name itself
  return elf;
};
