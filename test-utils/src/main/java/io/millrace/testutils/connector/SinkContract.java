package io.millrace.testutils.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.SupportsCleanup;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.stream.JobID;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a sink that commits must keep to: what is written is visible once it is committed, not
 * before, and once, wherever writer or committer stop. A subclass says which sink, and looks at
 * what its readers see.
 *
 * @param <T> the records
 * @param <CommT> the sink's committables
 */
public abstract class SinkContract<T, CommT> {
    private static final int RECORDS = 7;
    private static final long LONGEST_COMMIT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long BETWEEN_COMMITS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Where a job stops. */
    private enum Step {
        WRITTEN,
        FLUSHED,
        PREPARED,
        COMMITTED
    }

    private final JobID job = new JobID();
    private int attempts;

    /** A sink that also is a {@link SupportsCommitter} of {@code CommT}; the same each time. */
    protected abstract Sink<T> sink() throws Exception;

    /** Different records for different numbers. */
    protected abstract T record(int number);

    /** What a reader of the outside system sees now, in any order. */
    protected abstract List<T> visible() throws Exception;

    @SuppressWarnings("unchecked") // by the contract of sink()
    private SupportsCommitter<CommT> committing() throws Exception {
        return (SupportsCommitter<CommT>) sink();
    }

    @SuppressWarnings("unchecked") // by the contract of sink()
    private CommittingSinkWriter<T, CommT> writer() throws Exception {
        SinkWriter<T> writer = sink().createWriter(new ContractScope(job, attempts++));
        assertTrue(
                writer instanceof CommittingSinkWriter<?, ?>,
                "a sink that commits makes CommittingSinkWriters");
        return (CommittingSinkWriter<T, CommT>) writer;
    }

    private void write(SinkWriter<T> writer, int from, int to) throws Exception {
        for (int number = from; number < to; number++) {
            writer.write(record(number), new NoTime());
        }
    }

    /** What a checkpoint has of a writer. */
    private List<byte[]> prepared(CommittingSinkWriter<T, CommT> writer) throws Exception {
        SimpleVersionedSerializer<CommT> serializer = committing().getCommittableSerializer();
        List<byte[]> all = new ArrayList<>();
        for (CommT each : writer.prepareCommit()) {
            all.add(serializer.serialize(each));
        }
        return all;
    }

    private List<ContractRequest<CommT>> commit(List<byte[]> prepared) throws Exception {
        SimpleVersionedSerializer<CommT> serializer = committing().getCommittableSerializer();
        List<ContractRequest<CommT>> requests = new ArrayList<>();
        for (byte[] each : prepared) {
            requests.add(
                    new ContractRequest<>(serializer.deserialize(serializer.getVersion(), each)));
        }
        try (Committer<CommT> committer =
                committing().createCommitter(new ContractScope(job, attempts).committer())) {
            commit(committer, requests);
        }
        requests.forEach(request -> assertTrue(request.isCommitted(), request.toString()));
        return requests;
    }

    /** As an engine does: what the committer asks for again it is given again. */
    private void commit(Committer<CommT> committer, List<ContractRequest<CommT>> requests)
            throws Exception {
        long deadline = System.nanoTime() + LONGEST_COMMIT_NANOS;
        List<ContractRequest<CommT>> open = requests;
        while (true) {
            committer.commit(List.<Committer.CommitRequest<CommT>>copyOf(open));
            open = open.stream().filter(ContractRequest::asksAgain).toList();
            if (open.isEmpty() || System.nanoTime() - deadline > 0) {
                return;
            }
            open.forEach(ContractRequest::retry);
            LockSupport.parkNanos(BETWEEN_COMMITS_NANOS);
        }
    }

    private void assertVisible(int from, int to) throws Exception {
        List<String> expected =
                IntStream.range(from, to).mapToObj(this::record).map(String::valueOf).toList();
        assertEquals(
                expected.stream().sorted().toList(),
                visible().stream().map(String::valueOf).sorted().toList());
    }

    @Test
    void nothingIsVisibleBeforeTheCommit() throws Exception {
        try (CommittingSinkWriter<T, CommT> writer = writer()) {
            write(writer, 0, RECORDS);
            writer.flush(false);
            List<byte[]> prepared = prepared(writer);
            assertVisible(0, 0);
            commit(prepared);
            assertVisible(0, RECORDS);
        }
    }

    @Test
    void eachCheckpointHasWhatWasWrittenSinceTheOneBefore() throws Exception {
        try (CommittingSinkWriter<T, CommT> writer = writer()) {
            List<byte[]> both = new ArrayList<>();
            write(writer, 0, 3);
            writer.flush(false);
            both.addAll(prepared(writer));
            write(writer, 3, RECORDS);
            writer.flush(true);
            both.addAll(prepared(writer));
            commit(both);
            assertVisible(0, RECORDS);
        }
    }

    @Test
    void aCommitThatIsRepeatedChangesNothing() throws Exception {
        try (CommittingSinkWriter<T, CommT> writer = writer()) {
            write(writer, 0, RECORDS);
            writer.flush(true);
            List<byte[]> prepared = prepared(writer);
            commit(prepared);
            commit(prepared);
            assertVisible(0, RECORDS);
        }
    }

    @Test
    void aWriterWithoutRecordsMakesNothingVisible() throws Exception {
        try (CommittingSinkWriter<T, CommT> writer = writer()) {
            writer.flush(true);
            commit(prepared(writer));
            assertVisible(0, 0);
        }
    }

    /**
     * A first checkpoint is complete; the second stops at each step and is begun anew from the
     * first. A checkpoint that has been committed is not begun anew, but committed again.
     */
    @Test
    void whereverAJobStopsEachRecordIsVisibleOnce() throws Exception {
        int done = 0;
        for (Step stop : Step.values()) {
            List<byte[]> committed = List.of();
            try (CommittingSinkWriter<T, CommT> writer = writer()) {
                write(writer, done, done + RECORDS);
                if (stop != Step.WRITTEN) {
                    writer.flush(false);
                }
                if (stop == Step.PREPARED) {
                    prepared(writer); // in a checkpoint that is never complete
                }
                if (stop == Step.COMMITTED) {
                    committed = prepared(writer);
                    commit(committed);
                }
            }
            if (stop == Step.COMMITTED) {
                commit(committed);
            } else {
                assertVisible(0, done);
                try (CommittingSinkWriter<T, CommT> again = writer()) {
                    write(again, done, done + RECORDS);
                    again.flush(false);
                    commit(prepared(again));
                }
            }
            done += RECORDS;
            assertVisible(0, done);
        }
    }

    @Test
    void whatIsCommittedStaysWhenTheRestIsCleanedUp() throws Exception {
        try (CommittingSinkWriter<T, CommT> writer = writer()) {
            write(writer, 0, RECORDS);
            writer.flush(false);
            commit(prepared(writer));
            write(writer, RECORDS, 2 * RECORDS);
            writer.flush(false);
        }
        if (sink() instanceof SupportsCleanup cleaning) {
            cleaning.cleanUp(new ContractScope(job, attempts));
            cleaning.cleanUp(new ContractScope(job, attempts));
        }
        assertVisible(0, RECORDS);
    }

    /** No record has a time. Stateless. */
    private static final class NoTime implements SinkWriter.Context {
        @Override
        public long currentWatermark() {
            return Long.MIN_VALUE;
        }

        @Override
        public Long timestamp() {
            return null;
        }
    }
}
