import { IMAGE_FAMILIES } from './image-families.ts';
import { TEXT_FAMILIES } from './text-families.ts';

/** Every program that is known. Its options are as its repository has them (November 2026). */
export const FAMILIES = { ...IMAGE_FAMILIES, ...TEXT_FAMILIES };

export type FamilyId = keyof typeof FAMILIES;
