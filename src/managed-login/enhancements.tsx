/** Additions to a page where JavaScript runs. */
import type { Texts } from "./languages/index.ts";

/** Hidden until the script has run. */
export function ShowPassword({ texts }: { readonly texts: Texts }) {
  return (
    <label class="check" id="show-password" hidden>
      <input type="checkbox" />
      {texts.fields.showPassword}
    </label>
  );
}

/** Finds the passwords of the page and shows or hides them. */
export const showPasswordScript = `(()=>{
const row=document.getElementById("show-password"),fields=document.querySelectorAll("input[type=password]");
if(!row||!fields.length)return;
row.hidden=false;
row.querySelector("input").addEventListener("change",e=>{for(const f of fields)f.type=e.target.checked?"text":"password"});
})()`;
