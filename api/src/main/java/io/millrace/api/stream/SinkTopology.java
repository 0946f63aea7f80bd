package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.sink.CommittableMessage;
import io.millrace.api.sink.CommittableMessageTypeInfo;
import io.millrace.api.sink.CommittableSink;
import io.millrace.api.sink.CommitterOperator;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriterOperator;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.SupportsPostCommitTopology;
import io.millrace.api.sink.SupportsPreCommitTopology;
import io.millrace.api.type.TypeInformation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The operators of a sink that has its own between writer and committer, or behind the committer:
 *
 * <pre>
 * writer → operators of the sink → committables, committed where the coordinator is
 * writer → operators of the sink → committer → operators of the sink
 * </pre>
 *
 * <p>Confined to the thread of {@code main()}.
 */
final class SinkTopology<T> {
    static final String WRITER = "Writer";
    static final String COMMITTER = "Committer";

    private final DataStream<T> records;
    private final StreamExecutionEnvironment environment;
    private final Sink<T> sink;

    SinkTopology(DataStream<T> records, Sink<T> sink) {
        this.records = records;
        this.environment = records.getExecutionEnvironment();
        this.sink = sink;
    }

    static boolean isNeededBy(Sink<?> sink) {
        return sink instanceof SupportsPreCommitTopology<?, ?>
                || sink instanceof SupportsPostCommitTopology<?>;
    }

    /**
     * @throws MillraceException {@code PROGRAM_INVALID} if the sink has no committer
     */
    @SuppressWarnings("unchecked") // what a sink's own parts say of its committables
    DataStreamSink<T> build() {
        if (!(sink instanceof SupportsCommitter<?>)) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    sink.getClass().getName()
                            + " has operators before or after its committer, but no committer: it"
                            + " must implement SupportsCommitter.");
        }
        return build((SupportsCommitter<Object>) sink);
    }

    @SuppressWarnings("unchecked") // what a sink's own parts say of its committables
    private <C> DataStreamSink<T> build(SupportsCommitter<C> committing) {
        List<Draft> before = environment.drafts();
        List<Draft> written = new ArrayList<>();
        DataStream<CommittableMessage<C>> committables =
                sink instanceof SupportsPreCommitTopology<?, ?> pre
                        ? prepared((SupportsPreCommitTopology<Object, C>) pre, written)
                        : written(
                                CommittableMessageTypeInfo.of(committing::getCommittableSerializer),
                                written);
        Draft committer;
        if (sink instanceof SupportsPostCommitTopology<?> post) {
            SingleOutputStreamOperator<CommittableMessage<C>> committed =
                    committables.transform(
                            COMMITTER,
                            CommittableMessageTypeInfo.of(committing::getCommittableSerializer),
                            new CommitterOperator<>(committing));
            committer = committed.draft();
            ((SupportsPostCommitTopology<C>) post).addPostCommitTopology(committed);
        } else {
            committables.sinkTo(new CommittableSink<>(committing)).name(COMMITTER);
            List<Draft> all = environment.drafts();
            committer = all.get(all.size() - 1);
        }
        List<Draft> others =
                environment.drafts().stream()
                        .filter(Predicate.not(before::contains))
                        .filter(Predicate.not(written::contains))
                        .filter(draft -> draft != committer)
                        .toList();
        return new DataStreamSink<>(
                environment, written.get(0), new DataStreamSink.Parts(committer, others));
    }

    private <W, C> DataStream<CommittableMessage<C>> prepared(
            SupportsPreCommitTopology<W, C> pre, List<Draft> writer) {
        return pre.addPreCommitTopology(
                this.<W>written(
                        CommittableMessageTypeInfo.of(pre::getWriteResultSerializer), writer));
    }

    private <W> DataStream<CommittableMessage<W>> written(
            TypeInformation<CommittableMessage<W>> type, List<Draft> writer) {
        SingleOutputStreamOperator<CommittableMessage<W>> stream =
                records.transform(WRITER, type, new SinkWriterOperator<T, W>(sink));
        writer.add(stream.draft());
        return stream;
    }
}
