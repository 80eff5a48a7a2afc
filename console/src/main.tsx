import "@cloudscape-design/global-styles/index.css";
import "./styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ErrorBoundary } from "./app/error-boundary.tsx";
import { reloadWhenScriptsAreMissing } from "./app/missing-scripts.ts";
import { askBeforeBack } from "./app/router.tsx";
import { App } from "./app.tsx";
import { ConsoleFailure } from "./components/basics/console-failure.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element for the console.");
reloadWhenScriptsAreMissing();
askBeforeBack();
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary fallback={() => <ConsoleFailure />}>
      <App />
    </ErrorBoundary>
  </StrictMode>,
);
