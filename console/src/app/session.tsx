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

export interface SessionValue {
  readonly me: Me;
  /** Whether a session that was there has ended by itself. */
  readonly hasExpired: boolean;
  /** Loads the signed-in person again, after a sign-in. */
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

  const refresh = useCallback(async () => {
    forgetCredentials();
    const found = await getMe().catch(() => "failed" as const);
    const arn = found === "failed" ? undefined : found.arn;
    // The page of a person whose session ended is still there. What it could not load meanwhile is loaded again.
    if (arn === person.current) void loadedData.invalidateQueries();
    else loadedData.clear();
    person.current = arn;
    setPolling(found === "failed" || found.signedIn);
    setHasExpired(false);
    setMe(found);
  }, []);

  useEffect(() => {
    void refresh();
    whenSignedOut(() => {
      setPolling(false);
      forgetCredentials();
      setHasExpired(true);
      setMe((before) =>
        before === undefined || before === "failed" ? before : { ...before, signedIn: false },
      );
    });
  }, [refresh]);

  useEffect(() => {
    if (!hasExpired) return;
    // The same person may have signed in again in another tab.
    const look = async () => {
      if (document.visibilityState !== "visible") return;
      const found = await getMe().catch(() => undefined);
      if (found?.signedIn && found.arn === person.current) await refresh();
    };
    const onVisible = () => void look();
    document.addEventListener("visibilitychange", onVisible);
    return () => document.removeEventListener("visibilitychange", onVisible);
  }, [hasExpired, refresh]);

  const value = useMemo<SessionValue | undefined>(() => {
    if (me === undefined || me === "failed") return undefined;
    const endSession = async () => {
      await signOut();
      await refresh();
    };
    return { me, hasExpired, refresh, endSession };
  }, [me, hasExpired, refresh]);

  if (me === "failed") return whenFailed(() => void refresh());
  return value === undefined ? whileLoading : <SessionContext value={value}>{children}</SessionContext>;
}

export function useSession(): SessionValue {
  const value = useContext(SessionContext);
  if (value === undefined) throw new Error("useSession is called outside of SessionProvider.");
  return value;
}
