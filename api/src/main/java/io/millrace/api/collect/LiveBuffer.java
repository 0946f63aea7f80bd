package io.millrace.api.collect;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Gives results as they come, for streaming jobs. A monitor: connections put, the program takes.
 * Bounded by {@link #MAX_FRAMES}. If an attempt starts again after records of it were given away,
 * the reader fails: it must not see them twice.
 */
final class LiveBuffer implements ResultBuffer {
    private static final int MAX_FRAMES = 64;

    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private final Map<Integer, Integer> newestAttempt = new HashMap<>();
    private final Set<Integer> givenAway = new HashSet<>();
    private boolean ended;
    private boolean discarded;
    private Throwable failure;

    @Override
    public synchronized boolean begin(int subtask, int attempt) {
        Integer known = newestAttempt.get(subtask);
        if (known != null && known > attempt) {
            return false;
        }
        newestAttempt.put(subtask, attempt);
        if (known != null && known < attempt) {
            frames.removeIf(frame -> frame.subtask() == subtask);
            if (givenAway.contains(subtask)) {
                fail(
                        new MillraceException(
                                ErrorCode.NO_CHECKPOINT_TO_RESTORE,
                                "the job started again after the program had already been given"
                                        + " results of subtask "
                                        + subtask
                                        + ", attempt "
                                        + known
                                        + ". Set the mode to BATCH to be given results only when"
                                        + " they are complete."));
            }
            notifyAll();
        }
        return true;
    }

    @Override
    public synchronized void put(Frame frame) throws InterruptedException {
        while (frames.size() >= MAX_FRAMES && !discarded && isNewest(frame)) {
            wait();
        }
        if (!discarded && isNewest(frame)) {
            frames.add(frame);
            notifyAll();
        }
    }

    private boolean isNewest(Frame frame) {
        return newestAttempt.get(frame.subtask()) == frame.attempt();
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
        while (frames.isEmpty() && !ended && !discarded && failure == null) {
            wait();
        }
        Frame next = frames.poll();
        if (next != null) {
            givenAway.add(next.subtask());
            notifyAll();
            return next;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return null;
    }

    @Override
    public synchronized void discard() {
        discarded = true;
        frames.clear();
        notifyAll();
    }

    @Override
    public void close() {
        discard();
    }
}
