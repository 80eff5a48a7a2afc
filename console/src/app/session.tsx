/** The signed-in user and the server. */
import {
  createContext,
  type ReactNode,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { forgetCredentials, isCalling } from "../api/aws.ts";
import { getMe, type Me, signOut, whenSignedOut } from "../api/control.ts";
import { loadedData, setPolling } from "../api/load.ts";
import { reloadWithoutChanges } from "./unsaved-changes.ts";

/** The windows of a browser share the session: each follows a sign-in and a sign-out in another. */
const otherWindows = new BroadcastChannel("cognate-console-session");
const announceChange = () => otherWindows.postMessage("changed");

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
  /** Who signed in last in this window. */
  const lastSignedIn = useRef<string>(undefined);
  /** Counts the questions who is signed in: an answer that comes after a later question is not used. */
  const questions = useRef(0);

  const showAs = useCallback((found: Me) => {
    const isAnother = found.signedIn && (lastSignedIn.current ?? found.arn) !== found.arn;
    // An action of several calls for the person before must not go on with this one's credentials.
    if (isAnother && isCalling()) return reloadWithoutChanges();
    if (found.signedIn) lastSignedIn.current = found.arn;
    forgetCredentials();
    // The page of a person whose session ended is still there. What it could not load meanwhile is loaded again.
    if (found.arn === person.current) void loadedData.invalidateQueries();
    else loadedData.clear();
    person.current = found.arn;
    setPolling(found.signedIn);
    setHasExpired(false);
    setMe(found);
  }, []);

  const loadFirst = useCallback(() => void getMe().then(showAs, () => setMe("failed")), [showAs]);

  /** Keeps the page, hidden, until somebody signs in. */
  const hideExpired = useCallback(() => {
    setPolling(false);
    forgetCredentials();
    setHasExpired(true);
    setMe((before) =>
      before === undefined || before === "failed" ? before : { ...before, signedIn: false },
    );
  }, []);

  useOtherWindows(questions, (found) => {
    if (found.signedIn) {
      if (hasExpired || found.arn !== person.current) showAs(found);
    } else if (person.current !== undefined) hideExpired();
  });

  useEffect(() => {
    loadFirst();
    whenSignedOut(() => {
      hideExpired();
      announceChange();
    });
  }, [loadFirst, hideExpired]);

  const refresh = useCallback(async () => {
    announceChange();
    questions.current++;
    showAs(await getMe());
  }, [showAs]);

  const value = useMemo<SessionValue | undefined>(() => {
    if (me === undefined || me === "failed") return undefined;
    const endSession = async () => {
      await signOut();
      await refresh();
    };
    return { me, hasExpired, refresh, endSession };
  }, [me, hasExpired, refresh]);

  if (me === "failed") return whenFailed(loadFirst);
  return value === undefined ? whileLoading : <SessionContext value={value}>{children}</SessionContext>;
}

/**
 * Asks who is signed in after another window announced a change, and when this one is looked at again: a browser may have stopped it.
 * A server that does not answer is noticed by the next call of the page.
 */
function useOtherWindows(questions: RefObject<number>, follow: (found: Me) => void): void {
  const latest = useRef(follow);
  useEffect(() => {
    latest.current = follow;
  });
  useEffect(() => {
    const look = async () => {
      const question = ++questions.current;
      const found = await getMe().catch(() => undefined);
      if (found !== undefined && question === questions.current) latest.current(found);
    };
    const onMessage = () => void look();
    const onVisible = () => document.visibilityState === "visible" && void look();
    otherWindows.addEventListener("message", onMessage);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      otherWindows.removeEventListener("message", onMessage);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [questions]);
}

export function useSession(): SessionValue {
  const value = useContext(SessionContext);
  if (value === undefined) throw new Error("useSession is called outside of SessionProvider.");
  return value;
}
