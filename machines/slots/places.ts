/** Names of countries, emirates and cities that by themselves are no delivery address (domain 9.2). Folded. */
import { fold } from '../language/fold.ts';

const NAMES = [
  // The Emirates and their cities.
  'uae|u.a.e|united arab emirates|emirates|dubai|dxb|abu dhabi|abudhabi|auh|sharjah|shj|ajman|ras al khaimah|ras al-khaimah|rak|fujairah|umm al quwain|umm al-quwain|uaq|al ain|alain|khor fakkan|khorfakkan|kalba|dibba|hatta|ruwais|al ruwais|madinat zayed',
  'الامارات|الامارات العربية المتحدة|دولة الامارات|دبي|ابوظبي|ابو ظبي|الشارقة|عجمان|راس الخيمة|الفجيرة|ام القيوين|العين|خورفكان|كلباء|دبا|حتا|الرويس',
  // The region and the countries that customers write from.
  'ksa|saudi|saudi arabia|kingdom of saudi arabia|riyadh|jeddah|jiddah|dammam|khobar|al khobar|mecca|makkah|medina|madinah|neom|qatar|doha|oman|muscat|salalah|sohar|bahrain|manama|kuwait|kuwait city|iraq|baghdad|erbil|jordan|amman|lebanon|beirut|egypt|cairo|alexandria|yemen|syria|damascus|iran|tehran|india|mumbai|pakistan|karachi|turkey|istanbul|china|russia|moscow|europe|germany|berlin|uk|united kingdom|england|london|usa|united states|america|gcc|mena|middle east|gulf|africa|kenya|nairobi|nigeria|lagos',
  'السعودية|المملكة العربية السعودية|الرياض|جدة|الدمام|الخبر|مكة|المدينة المنورة|قطر|الدوحة|عمان|سلطنة عمان|مسقط|صلالة|البحرين|المنامة|الكويت|العراق|بغداد|الاردن|لبنان|بيروت|مصر|القاهرة|اليمن|سوريا|دمشق|تركيا|اسطنبول|الصين|اوروبا|الخليج',
]
  .flatMap((line) => line.split('|'))
  .map(fold)
  .sort((a, b) => b.length - a.length);

const ESCAPED = NAMES.map((name) => name.replace(/[.]/g, '\\.').replace(/[ -]/g, '[\\s-]+'));

/** Any of the names, on folded text (global). */
export const PLACE = new RegExp(
  `(?<![\\p{L}\\p{N}])[وبلف]?(?:${ESCAPED.join('|')})(?![\\p{L}\\p{N}])`,
  'giu',
);

/** The names in a folded text. */
export const placesIn = (folded: string): readonly string[] =>
  [...folded.matchAll(PLACE)].map((match) => match[0]);
