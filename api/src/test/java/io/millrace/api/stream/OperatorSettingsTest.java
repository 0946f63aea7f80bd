package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.time.WatermarkStrategy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorSettingsTest {
    private static final String HASH = "0123456789abcdef0123456789ABCDEF";

    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();

    private StreamNode node(int index) {
        return env.getStreamGraph().nodes().get(index);
    }

    @Test
    void aDescriptionTravelsBesideTheNameAndIsTheNameByDefault() {
        env.fromData("a").map(text -> text).name("copy").setDescription("copies each text");
        assertThat(node(1).description()).isEqualTo("copies each text");
        assertThat(node(0).description()).isEqualTo(node(0).name());
    }

    @Test
    void aUidHashTakesThePlaceOfTheUid() {
        env.fromData("a").sinkTo(new DiscardingSink<>()).uid("sink").setUidHash(HASH);
        assertThat(node(1).uid()).isEqualTo(HASH);
    }

    @Test
    void metricVariablesTravelWithTheirOperator() {
        env.fromData("a")
                .map(text -> text)
                .addMetricVariable("team", "orders")
                .sinkTo(new DiscardingSink<>())
                .addMetricVariable("table", "prices");

        assertThat(node(0).metricVariables()).isEmpty();
        assertThat(node(1).metricVariables()).containsExactly(Map.entry("team", "orders"));
        assertThat(node(2).metricVariables()).containsExactly(Map.entry("table", "prices"));
    }

    @Test
    void twoOperatorsCannotHaveOneUidHash() {
        env.fromData("a").map(text -> text).setUidHash(HASH).map(text -> text).setUidHash(HASH);
        assertThatThrownBy(env::getStreamGraph).hasMessageContaining(HASH);
    }

    @Test
    void aUidHashHas32HexadecimalDigits() {
        SingleOutputStreamOperator<String> copy = env.fromData("a").map(text -> text);
        assertThatThrownBy(() -> copy.setUidHash("xyz"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'xyz'");
    }

    @Test
    void whatIsForcedToOneSubtaskStaysSo() {
        SingleOutputStreamOperator<String> copy =
                env.fromData("a").map(text -> text).name("copy").forceNonParallel();
        copy.setParallelism(1);
        assertThatThrownBy(() -> copy.setParallelism(2)).hasMessageContaining("'copy'");
        assertThatThrownBy(() -> copy.setMaxParallelism(2)).hasMessageContaining("'copy'");
    }

    @Test
    void aBufferTimeoutBelowMinusOneIsRefused() {
        SingleOutputStreamOperator<String> copy = env.fromData("a").map(text -> text);
        copy.setBufferTimeout(-1);
        assertThatThrownBy(() -> copy.setBufferTimeout(-2)).hasMessageContaining("-2");
    }

    @Test
    void aStreamThatIsReadAsKeyedIsForwarded() {
        DataStream<String> mapped = env.fromData("a").keyBy(text -> text).map(text -> text);
        DataStreamUtils.reinterpretAsKeyedStream(mapped, text -> text).reduce((a, b) -> a);
        assertThat(env.getStreamGraph().edges())
                .extracting(edge -> edge.partitioning().kind())
                .containsExactly(Partitioning.Kind.KEY_GROUP, Partitioning.Kind.FORWARD);
    }

    @Test
    void theWholeOfAPartitionThatNeverEndsIsRefused() {
        env.fromSource(new EndlessSource(), WatermarkStrategy.noWatermarks(), "numbers")
                .map(number -> number)
                .fullWindowPartition()
                .reduce((a, b) -> a);
        assertThatThrownBy(env::getStreamGraph)
                .hasMessageContaining("'PartitionReduce'")
                .hasMessageContaining("'Source: numbers' never ends");
    }

    @Test
    void thePartitionsOfSubtasksAreAsManyAsTheSubtasksBefore() {
        env.setParallelism(4);
        env.fromSequence(1, 9)
                .setParallelism(3)
                .fullWindowPartition()
                .sortPartition((Long number) -> number, Order.DESCENDING);
        assertThat(node(1).parallelism()).isEqualTo(3);
    }

    @Test
    void aPartitionIsNotSortedInNoOrder() {
        PartitionWindowedStream<Long> window = env.fromSequence(1, 9).fullWindowPartition();
        assertThatThrownBy(() -> window.sortPartition(0, Order.NONE)).hasMessageContaining("NONE");
    }
}
