package io.millrace.rocks;

/**
 * Decides what a process does about its memory, from what it has and what it was granted. Pure: the
 * caller asks from time to time, keeps the level and carries it out.
 *
 * <p>Two thresholds keep it from going to and fro: pressure begins at {@value #HIGH_PERCENT} % of
 * the limit and ends below {@value #LOW_PERCENT} %. Each look that finds pressure goes one level
 * further, each that finds none goes one back.
 */
final class MemoryGovernor {
    static final int HIGH_PERCENT = 92;
    static final int LOW_PERCENT = 85;

    /** So near to the limit there is no time to go level by level. */
    static final int LAST_PERCENT = 97;

    /** What is done about memory, each level in addition to those before it. */
    enum Level {
        /** Nothing. */
        FREE(1.0, false, 0),
        /** Half of the objects are let go, write buffers are written out. */
        SHED_HALF(0.5, true, 0),
        /** Nearly all objects are let go. */
        SHED_MOST(0.125, true, 0),
        /** Tasks pause a little each time that their state has grown. */
        SLOW(0.125, true, 200_000),
        /** Tasks pause more. */
        SLOWER(0.125, true, 2_000_000);

        private final double objects;
        private final boolean flush;
        private final long pauseNanos;

        Level(double objects, boolean flush, long pauseNanos) {
            this.objects = objects;
            this.flush = flush;
            this.pauseNanos = pauseNanos;
        }

        /** The part of the usual memory that caches of objects may have. */
        double objects() {
            return objects;
        }

        /** Whether write buffers are to be written to files now. */
        boolean flush() {
            return flush;
        }

        /** How long a task pauses for each 64 entries that come into its cache. */
        long pauseNanos() {
            return pauseNanos;
        }
    }

    private MemoryGovernor() {}

    /**
     * @param residentBytes what the process has
     * @param limitBytes what it was granted
     */
    static Level next(Level now, long residentBytes, long limitBytes) {
        double percent = 100.0 * residentBytes / limitBytes;
        if (percent >= LAST_PERCENT) {
            return now.compareTo(Level.SLOW) < 0 ? Level.SLOW : Level.SLOWER;
        }
        if (percent >= HIGH_PERCENT) {
            return step(now, 1);
        }
        return percent < LOW_PERCENT ? step(now, -1) : now;
    }

    private static Level step(Level now, int by) {
        Level[] all = Level.values();
        return all[Math.max(0, Math.min(all.length - 1, now.ordinal() + by))];
    }
}
