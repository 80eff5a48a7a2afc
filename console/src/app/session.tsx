/** The signed-in user and the server. */
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { forgetCredentials } from "../api/aws.ts";
import { getMe, type Me, signOut, whenSignedOut } from "../api/control.ts";
import { loadedData, setPolling } from "../api/load.ts";

/** The windows of a browser share the session: each follows a sign-in and a sign-out in another. */
const otherWindows = new BroadcastChannel("cognate-console-session");
const announce = () => otherWindows.postMessage("changed");

export interface SessionValue {
  readonly me: Me;
  /** Whether a session that was there has ended by itself. */
  readonly hasExpired: boolean;
  /** Loads the signed-in person again, after a sign-in. A failure leaves all as it is. */
  readonly refresh: () => Promise<void>;
  readonly endSession: () => Promise<void>;
}

const SessionContext = createContext<SessionValue | undefined>(undefined);

interface Props {
  readonly children: ReactNode;
  readonly whileLoading: ReactNode;
  readonly whenFailed: (retry: () => void) => ReactNode;
}

export function SessionProvider({ children, whileLoading, whenFailed }: Props) {
  const [me, setMe] = useState<Me | "failed">();
  const [hasExpired, setHasExpired] = useState(false);

  /** Whose data the pages have loaded. */
  const person = useRef<string>(undefined);

  const take = useCallback((found: Me) => {
    forgetCredentials();
    // The page of a person whose session ended is still there. What it could not load meanwhile is loaded again.
    if (found.arn === person.current) void loadedData.invalidateQueries();
    else loadedData.clear();
    person.current = found.arn;
    setPolling(found.signedIn);
    setHasExpired(false);
    setMe(found);
  }, []);

  const start = useCallback(() => void getMe().then(take, () => setMe("failed")), [take]);

  /** Keeps the page, hidden, until somebody signs in. */
  const expire = useCallback(() => {
    setPolling(false);
    forgetCredentials();
    setHasExpired(true);
    setMe((before) =>
      before === undefined || before === "failed" ? before : { ...before, signedIn: false },
    );
  }, []);

  useOtherWindows(async () => {
    // A server that does not answer is noticed by the next call of the page.
    const found = await getMe().catch(() => undefined);
    if (found === undefined) return;
    if (found.signedIn) {
      if (hasExpired || found.arn !== person.current) take(found);
    } else if (person.current !== undefined) expire();
  });

  useEffect(() => {
    start();
    whenSignedOut(() => {
      expire();
      announce();
    });
  }, [start, expire]);

  const refresh = useCallback(async () => {
    announce();
    take(await getMe());
  }, [take]);

  const value = useMemo<SessionValue | undefined>(() => {
    if (me === undefined || me === "failed") return undefined;
    const endSession = async () => {
      await signOut();
      await refresh();
    };
    return { me, hasExpired, refresh, endSession };
  }, [me, hasExpired, refresh]);

  if (me === "failed") return whenFailed(start);
  return value === undefined ? whileLoading : <SessionContext value={value}>{children}</SessionContext>;
}

/** Runs `follow` after another window announced a change, and when this one is looked at again: a browser may have stopped it. */
function useOtherWindows(follow: () => Promise<void>): void {
  const latest = useRef(follow);
  useEffect(() => {
    latest.current = follow;
  });
  useEffect(() => {
    const look = () => void latest.current();
    const onVisible = () => document.visibilityState === "visible" && look();
    otherWindows.addEventListener("message", look);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      otherWindows.removeEventListener("message", look);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, []);
}

export function useSession(): SessionValue {
  const value = useContext(SessionContext);
  if (value === undefined) throw new Error("useSession is called outside of SessionProvider.");
  return value;
}
