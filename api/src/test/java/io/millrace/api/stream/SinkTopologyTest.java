package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.graph.StreamNode;
import io.millrace.api.sink.CommittableMessage;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.SupportsPostCommitTopology;
import io.millrace.api.sink.SupportsPreCommitTopology;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinkTopologyTest {
    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();

    /** Only its shape is looked at. */
    private static class Plain implements Sink<String>, SupportsCommitter<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public SinkWriter<String> createWriter(WriterInitContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Committer<String> createCommitter(CommitterInitContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SimpleVersionedSerializer<String> getCommittableSerializer() {
            throw new UnsupportedOperationException();
        }
    }

    private static class Before extends Plain implements SupportsPreCommitTopology<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public DataStream<CommittableMessage<String>> addPreCommitTopology(
                DataStream<CommittableMessage<String>> committables) {
            return committables
                    .map(message -> message)
                    .returns(committables.getType())
                    .name("own")
                    .setParallelism(1)
                    .map(message -> message)
                    .returns(committables.getType())
                    .name("follows");
        }

        @Override
        public SimpleVersionedSerializer<String> getWriteResultSerializer() {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Behind extends Plain implements SupportsPostCommitTopology<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void addPostCommitTopology(DataStream<CommittableMessage<String>> committables) {
            committables.print().name("behind");
        }
    }

    private static final class NoCommitter
            implements Sink<String>, SupportsPostCommitTopology<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void addPostCommitTopology(DataStream<CommittableMessage<String>> committables) {}
    }

    private List<StreamNode> nodes() {
        return env.getStreamGraph().nodes();
    }

    @Test
    void operatorsStandBetweenWriterAndCommitterAndFollowTheSinksSettings() {
        env.fromData("a")
                .sinkTo(new Before())
                .name("files")
                .uid("f")
                .setParallelism(3)
                .addMetricVariable("table", "t");

        assertThat(nodes())
                .extracting(StreamNode::name)
                .endsWith("files: Writer", "own", "follows", "Sink: files: Committer");
        assertThat(nodes().subList(1, 5))
                .extracting(StreamNode::parallelism)
                .containsExactly(3, 1, 3, 3);
        assertThat(nodes().subList(1, 5))
                .extracting(StreamNode::uid)
                .containsExactly("f", null, "f-follows", "f-Committer");
        assertThat(nodes().get(4).metricVariables()).containsEntry("table", "t");
    }

    @Test
    void operatorsStandBehindTheCommitter() {
        env.fromData("a").sinkTo(new Behind()).name("table").setParallelism(2);
        assertThat(nodes())
                .extracting(StreamNode::name)
                .endsWith("table: Writer", "table: Committer", "Sink: behind");
        assertThat(nodes().subList(1, 4))
                .extracting(StreamNode::parallelism)
                .containsExactly(2, 2, 2);
    }

    @Test
    void aSinkThatOnlyCommitsIsOneOperator() {
        env.fromData("a").sinkTo(new Plain()).name("one");
        assertThat(nodes()).hasSize(2);
    }

    @Test
    void aSinkWithoutCommitterIsRefused() {
        assertThatThrownBy(() -> env.fromData("a").sinkTo(new NoCommitter()))
                .hasMessageContaining("NoCommitter")
                .hasMessageContaining("SupportsCommitter");
    }
}
