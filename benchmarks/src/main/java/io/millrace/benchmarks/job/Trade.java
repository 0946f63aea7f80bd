package io.millrace.benchmarks.job;

/** A record of the workloads on windows; a POJO by the rules of both engines. */
public class Trade {
    private static final long FROM_MS = 1_700_000_000_000L;
    private static final int COHORTS = 4;

    public long key;
    public long amount;
    public long timeMs;

    public Trade() {}

    /**
     * Of keys in no order, in the order of time.
     *
     * @param keys a power of two
     * @param perMs how many there are in a millisecond
     */
    public static Trade of(long number, long keys, long perMs) {
        return at(number, Keyed.key(number, keys), perMs);
    }

    /**
     * The same, but keys come in four cohorts that are active in turn, for a second each, so that
     * the sessions of a key end. Times are even, for gaps that are odd: whether sessions that touch
     * become one depends on when the watermark comes, on each engine.
     */
    public static Trade inSession(long number, long keys, long perMs) {
        long cohort = number / (1_000 * perMs) & COHORTS - 1;
        Trade trade = at(number, Keyed.key(number, keys / COHORTS) * COHORTS + cohort, perMs);
        trade.timeMs &= ~1L;
        return trade;
    }

    private static Trade at(long number, long key, long perMs) {
        Trade trade = new Trade();
        trade.key = key;
        trade.amount = 1 + (number & 0xff);
        trade.timeMs = FROM_MS + number / perMs;
        return trade;
    }
}
