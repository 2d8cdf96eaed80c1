/** Article numbers: one spelling, one row, never a guess. The parts stand in the files beside this one. */
export { type FoundSku, findSkus } from './find-skus.ts';
export { normaliseSku } from './normalise.ts';
export { MAX_VARIANTS, resolveSku, type SkuResolution } from './resolve.ts';
export { makeSkuIndex, type SkuIndex } from './sku-index.ts';
