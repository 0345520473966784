/**
 * How the report of a fleet looks, beside what every page has. The columns of its table are as wide as they are told on a
 * screen: to measure a thousand rows for it takes a browser as long as all else.
 */
export const FLEET_STYLE = `
:root{--warn:#8a5300;--hover:#eef3fb}
@media screen and (prefers-color-scheme:dark){:root{--warn:#f2c14e;--hover:#232b36}}
body{max-width:1320px}
html[lang=en] .vi,html[lang=vi] .en{display:none}
[hidden]{display:none!important}
.away{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
header{margin-bottom:1.25rem;padding-bottom:.75rem}
button,input{font:inherit;color:inherit}
button{background:none;border:1px solid var(--line);border-radius:.4rem;padding:.2rem .7rem;cursor:pointer}
button:hover{background:var(--hover)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.tiles{display:flex;flex-wrap:wrap;gap:.6rem;margin:1rem 0}
.tiles div{background:var(--box);border:1px solid var(--line);border-radius:.5rem;padding:.5rem .9rem;min-width:6.5rem;flex:1}
.tiles dt{font-size:.85rem;color:var(--soft)}
.tiles dd{margin:0;font-size:1.5rem;font-weight:650;line-height:1.3;font-variant-numeric:tabular-nums}
.tiles .error:not(.zero) dd{color:var(--bad)}
.tiles .warning:not(.zero) dd{color:var(--warn)}
.bar,.dot{print-color-adjust:exact}
.bar{display:flex;height:.9rem;border-radius:.45rem;overflow:hidden;gap:2px;margin:.4rem 0 .5rem}
.bar span{min-width:3px}
.bar .l0,.dot.l0{background:var(--bad)}
.bar .l1,.dot.l1{background:var(--warn)}
.bar .l2,.dot.l2{background:var(--link)}
.bar .l3,.dot.l3{background:var(--good);opacity:.62}
.bar .l4,.dot.l4{background:var(--good)}
.levels{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;padding:0;margin:0}
.levels li{margin:0}
.dot{display:inline-block;width:.75rem;height:.75rem;border-radius:50%;margin-right:.4rem}
.level.l0{border-color:var(--bad);color:var(--bad)}
.level.l1{border-color:var(--warn);color:var(--warn)}
.level.l2{border-color:var(--link);color:var(--link)}
.tools{display:flex;flex-wrap:wrap;gap:.6rem 1.5rem;align-items:end;margin:.6rem 0}
.tools label.search{display:flex;flex-direction:column;flex:1 1 16rem;max-width:26rem;font-size:.9rem;color:var(--soft)}
.tools input[type=search]{background:var(--paper);color:var(--ink);font-size:1rem;border:1px solid var(--soft);border-radius:.4rem;padding:.35rem .6rem;width:100%}
.tools fieldset{border:0;padding:0;margin:0;display:flex;flex-wrap:wrap;gap:.35rem}
.tools legend{font-size:.9rem;color:var(--soft);padding:0}
.tools fieldset label{border:1px solid var(--line);border-radius:.4rem;padding:.3rem .65rem;cursor:pointer;position:relative}
.tools fieldset label:hover{background:var(--hover)}
.tools fieldset input{position:absolute;opacity:0;inset:0;margin:0;cursor:pointer}
.tools fieldset label:has(:checked){background:var(--link);border-color:var(--link);color:var(--paper);font-weight:600}
.tools fieldset label:has(:focus-visible){outline:3px solid var(--link);outline-offset:2px}
.note{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.2rem 1.5rem;font-size:.88rem;color:var(--soft);margin:.4rem 0}
.note p{margin:0;max-width:none}
.fleet{font-size:.88rem}
.fleet th,.fleet td{padding:.4rem .5rem}
.fleet td{white-space:nowrap}
.fleet td:nth-child(2){white-space:normal;overflow-wrap:anywhere}
@media screen{.fleet{table-layout:fixed;min-width:1240px}.fleet thead th:nth-child(n+3){width:5.6rem}.fleet thead th:nth-child(3){width:4.6rem}.fleet thead th:nth-child(4){width:8rem}.fleet thead th:last-child{width:7rem}.fleet tbody td{overflow-wrap:anywhere}.fleet td:nth-child(4){white-space:normal}}
.fleet tbody th{font-weight:600}
.fleet tbody th .soft{display:block;font-size:.9em}
.fleet tbody tr:hover{background:var(--hover)}
.fleet tbody tr:target{background:var(--hover)}
.fleet thead th{vertical-align:bottom}
.fleet th button{border:0;padding:.1rem .2rem;margin:-.1rem -.2rem;font-weight:600;text-align:left;line-height:1.25}
.fleet th button::after{content:"↕";color:var(--soft);margin-left:.25rem;font-weight:400}
.fleet [aria-sort=ascending] button::after{content:"↑";color:var(--link)}
.fleet [aria-sort=descending] button::after{content:"↓";color:var(--link)}
.fleet .open,.fleet .unknown{font-weight:400}
.count{display:block;font-weight:600}
.count.error{color:var(--bad)}
.count.warning{color:var(--warn)}
.count.notice{color:var(--soft);font-weight:400}
.rule{content-visibility:auto;border-top:1px solid var(--line);padding-top:.2rem;margin-top:1rem}
.rule h3,#detail h3{font-size:1.05rem;margin:.7rem 0 .3rem}
.rule h3 .count{display:inline-block;line-height:1.35;border:1px solid;border-radius:.4rem;padding:.05rem .45rem .1rem;font-size:.85em;font-weight:600;margin-right:.25rem}
.rule p,.finding p{max-width:90ch}
.rule td:first-child{width:45%}
p code,td span code,li code{display:inline;overflow-wrap:anywhere}
.key .line{display:inline-block;width:34px;border-top:2px solid;vertical-align:middle;margin-right:.35rem}
.key.ipv6 .line{border-top-style:dashed}
.day{white-space:nowrap}
.broken{border:1px solid var(--bad);border-radius:.5rem;padding:.2rem 1rem .6rem;margin:1rem 0}
.broken h2{margin-top:.6rem;color:var(--bad)}
.broken code{overflow-wrap:anywhere}
#detail h2{font-size:1.5rem;margin:.6rem 0 .2rem;overflow-wrap:anywhere}
#detail h2:focus{outline:none}
#detail h3{margin-top:2rem;font-size:1.15rem}
.finding{border-left:4px solid var(--line);padding:.1rem 0 .1rem 1rem;margin:1rem 0}
.finding.error{border-color:var(--bad)}
.finding.warning{border-color:var(--warn)}
.finding h4{margin:0 0 .2rem;font-size:1rem}
.finding h4 .count{display:inline}
.finding p{margin:.25rem 0;overflow-wrap:anywhere}
.finding dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;margin:.4rem 0}
.finding dt{color:var(--soft)}
.finding dd{margin:0}
@media screen and (max-width:640px){.fleet{min-width:1110px}body{padding:1rem .8rem 2rem}.tiles div{min-width:5.2rem;padding:.4rem .6rem}.tiles dd{font-size:1.25rem}h1{font-size:1.4rem}.picture{min-width:640px}#detail table{min-width:560px}#detail th:first-child{width:8rem}.rule table{min-width:520px}figure .scroll{padding-bottom:.4rem}}
@media print{@page{size:A4 landscape;margin:11mm}body{font-size:9.5pt}.tools,button,.back{display:none}.scroll{overflow:visible}.fleet{font-size:8pt}.fleet th,.fleet td{padding:.18rem .3rem}.fleet td{white-space:normal;overflow-wrap:break-word}.fleet td.open,.fleet td.closed,.fleet td.unknown,.level{white-space:nowrap}.fleet th button{display:contents}.fleet th button::after{content:none}.rule td code{display:inline;margin-left:.5em}.rule{content-visibility:visible;break-inside:auto}.rule h3,.rule p,#detail h3,#detail h3+p{break-after:avoid}thead{display:table-header-group}#findings{break-before:page}table{font-size:8.5pt}.tiles div{padding:.2rem .6rem}}
`;
