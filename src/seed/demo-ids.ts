/** The pool and app client that `cognate dev` makes at its first start, so that the quickstart can begin at once. */
export const demo = {
  poolSuffix: "DemoPool1",
  clientId: "demoappclient0000000000001",
};
