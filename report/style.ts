/**
 * How every page looks. The colours of the families are those of `core/colours.ts`, darker on white and lighter on black until text in them is
 * easily read; lines of IPv6 are dashed as well. Paper is
 * light, whatever the screen is.
 */
export const STYLE = `
:root{--ink:#1b1f24;--soft:#59636e;--paper:#fff;--box:#f3f5f8;--line:#c9d1d9;--ipv4:#0072b2;--ipv6:#c24e00;--good:#1a6b3c;--bad:#b42318;--link:#0b57d0}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#a3adb8;--paper:#14171b;--box:#1f242b;--line:#3b434d;--ipv4:#6cc1f5;--ipv6:#f0a04b;--good:#6ecb91;--bad:#ff8a80;--link:#8ab4f8}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1040px;padding:1.5rem 1.25rem 3rem;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI","Noto Sans",Arial,sans-serif}
header{border-bottom:2px solid var(--line);margin-bottom:1.5rem}
h1{font-size:1.75rem;line-height:1.25;margin:.25rem 0 .5rem}
h2{font-size:1.2rem;margin:2.2rem 0 .6rem}
a{color:var(--link)}
p{max-width:72ch;margin:.5rem 0}
.soft{color:var(--soft)}
.top{display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:space-between;font-size:.9rem}
.level{display:inline-block;border:1px solid var(--good);color:var(--good);border-radius:.4rem;padding:.05rem .55rem;font-weight:600}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{text-align:left;color:var(--soft);padding-bottom:.4rem}
th,td{text-align:left;vertical-align:top;padding:.45rem .6rem;border-bottom:1px solid var(--line)}
tbody th .soft{font-weight:400}
thead th{border-bottom:2px solid var(--line)}
th.ipv4,.key.ipv4{color:var(--ipv4)}
th.ipv6,.key.ipv6{color:var(--ipv6)}
td.number{text-align:right;font-variant-numeric:tabular-nums}
code,pre{font-family:ui-monospace,SFMono-Regular,Consolas,"Liberation Mono",monospace;font-size:.85em}
td code{display:block;overflow-wrap:anywhere}
pre{background:var(--box);border:1px solid var(--line);border-radius:.5rem;padding:.9rem 1rem;overflow-x:auto;line-height:1.45}
.open{color:var(--good);font-weight:600}
.closed{color:var(--bad);font-weight:600}
.unknown{color:var(--soft);font-weight:600}
figure{margin:1rem 0}
figcaption{font-size:.9rem;color:var(--soft)}
.key{white-space:nowrap;font-weight:600;margin-right:1.2rem}
.key svg{vertical-align:middle;margin-right:.35rem}
.picture{width:100%;height:auto;display:block}
.picture text{fill:var(--ink);font-family:Helvetica,Arial,"Liberation Sans",sans-serif}
.picture .box path,.picture .box polygon{fill:var(--box);stroke:var(--soft)}
.picture .tier path,.picture .tier polygon{fill:none;stroke:var(--line)}
.picture .edge path,.key path{fill:none;stroke-width:1.8}
.picture .ipv4 path,.picture .ipv4 polyline,.key.ipv4 path{stroke:var(--ipv4)}
.picture .ipv4 polygon{fill:var(--ipv4);stroke:var(--ipv4)}
.picture .ipv6 path,.picture .ipv6 polyline,.key.ipv6 path{stroke:var(--ipv6)}
.picture .ipv6 polygon{fill:var(--ipv6);stroke:var(--ipv6)}
.picture .closed path,.picture .unknown path{opacity:.45}
footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:.8rem;font-size:.85rem;color:var(--soft)}
ul{padding-left:1.3rem}
li{max-width:72ch;margin:.2rem 0}
@media print{body{max-width:none;font-size:11pt;padding:0}pre{white-space:pre-wrap}h2{break-after:avoid}tr,figure{break-inside:avoid}a{color:inherit}}
`.trim();
