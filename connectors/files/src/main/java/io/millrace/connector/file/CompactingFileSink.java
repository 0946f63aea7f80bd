package io.millrace.connector.file;

import io.millrace.api.sink.CommittableMessage;
import io.millrace.api.sink.CommittableMessageTypeInfo;
import io.millrace.api.sink.SupportsPreCommitTopology;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.stream.DataStream;
import io.millrace.connector.file.compactor.FileCompactStrategy;
import io.millrace.connector.file.compactor.FileCompactor;
import java.io.IOException;

/** A file sink that puts small files together before they are committed. Immutable. */
final class CompactingFileSink<IN> extends FileSink<IN>
        implements SupportsPreCommitTopology<FileSinkCommittable, FileSinkCommittable> {
    private static final long serialVersionUID = 1L;

    private final FileCompactStrategy strategy;
    private final FileCompactor compactor;

    /**
     * @param strategy null to put no files together any more, nor those that wait for it in a
     *     checkpoint
     * @param compactor null if the strategy is
     */
    CompactingFileSink(
            FileSinkSettings<IN, ?> settings,
            FileCompactStrategy strategy,
            FileCompactor compactor) {
        super(settings);
        this.strategy = strategy;
        this.compactor = compactor;
    }

    @Override
    public DataStream<CommittableMessage<FileSinkCommittable>> addPreCommitTopology(
            DataStream<CommittableMessage<FileSinkCommittable>> committables) {
        return committables
                .transform(
                        "CompactorCoordinator",
                        CommittableMessageTypeInfo.of(CompactRequest.Serializer::new),
                        new CompactCoordinator(strategy))
                .forceNonParallel()
                .rebalance()
                .transform(
                        "CompactorOperator",
                        CommittableMessageTypeInfo.of(FileSinkCommittable.Serializer::new),
                        new CompactorOperator<>(
                                settings(),
                                compactor,
                                strategy == null ? 1 : strategy.getNumCompactThreads()));
    }

    @Override
    public SimpleVersionedSerializer<FileSinkCommittable> getWriteResultSerializer() {
        return getCommittableSerializer();
    }

    /**
     * Only if all output is visible: files that wait to be put together are in checkpoints and
     * savepoints of the job, from which another one may go on.
     */
    @Override
    public void cleanUp(io.millrace.api.sink.InitContext context) throws IOException {
        if (Staging.isAllVisible(settings().output(), context.getJobInfo().getJobId())) {
            super.cleanUp(context);
        } else {
            Staging.tellLeft(settings().output(), context.getJobInfo().getJobId());
        }
    }
}
