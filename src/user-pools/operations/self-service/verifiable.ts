import { InvalidParameterException } from "../../../api-model/index.ts";
import type { Address } from "../../verification.ts";

/** @throws InvalidParameterException the attribute is no address that a code can go to */
export function requireVerifiable(attribute: string): Address {
  if (attribute === "email" || attribute === "phone_number") return attribute;
  throw new InvalidParameterException("Invalid attribute name. Only phone_number and email can be verified.");
}
