/** Additions to a page where JavaScript runs. */
import type { Texts } from "./languages/index.ts";

/** Hidden until the script has run. */
export function ShowPassword({ texts }: { readonly texts: Texts }) {
  return (
    <label class="check show-password" hidden>
      <input type="checkbox" />
      {texts.fields.showPassword}
    </label>
  );
}

/** Shows or hides the passwords of a form. */
export const showPasswordScript = `(()=>{
for(const row of document.querySelectorAll(".show-password")){
const fields=row.closest("form").querySelectorAll("input[type=password]");
if(!fields.length)continue;
row.hidden=false;
row.querySelector("input").addEventListener("change",e=>{for(const f of fields)f.type=e.target.checked?"text":"password"});
}
})()`;

/** Classic pages have a form for narrow and one for wide windows: what is typed into one is in both. */
const sameInputScript = `document.addEventListener("input",({target:{name,value}})=>{
if(name)for(const field of document.getElementsByName(name))if(field.value!==value)field.value=value;
});`;

/** The script of a page that asks for a password and whose card stands twice on classic pages. */
export function passwordScript(isClassic: boolean): string {
  return isClassic ? `${showPasswordScript};${sameInputScript}` : showPasswordScript;
}
