package io.millrace.host.sweep;

import io.millrace.api.sink.CommittableMessage;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.SupportsCleanup;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.SupportsPostCommitTopology;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.stream.DataStream;
import java.io.IOException;

/** Another sink, with an operator that hears of commits: so it commits in tasks. Immutable. */
final class AnnouncingSink<T, CommT>
        implements Sink<T>,
                SupportsCommitter<CommT>,
                SupportsCleanup,
                SupportsPostCommitTopology<CommT> {
    private static final long serialVersionUID = 1L;

    private final Sink<T> writes;
    private final SupportsCommitter<CommT> commits;
    private final SupportsCleanup cleans;

    private AnnouncingSink(
            Sink<T> writes, SupportsCommitter<CommT> commits, SupportsCleanup cleans) {
        this.writes = writes;
        this.commits = commits;
        this.cleans = cleans;
    }

    static <T, CommT, S extends Sink<T> & SupportsCommitter<CommT> & SupportsCleanup>
            AnnouncingSink<T, CommT> over(S sink) {
        return new AnnouncingSink<>(sink, sink, sink);
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return writes.createWriter(context);
    }

    @Override
    public Committer<CommT> createCommitter(CommitterInitContext context) throws IOException {
        return commits.createCommitter(context);
    }

    @Override
    public SimpleVersionedSerializer<CommT> getCommittableSerializer() {
        return commits.getCommittableSerializer();
    }

    @Override
    public void cleanUp(io.millrace.api.sink.InitContext context) throws IOException {
        cleans.cleanUp(context);
    }

    @Override
    public void addPostCommitTopology(DataStream<CommittableMessage<CommT>> committables) {
        committables.sinkTo(new DiscardingSink<>());
    }
}
