package io.millrace.api.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A partition of raw state, or why it cannot be read. Confined to the task. */
public class StatePartitionStreamProvider {
    private final InputStream stream;
    private final IOException failure;

    public StatePartitionStreamProvider(InputStream stream) {
        this.stream = Objects.requireNonNull(stream, "The stream is null.");
        this.failure = null;
    }

    public StatePartitionStreamProvider(IOException creationException) {
        this.stream = null;
        this.failure = Objects.requireNonNull(creationException, "The failure is null.");
    }

    /**
     * The stream, always the same one; closing it is up to the caller.
     *
     * @throws IOException if the state cannot be read
     */
    public InputStream getStream() throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
        return stream;
    }
}
