import * as v from 'valibot';

/** An argument that the code gives to what trains: `learning_rate` of `TrainingArguments`, `r` of `LoraConfig`. */
export const givenArgumentSchema = v.object({
  /** Of what it is an argument: the class as it is imported. */
  of: v.string(),
  name: v.string(),
  /** As Python would print it; `null` where it stands in the code and cannot be followed. */
  value: v.nullable(v.string()),
});
export type GivenArgument = Readonly<v.InferOutput<typeof givenArgumentSchema>>;
