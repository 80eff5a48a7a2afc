import { useEffect, useRef, useState } from "react";

interface Props {
  readonly html: string;
  readonly title: string;
  readonly className: string;
}

/**
 * Shows a whole HTML document. The frame's own document comes from the server with a Content-Security-Policy that allows
 * styles and no scripts; it is filled from here.
 */
export function PreviewFrame({ html, title, className }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [isLoaded, setLoaded] = useState(false);
  useEffect(() => {
    const drawn = frame.current?.contentDocument;
    if (!isLoaded || !drawn || html === "") return;
    const [, tag = "", content = ""] = /<html([^>]*)>(.*)<\/html>/s.exec(html) ?? [];
    const { documentElement: root } = drawn;
    root.lang = /lang="([^"]*)"/.exec(tag)?.[1] ?? "";
    root.dir = /dir="([^"]*)"/.exec(tag)?.[1] ?? "";
    // In the frame's own document, whose policy applies then. A DOMParser here would apply the console's.
    root.innerHTML = content;
    // Tells the main landmark of the document from that of the page on which it is shown.
    drawn.querySelector("main")?.setAttribute("aria-label", title);
  }, [html, title, isLoaded]);
  return (
    <iframe
      ref={frame}
      className={className}
      title={title}
      src="/console/preview"
      // A document leads neither the console nor itself elsewhere. Its links open windows, which are not sandboxed.
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      onLoad={() => setLoaded(true)}
    />
  );
}
