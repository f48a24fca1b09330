import { test } from "vitest";
import { exports, env } from "cloudflare:workers";
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { makeCast } from "./cast.ts";
import worker from "#worker/index.ts";
test("t", {timeout:60000}, async () => {
  const t=async(n:string,f:()=>Promise<unknown>)=>{const a=Date.now();await f();console.info("T",n,Date.now()-a)};
  const c=await makeCast();
  const p=`http://localhost/api/v1/children/${c.ours.childId}`; const r=()=>new Request(p,{headers:{Authorization:`Bearer ${c.people["other guardian"].token}`}});
  const w=(exports as any).default;
  for(let i=0;i<3;i++) await t("direct",async()=>{for(let j=0;j<100;j++) {const e=createExecutionContext(); await (await worker.fetch!(r() as never,env as never,e)).text(); await waitOnExecutionContext(e)}});
  for(let i=0;i<4;i++) await t("exports",async()=>{for(let j=0;j<100;j++) await (await w.fetch(r())).text()});
});
