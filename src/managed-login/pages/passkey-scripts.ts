/** The scripts of the passkey pages: they pass the options of the form to the authenticator and send what it answers. */

/** Options and answers have bytes in base64url. Browsers that cannot convert them by themselves are given the code for it. */
const CONVERSIONS = `
const bytes=t=>Uint8Array.from(atob(t.replace(/-/g,"+").replace(/_/g,"/")),c=>c.charCodeAt(0));
const text=b=>b?btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\\+/g,"-").replace(/\\//g,"_").replace(/=+$/,""):undefined;
const form=document.getElementById("passkey"),failed=document.getElementById("passkey-failed");
const descriptors=l=>(l||[]).map(d=>({...d,id:bytes(d.id)}));
const ask=async make=>{failed.hidden=true;try{form.elements.credential.value=JSON.stringify(await make(JSON.parse(form.dataset.options)));form.submit()}catch{failed.hidden=false}};
const common=c=>({id:c.id,rawId:text(c.rawId),type:c.type,authenticatorAttachment:c.authenticatorAttachment||undefined,clientExtensionResults:c.getClientExtensionResults()});
`;

export const passkeySignInScript = `(()=>{${CONVERSIONS}
const get=()=>ask(async o=>{
const c=await navigator.credentials.get({publicKey:{...o,challenge:bytes(o.challenge),allowCredentials:descriptors(o.allowCredentials)}});
const r=c.response;
return{...common(c),response:{authenticatorData:text(r.authenticatorData),clientDataJSON:text(r.clientDataJSON),signature:text(r.signature),userHandle:text(r.userHandle)}};
});
form.addEventListener("submit",e=>{e.preventDefault();get()});
})()`;

export const passkeyRegistrationScript = `(()=>{${CONVERSIONS}
form.addEventListener("submit",e=>{if(e.submitter&&e.submitter.name==="skip")return;e.preventDefault();ask(async o=>{
const c=await navigator.credentials.create({publicKey:{...o,challenge:bytes(o.challenge),user:{...o.user,id:bytes(o.user.id)},excludeCredentials:descriptors(o.excludeCredentials)}});
const r=c.response;
return{...common(c),response:{attestationObject:text(r.attestationObject),clientDataJSON:text(r.clientDataJSON),transports:r.getTransports?r.getTransports():[]}};
})});
})()`;
