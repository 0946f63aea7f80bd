package io.millrace.connector.file;

import java.io.IOException;

/** Closes files at each checkpoint, and at whatever else a subclass says. */
public abstract class CheckpointRollingPolicy<IN, BucketID> implements RollingPolicy<IN, BucketID> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean shouldRollOnCheckpoint(PartFileInfo<BucketID> partFileState) {
        return true;
    }

    @Override
    public abstract boolean shouldRollOnEvent(PartFileInfo<BucketID> partFileState, IN element)
            throws IOException;

    @Override
    public abstract boolean shouldRollOnProcessingTime(
            PartFileInfo<BucketID> partFileState, long currentTime) throws IOException;

    /** Settings of such a policy. */
    public abstract static class PolicyBuilder<
            IN, BucketID, T extends PolicyBuilder<IN, BucketID, T>> {
        @SuppressWarnings("unchecked") // by the declaration of T
        protected T self() {
            return (T) this;
        }

        public abstract CheckpointRollingPolicy<IN, BucketID> build();
    }
}
