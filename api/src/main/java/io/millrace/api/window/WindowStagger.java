package io.millrace.api.window;

import java.util.concurrent.ThreadLocalRandom;

/**
 * By what the windows of a subtask are moved, so that those of different subtasks do not end at the
 * same moment. Chosen at a subtask's first record, again after each restart.
 */
public enum WindowStagger {
    /** Not at all. */
    ALIGNED {
        @Override
        public long getStaggerOffset(long currentProcessingTime, long size) {
            return 0;
        }
    },
    /** By any part of the size. */
    RANDOM {
        @Override
        public long getStaggerOffset(long currentProcessingTime, long size) {
            return ThreadLocalRandom.current().nextLong(size);
        }
    },
    /** So that a window starts with the first record. */
    NATURAL {
        @Override
        public long getStaggerOffset(long currentProcessingTime, long size) {
            return Math.floorMod(currentProcessingTime, size);
        }
    };

    /**
     * In milliseconds, from 0 up to the size.
     *
     * @param currentProcessingTime in milliseconds since the epoch
     * @param size of a window, in milliseconds
     */
    public abstract long getStaggerOffset(long currentProcessingTime, long size);
}
