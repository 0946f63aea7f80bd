package io.millrace.host;

import io.millrace.host.checkpoint.CheckpointPlaces;
import io.millrace.runtime.checkpoint.Pointer;
import io.millrace.runtime.checkpoint.PointerStore;

/** For hosts whose jobs take no checkpoints: fails when one does. */
final class NoPointers implements PointerStore {
    static final CheckpointPlaces PLACES =
            new CheckpointPlaces(new NoPointers(), "/no/checkpoints", "a test", 1);

    private NoPointers() {}

    @Override
    public Pointer read(String jobId) {
        throw new AssertionError("job " + jobId + " takes checkpoints");
    }

    @Override
    public void write(Pointer pointer, long epoch) {
        throw new AssertionError(pointer + " is written");
    }

    @Override
    public void remove(String jobId, long epoch) {
        throw new AssertionError("the pointer of job " + jobId + " is removed");
    }

    @Override
    public void close() {}
}
