package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.bounded.Bounded;
import io.millrace.api.bounded.JoinHint;
import io.millrace.api.bounded.KeyedFilter;
import io.millrace.api.bounded.KeyedJoin;
import io.millrace.api.graph.BoundedJoinWay;
import io.millrace.api.graph.OperatorSpec.BoundedJoinSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamEdge;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedJoinApiTest {
    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();

    private KeyedJoin<Long, String> join() {
        return Bounded.of(env.fromSequence(1, 9))
                .join(env.fromData("a", "b"))
                .where(number -> "" + number)
                .equalTo(text -> text);
    }

    @ParameterizedTest
    @CsvSource({
        "OPTIMIZER_CHOOSES, TABLE_OF_SECOND, KEY_GROUP, KEY_GROUP",
        "REPARTITION_HASH_SECOND, TABLE_OF_SECOND, KEY_GROUP, KEY_GROUP",
        "REPARTITION_HASH_FIRST, TABLE_OF_FIRST, KEY_GROUP, KEY_GROUP",
        "REPARTITION_SORT_MERGE, SORT, KEY_GROUP, KEY_GROUP",
        "BROADCAST_HASH_FIRST, TABLE_OF_FIRST, BROADCAST, FORWARD",
        "BROADCAST_HASH_SECOND, TABLE_OF_SECOND, FORWARD, BROADCAST"
    })
    void aHintSaysHowStreamsAreDealtAndJoined(
            JoinHint hint, BoundedJoinWay way, Partitioning.Kind first, Partitioning.Kind second) {
        env.setParallelism(1); // as the data has
        join().hint(hint).with((number, text) -> number + text, Types.STRING);

        var graph = env.getStreamGraph();
        assertThat(((BoundedJoinSpec) graph.nodes().get(2).spec()).way()).isEqualTo(way);
        assertThat(graph.edges())
                .extracting(StreamEdge::partitioning)
                .extracting(Partitioning::kind)
                .containsExactly(first, second);
    }

    @Test
    void aStreamOfWhichPartnersMatterIsNotBroadcast() {
        KeyedFilter<Long> semi =
                Bounded.of(env.fromSequence(1, 9))
                        .semiJoin(env.fromData("a", "b"))
                        .where(number -> "" + number)
                        .equalTo(text -> text);

        assertThatThrownBy(() -> semi.hint(JoinHint.BROADCAST_HASH_FIRST))
                .hasMessageContaining("BROADCAST_HASH_FIRST")
                .hasMessageContaining("SEMI")
                .hasMessageContaining("Broadcast the other stream");
    }

    @Test
    void aJoinOfWhatNeverEndsIsRefused() {
        Bounded.of(env.fromSequence(1, 9))
                .join(
                        env.fromSource(
                                new EndlessSource(), WatermarkStrategy.noWatermarks(), "numbers"))
                .where(number -> number)
                .equalTo(number -> number)
                .with((one, other) -> one, Types.LONG);

        assertThatThrownBy(env::getStreamGraph)
                .hasMessageContaining("'Join' of Bounded.of(…)")
                .hasMessageContaining("'Source: numbers' never ends");
    }

    @Test
    void aJoinKnowsItsTypeFromItsFunction() {
        assertThat(join().with((number, text) -> number + text).getType()).isEqualTo(Types.STRING);
    }

    @Test
    void streamsOfDifferentEnvironmentsAreNotJoined() {
        var other = StreamExecutionEnvironment.createLocalEnvironment();

        assertThatThrownBy(
                        () ->
                                Bounded.of(env.fromSequence(1, 9))
                                        .join(other.fromSequence(1, 9))
                                        .where(number -> number)
                                        .equalTo(number -> number)
                                        .with((one, two) -> one, Types.LONG))
                .hasMessageContaining("different environments");
    }
}
