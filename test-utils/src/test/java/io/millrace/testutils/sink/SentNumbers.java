package io.millrace.testutils.sink;

import io.millrace.api.sink.CheckpointCommitter;
import io.millrace.api.sink.GenericWriteAheadSink;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Sends numbers to a list that outlives jobs, and fails when it is told to. */
final class SentNumbers extends GenericWriteAheadSink<Long> {
    private static final long serialVersionUID = 1L;

    private static final List<Long> SENT = Collections.synchronizedList(new ArrayList<>());
    private static final List<Long> TIMES = Collections.synchronizedList(new ArrayList<>());
    private static final Map<String, Long> NOTES = new ConcurrentHashMap<>();
    private static final AtomicReference<RuntimeException> FAIL = new AtomicReference<>();
    private static final AtomicBoolean REFUSE = new AtomicBoolean();
    private static final AtomicBoolean FAIL_NOTE = new AtomicBoolean();

    SentNumbers(String jobId) throws Exception {
        super(new Notes(), Types.LONG.createSerializer(new ExecutionConfig()), jobId);
    }

    static void clear() {
        SENT.clear();
        TIMES.clear();
        NOTES.clear();
        FAIL.set(null);
        REFUSE.set(false);
        FAIL_NOTE.set(false);
    }

    static List<Long> sent() {
        return List.copyOf(SENT);
    }

    static List<Long> timestamps() {
        return List.copyOf(TIMES);
    }

    static List<String> notes() {
        return List.copyOf(NOTES.keySet());
    }

    static void failNext(RuntimeException failure) {
        FAIL.set(failure);
    }

    static void refuseNext() {
        REFUSE.set(true);
    }

    static void failNextNote() {
        FAIL_NOTE.set(true);
    }

    @Override
    protected boolean sendValues(Iterable<Long> values, long checkpointId, long timestamp) {
        RuntimeException failure = FAIL.getAndSet(null);
        if (failure != null) {
            throw failure;
        }
        if (REFUSE.getAndSet(false)) {
            return false;
        }
        values.forEach(SENT::add);
        TIMES.add(timestamp);
        return true;
    }

    /** Remembers the latest checkpoint of each subtask, as committers do. */
    private static final class Notes extends CheckpointCommitter {
        private static final long serialVersionUID = 1L;

        @Override
        public void open() {}

        @Override
        public void close() {}

        @Override
        public void createResource() {}

        @Override
        public void commitCheckpoint(int subtask, long checkpointId) {
            if (FAIL_NOTE.getAndSet(false)) {
                throw new IllegalStateException("the crash that the test wants");
            }
            NOTES.merge(jobId + "/" + operatorId + "/" + subtask, checkpointId, Math::max);
        }

        @Override
        public boolean isCheckpointCommitted(int subtask, long checkpointId) {
            Long latest = NOTES.get(jobId + "/" + operatorId + "/" + subtask);
            return latest != null && checkpointId <= latest;
        }
    }
}
