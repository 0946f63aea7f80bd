package io.millrace.api.collect;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps results in a temporary file until the job has ended, for batch jobs: a job that starts
 * again in between gives nothing twice. A monitor. The file holds {@code (subtask, attempt, length,
 * bytes)*} and is deleted by {@link #close}.
 */
final class SpooledBuffer implements ResultBuffer {
    private final Path file;
    private final DataOutputStream out;
    private final Map<Integer, Integer> newestAttempt = new HashMap<>();
    private long framesLeft;
    private boolean ended;
    private boolean discarded;
    private Throwable failure;

    /** Null until the job has ended. */
    private DataInputStream in;

    private SpooledBuffer(Path file) throws IOException {
        this.file = file;
        this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    }

    static SpooledBuffer open() throws IOException {
        return new SpooledBuffer(Files.createTempFile("millrace-results-", ".spool"));
    }

    @Override
    public synchronized boolean begin(int subtask, int attempt) {
        return newestAttempt.merge(subtask, attempt, Math::max) == attempt;
    }

    @Override
    public synchronized void put(Frame frame) throws IOException {
        if (!discarded && !ended) {
            out.writeInt(frame.subtask());
            out.writeInt(frame.attempt());
            out.writeInt(frame.bytes().length);
            out.write(frame.bytes());
            framesLeft++;
        }
    }

    @Override
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public synchronized void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        notifyAll();
    }

    @Override
    public synchronized Frame take() throws Exception {
        while (!ended && !discarded && failure == null) {
            wait();
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (in == null && !discarded) {
            out.close();
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
        }
        while (!discarded && framesLeft > 0) {
            framesLeft--;
            int subtask = in.readInt();
            int attempt = in.readInt();
            byte[] bytes = in.readNBytes(in.readInt());
            if (newestAttempt.get(subtask) == attempt) {
                return new Frame(subtask, attempt, bytes);
            }
        }
        return null;
    }

    @Override
    public synchronized void discard() {
        discarded = true;
        notifyAll();
    }

    @Override
    public synchronized void close() throws IOException {
        discard();
        try (out) {
            if (in != null) {
                in.close();
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
