// Made while the scripts are built; see positions.mjs.
declare module "host-positions" {
  const positions: Record<string, [longitude: number, latitude: number]>;
  export default positions;
}
