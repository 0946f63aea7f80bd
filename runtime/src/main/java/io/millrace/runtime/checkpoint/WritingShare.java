package io.millrace.runtime.checkpoint;

/**
 * How much of a processor the threads together may take that write a savepoint: as much as lies
 * idle, else a small share, and all of it when time gets short. Immutable; pure.
 *
 * <pre>
 * share(now) = max( what it was, and half of what lies idle; or half of it, if nothing does
 * , least
 * , all, as the time that has passed goes from a quarter of the time-out to a half )
 * </pre>
 *
 * @param least of a processor, above 0
 * @param timeoutMs of the savepoint; at half of it there are no rests any more
 */
record WritingShare(double least, long timeoutMs) {
    /** Less than so much of a processor lies idle on a machine that has enough to do, too. */
    private static final double IDLE = 0.15;

    private static final double FALL = 0.5;

    /**
     * The share until the next look.
     *
     * @param before the share since the look before
     * @param idle processors that did nothing since then; negative if it is not known
     * @param threads that write
     * @param elapsedMs since the savepoint began
     * @return of a processor, for all threads together; at least {@link #least}, at most {@code
     *     threads}
     */
    double next(double before, double idle, int threads, long elapsedMs) {
        double wanted = idle > IDLE ? before + idle / 2 : before * FALL;
        double hurried = threads * Math.min(1, 4.0 * elapsedMs / timeoutMs - 1);
        return Math.min(threads, Math.max(Math.max(wanted, hurried), least));
    }

    /**
     * How long a thread rests after it has worked.
     *
     * @param workedNanos processor time
     * @param share of a processor, of all threads together
     */
    static long restNanos(long workedNanos, double share, int threads) {
        double own = share / threads;
        return own >= 1 ? 0 : (long) (workedNanos * (1 - own) / own);
    }
}
