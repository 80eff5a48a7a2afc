/** Rules for the account page alone. */
export const accountStyle = `
.card:has(.account){width:min(44rem,100%)}
.account-head{display:flex;flex-wrap:wrap;gap:1rem;justify-content:space-between;align-items:flex-start}
.account-head button{width:auto}
.account section{margin-top:2rem;padding-top:1.75rem;border-top:1px solid var(--divider)}
.account h2{font-size:1.125rem;line-height:1.4;font-weight:650;margin:0 0 .25rem;color:var(--heading,var(--text))}
.account section form{margin-top:1rem}
.account section>form:not(.inline,.one-line)>.primary,.account .danger{align-self:flex-start;width:auto;padding-inline:1.5rem}
.account section>.inline,.account section>.button{margin-top:1rem;width:fit-content}
.inline{margin:0;display:block}.inline button{width:auto}
.account .optional{display:none}
.account summary{cursor:pointer;width:fit-content;color:var(--link);font-weight:500;font-size:.9375rem}
.account details .two-columns{margin-top:1.125rem}
.two-columns{display:flex;flex-direction:column;gap:1.125rem}
@media (min-width:40rem){.two-columns{display:grid;grid-template-columns:1fr 1fr;align-items:start}.two-columns>.primary{justify-self:start}.two-columns>details,.two-columns>.primary{grid-column:1/-1}}
.rows{list-style:none;margin:1rem 0 0;padding:0;border:1px solid var(--divider);border-radius:var(--input-radius)}
.rows:empty{display:none}
.row{display:flex;flex-wrap:wrap;gap:.5rem 1rem;justify-content:space-between;align-items:center;padding:.75rem 1rem}
.row>div:first-child{min-width:0;flex:1 1 8rem;overflow-wrap:break-word}
.row+.row{border-top:1px solid var(--divider)}
.row-title{color:var(--heading,var(--text));font-weight:600;font-size:.9375rem;display:flex;flex-wrap:wrap;gap:.25rem .5rem;align-items:center}
.row-actions{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
.row-actions form,.account section .row-actions form{margin:0}
.row-actions button{min-height:2.25rem;padding:.25rem .75rem;font-size:.875rem}
.badge{display:inline-block;padding:0 .5rem;border-radius:1rem;border:1px solid var(--divider);font-size:.75rem;font-weight:500;color:var(--muted-text)}
.badge.good{color:var(--success);background:var(--success-background);border-color:var(--success-border)}
.one-line{flex-direction:row;flex-wrap:wrap;align-items:flex-end;gap:.75rem}
.one-line .field{flex:1 1 14rem}.one-line button{width:auto}
.danger{color:#fff;background:#b42318}.danger:hover{background:#8f1c13}
`;
