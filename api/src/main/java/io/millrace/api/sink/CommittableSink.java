package io.millrace.api.sink;

import io.millrace.api.function.SupportsConcurrentExecutionAttempts;
import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The end of a sink of several operators: takes in the committables that come and hands them over
 * with the next checkpoint, to be committed when that is complete. Made by {@code sinkTo} and by
 * {@link StandardSinkTopologies}. Immutable.
 */
/* It prepares at each barrier all that has come before it. A committable that was overtaken by the
 * barrier of its own checkpoint is in that checkpoint as a record on its way, and is handed over
 * with a later one; the checkpoint that it carries stays what it was, and only orders the commits. */
public final class CommittableSink<CommT>
        implements Sink<CommittableMessage<CommT>>,
                SupportsCommitter<CommittableWithLineage<CommT>>,
                SupportsOutputEnd,
                SupportsConcurrentExecutionAttempts {
    private static final long serialVersionUID = 1L;

    private final SupportsCommitter<CommT> committing;

    /**
     * @param committing a sink, or whatever else travels with the program and makes committers
     * @throws IllegalArgumentException if it cannot travel
     */
    public CommittableSink(SupportsCommitter<CommT> committing) {
        this.committing = Objects.requireNonNull(committing);
        if (!(committing instanceof Serializable)) {
            throw new IllegalArgumentException(
                    committing.getClass().getName()
                            + " makes the committers of a sink, so it must be Serializable.");
        }
    }

    @Override
    public CommittingSinkWriter<CommittableMessage<CommT>, CommittableWithLineage<CommT>>
            createWriter(WriterInitContext context) {
        return new Collected<>();
    }

    @Override
    public Committer<CommittableWithLineage<CommT>> createCommitter(CommitterInitContext context)
            throws IOException {
        return new WithoutLineage<>(committing.createCommitter(context));
    }

    @Override
    public void outputEnded(CommitterInitContext context) throws IOException {
        if (committing instanceof SupportsOutputEnd sink) {
            sink.outputEnded(context);
        }
    }

    @Override
    public SimpleVersionedSerializer<CommittableWithLineage<CommT>> getCommittableSerializer() {
        return new LineageSerializer<>(committing.getCommittableSerializer());
    }

    @Override
    public String toString() {
        return "committables of " + committing;
    }

    /** What has come since the last barrier. Confined to its task. */
    private static final class Collected<CommT>
            implements CommittingSinkWriter<
                    CommittableMessage<CommT>, CommittableWithLineage<CommT>> {
        private List<CommittableWithLineage<CommT>> since = new ArrayList<>();

        @Override
        public void write(CommittableMessage<CommT> element, Context context) {
            if (element instanceof CommittableWithLineage<CommT> committable) {
                since.add(committable);
            }
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public Collection<CommittableWithLineage<CommT>> prepareCommit() {
            List<CommittableWithLineage<CommT>> prepared = since;
            since = new ArrayList<>();
            return prepared;
        }

        @Override
        public void close() {}
    }

    /** Commits checkpoint after checkpoint. Confined to the commit's thread. */
    private static final class WithoutLineage<CommT>
            implements Committer<CommittableWithLineage<CommT>> {
        private final Committer<CommT> committer;

        WithoutLineage(Committer<CommT> committer) {
            this.committer = committer;
        }

        @Override
        public void commit(Collection<CommitRequest<CommittableWithLineage<CommT>>> requests)
                throws IOException, InterruptedException {
            List<CommitRequest<CommT>> inOrder =
                    requests.stream()
                            .sorted(
                                    Comparator.comparingLong(
                                            request -> request.getCommittable().getCheckpointId()))
                            .<CommitRequest<CommT>>map(InnerRequest::new)
                            .toList();
            committer.commit(inOrder);
        }

        @Override
        public void close() throws Exception {
            committer.close();
        }
    }

    /** The request as the sink's own committer sees it. Confined to the commit's thread. */
    private static final class InnerRequest<CommT> implements Committer.CommitRequest<CommT> {
        private final Committer.CommitRequest<CommittableWithLineage<CommT>> outer;

        InnerRequest(Committer.CommitRequest<CommittableWithLineage<CommT>> outer) {
            this.outer = outer;
        }

        @Override
        public CommT getCommittable() {
            return outer.getCommittable().getCommittable();
        }

        @Override
        public int getNumberOfRetries() {
            return outer.getNumberOfRetries();
        }

        @Override
        public void signalFailedWithKnownReason(Throwable t) {
            outer.signalFailedWithKnownReason(t);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable t) {
            outer.signalFailedWithUnknownReason(t);
        }

        @Override
        public void retryLater() {
            outer.retryLater();
        }

        @Override
        public void updateAndRetryLater(CommT committable) {
            outer.updateAndRetryLater(outer.getCommittable().map(before -> committable));
        }

        @Override
        public void signalAlreadyCommitted() {
            outer.signalAlreadyCommitted();
        }
    }
}
