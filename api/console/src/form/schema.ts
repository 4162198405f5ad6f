// The subset of JSON Schema that forms are written in, and which kind of field each part becomes.
export interface Schema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: string[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

export type Data = Record<string, unknown>;

export type Kind =
  | 'case'
  | 'choice'
  | 'choices'
  | 'colleague'
  | 'colleagues'
  | 'day'
  | 'document'
  | 'group'
  | 'household'
  | 'instant'
  | 'money'
  | 'number'
  | 'paragraph'
  | 'part'
  | 'person'
  | 'rows'
  | 'text'
  | 'unit'
  | 'yes_no';

// Members that name a part of the case by its code or by the number of its entry.
const PARTS = new Set(['limit', 'objection', 'proposal']);

// Identifiers that name a case; every other one names a colleague.
const CASES = new Set(['parent', 'child', 'duplicate_of']);

const BY_FORMAT: Record<string, Kind> = {
  civil_date: 'day',
  digest: 'document',
  household_id: 'household',
  instant: 'instant',
  money: 'money',
  person_id: 'person',
  unit_code: 'unit',
};

export function kindOf(name: string, schema: Schema): Kind {
  if (schema.format === 'uuid') return CASES.has(name) ? 'case' : 'colleague';
  if (PARTS.has(name) && !schema.format) return 'part';
  const byFormat = schema.format ? BY_FORMAT[schema.format] : undefined;
  if (byFormat) return byFormat;
  if (schema.enum) return 'choice';
  if (schema.type === 'boolean') return 'yes_no';
  if (schema.type === 'integer') return 'number';
  if (schema.type === 'object') return 'group';
  if (schema.type !== 'array') return (schema.maxLength ?? 0) > 200 ? 'paragraph' : 'text';
  if (schema.items?.enum) return 'choices';
  return schema.items?.format === 'uuid' ? 'colleagues' : 'rows';
}

// What must be given comes first, in the order that its author wrote.
export function namesOf(schema: Schema): string[] {
  const required = schema.required ?? [];
  const others = Object.keys(schema.properties ?? {}).filter((name) => !required.includes(name));
  return [...required, ...others];
}

// Without what was left empty: an absent member is not an empty one.
export function given(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.length > 0 ? value.map(given).filter((one) => one !== undefined) : undefined;
  }
  if (value === null || value === '' || value === undefined) return undefined;
  if (typeof value !== 'object') return value;
  const members = Object.entries(value)
    .map(([name, member]) => [name, given(member)] as const)
    .filter(([, member]) => member !== undefined);
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}

// What the schema asks for and is not there; whether the rest is right is the API's to say.
export function missingIn(schema: Schema, value: unknown): string[] {
  const kept = (given(value) ?? {}) as Data;
  return (schema.required ?? []).flatMap((name) => {
    const part = schema.properties?.[name];
    if (part?.type === 'object' && part.properties) return missingIn(part, kept[name]);
    return kept[name] === undefined ? [name] : [];
  });
}

export function isComplete(schema: Schema, value: unknown): boolean {
  return missingIn(schema, value).length === 0;
}
