// Counts what holds and names what does not.

export function checks() {
  let passed = 0;
  let failed = 0;
  return {
    async check(name, look) {
      let clock;
      const late = new Promise((_, fail) => (clock = setTimeout(() => fail(new Error('took over two minutes')), 120_000)));
      try {
        await Promise.race([look(), late]);
        passed += 1;
      } catch (fault) {
        failed += 1;
        console.log(`FAILED ${name}\n  ${String(fault.message ?? fault).replaceAll('\n', '\n  ')}`);
      } finally {
        clearTimeout(clock);
      }
    },
    end() {
      console.log(`${passed} passed, ${failed} failed`);
      process.exitCode = failed || !passed ? 1 : 0;
    },
  };
}
