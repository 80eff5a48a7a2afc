import { type ComponentType, useEffect, useState } from "react";
import { Loading } from "../components/basics/loading.tsx";

/**
 * A page whose script is loaded on the first visit.
 *
 * React's `lazy` is not used, because `Suspense` waits until its fallback has been visible for 300 ms. The script is loaded in a
 * few milliseconds.
 */
export function loadedOnVisit<Properties extends object>(
  load: () => Promise<{ readonly default: ComponentType<Properties> }>,
): ComponentType<Properties> {
  let Page: ComponentType<Properties> | undefined;
  return function PageLoadedOnVisit(properties: Properties) {
    const [isLoaded, setLoaded] = useState(Page !== undefined);
    const [failure, setFailure] = useState<{ readonly error: unknown }>();
    useEffect(() => {
      if (isLoaded) return;
      load().then(
        (module) => {
          Page = module.default;
          setLoaded(true);
        },
        (error: unknown) => setFailure({ error }),
      );
    }, [isLoaded]);
    // For the error boundary around the page.
    if (failure !== undefined) throw failure.error;
    return Page === undefined ? <Loading loaded={LOADING}>{() => null}</Loading> : <Page {...properties} />;
  };
}

const LOADING = { value: undefined, error: undefined, isLoading: true, reload: () => undefined };
