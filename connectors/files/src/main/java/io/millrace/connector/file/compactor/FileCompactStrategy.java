package io.millrace.connector.file.compactor;

import java.io.Serializable;

/** When the files of a directory are put together. Immutable. */
public class FileCompactStrategy implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final long NONE = -1;

    private final long sizeThreshold;
    private final int numCheckpointsBeforeCompaction;
    private final int numCompactThreads;

    private FileCompactStrategy(
            long sizeThreshold, int numCheckpointsBeforeCompaction, int numCompactThreads) {
        this.sizeThreshold = sizeThreshold;
        this.numCheckpointsBeforeCompaction = numCheckpointsBeforeCompaction;
        this.numCompactThreads = numCompactThreads;
    }

    /** In bytes; -1 if size does not matter. */
    public long getSizeThreshold() {
        return sizeThreshold;
    }

    /** -1 if checkpoints are not counted. */
    public int getNumCheckpointsBeforeCompaction() {
        return numCheckpointsBeforeCompaction;
    }

    /** In each subtask. */
    public int getNumCompactThreads() {
        return numCompactThreads;
    }

    /** At least one of size and checkpoints must be set. Not thread-safe. */
    public static class Builder {
        private long sizeThreshold = NONE;
        private int checkpoints = (int) NONE;
        private int threads = 1;

        public static Builder newBuilder() {
            return new Builder();
        }

        /**
         * What has waited for so many checkpoints is put together, whatever its size.
         *
         * @param numCheckpointsBeforeCompaction at least 1
         */
        public Builder enableCompactionOnCheckpoint(int numCheckpointsBeforeCompaction) {
            if (numCheckpointsBeforeCompaction < 1) {
                throw new IllegalArgumentException(
                        "Files wait for one checkpoint or more before they are put together, not"
                                + " for "
                                + numCheckpointsBeforeCompaction
                                + ".");
            }
            this.checkpoints = numCheckpointsBeforeCompaction;
            return this;
        }

        /**
         * As soon as there is so much for a directory, it is put together.
         *
         * @param sizeThreshold bytes, at least 1
         */
        public Builder setSizeThreshold(long sizeThreshold) {
            if (sizeThreshold < 1) {
                throw new IllegalArgumentException(
                        "Files are put together when they have a byte or more, not "
                                + sizeThreshold
                                + ".");
            }
            this.sizeThreshold = sizeThreshold;
            return this;
        }

        /**
         * @param numCompactThreads of each subtask, at least 1; 1 unless set
         */
        public Builder setNumCompactThreads(int numCompactThreads) {
            if (numCompactThreads < 1) {
                throw new IllegalArgumentException(
                        "Files are put together by one thread or more, not by "
                                + numCompactThreads
                                + ".");
            }
            this.threads = numCompactThreads;
            return this;
        }

        /**
         * @throws IllegalArgumentException if neither size nor checkpoints are set
         */
        public FileCompactStrategy build() {
            if (sizeThreshold == NONE && checkpoints == NONE) {
                throw new IllegalArgumentException(
                        "Nothing says when files are put together. Call setSizeThreshold,"
                                + " enableCompactionOnCheckpoint, or both.");
            }
            return new FileCompactStrategy(sizeThreshold, checkpoints, threads);
        }
    }
}
