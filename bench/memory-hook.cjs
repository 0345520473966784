// Each process of a run adds its own peak, in KiB.
process.on('exit', () => {
  require('node:fs').appendFileSync(process.env.PORTAL6_BENCH_MEMORY, `${process.resourceUsage().maxRSS}\n`);
});
