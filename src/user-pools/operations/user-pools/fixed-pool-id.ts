import { InvalidParameterException } from "../../../api-model/index.ts";
import { isPoolId, regionOf } from "../../pools/index.ts";

/** The tag by which a new pool asks for its own id. The name is LocalStack's, so that its users' scripts work here. */
export const FIXED_ID = "_custom_id_";

/**
 * The id that a pool asks for: `us-east-1_mine` as it is, `mine` behind the region.
 *
 * @throws InvalidParameterException it is not the id of a pool of this region
 */
export function fixedPoolId(asked: string, region: string): string {
  const id = asked.includes("_") ? asked : `${region}_${asked}`;
  if (!isPoolId(id)) {
    throw new InvalidParameterException(
      `The tag ${FIXED_ID} asks for the id ${id}, which is not of the form region_name with letters and digits as its name.`,
    );
  }
  if (regionOf(id) !== region) {
    throw new InvalidParameterException(
      `The tag ${FIXED_ID} asks for the id ${id}, which is not of this request's region, ${region}.`,
    );
  }
  return id;
}
