package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.Configuration;
import io.millrace.api.stream.ClientAndIterator;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.DataStreamUtils;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams whose records are read beside the program, and what else can be done with streams. */
@Timeout(60)
class CollectedStreamsTest {
    private static StreamExecutionEnvironment environment(RuntimeExecutionMode mode) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(Map.of("embedded.workers", "2")));
        env.setRuntimeMode(mode);
        env.setParallelism(2);
        return env;
    }

    private static <T> List<T> rest(CloseableIterator<T> results) throws Exception {
        List<T> collected = new ArrayList<>();
        try (results) {
            results.forEachRemaining(collected::add);
        }
        return collected;
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "STREAMING"})
    void twoStreamsOfOneProgramAreCollected(RuntimeExecutionMode mode) throws Exception {
        StreamExecutionEnvironment env = environment(mode);
        DataStream<Long> numbers = env.fromSequence(1, 1000);
        CloseableIterator<Long> all = numbers.collectAsync();
        DataStream.Collector<String> texts = new DataStream.Collector<>();
        numbers.filter(number -> number > 997).map(number -> "n" + number).collectAsync(texts);

        env.execute();

        assertThat(rest(all)).hasSize(1000);
        assertThat(rest(texts.getOutput())).containsExactlyInAnyOrder("n998", "n999", "n1000");
    }

    @Test
    void aJobGoesOnWhenNobodyReadsItsRecords() throws Exception {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.STREAMING);
        env.fromSequence(1, 100_000).collectAsync().close();
        CloseableIterator<Long> read = env.fromSequence(1, 10).collectAsync();

        assertThatThrownBy(read::hasNext).hasMessageContaining("executeAsync()");
        CloseableIterator<Long> left = env.fromSequence(1, 500_000).collectAsync();
        var job = env.executeAsync();
        left.close();

        assertThat(rest(read)).hasSize(10);
        job.getJobExecutionResult().get();
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "STREAMING"})
    void tuplesAreProjected(RuntimeExecutionMode mode) throws Exception {
        DataStream<Tuple2<String, Long>> projected =
                environment(mode)
                        .fromSequence(1, 3)
                        .map(
                                number -> Tuple3.of(number, "n" + number, number % 2 == 0),
                                Types.TUPLE(Types.LONG, Types.STRING, Types.BOOLEAN))
                        .project(1, 0);

        assertThat(projected.executeAndCollect(10))
                .containsExactlyInAnyOrder(
                        Tuple2.of("n1", 1L), Tuple2.of("n2", 2L), Tuple2.of("n3", 3L));
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "STREAMING"})
    void aStreamThatIsWhereItsKeysBelongIsReadAsKeyed(RuntimeExecutionMode mode) throws Exception {
        StreamExecutionEnvironment env = environment(mode);
        DataStream<Tuple2<Long, Long>> counted =
                env.fromSequence(0, 999)
                        .map(
                                number -> Tuple2.of(number % 10, 1L),
                                Types.TUPLE(Types.LONG, Types.LONG))
                        .keyBy(pair -> pair.f0)
                        .map(pair -> Tuple2.of(pair.f0, 2L), Types.TUPLE(Types.LONG, Types.LONG));
        KeyedStream<Tuple2<Long, Long>, Long> keyed =
                DataStreamUtils.reinterpretAsKeyedStream(counted, pair -> pair.f0);

        assertThat(rest(keyed.sum(1).filter(pair -> pair.f1 == 200).executeAndCollect()))
                .hasSize(10)
                .doesNotHaveDuplicates();
    }

    @Test
    @SuppressWarnings("deprecation")
    void soManyRecordsOfAJobAreTaken() throws Exception {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.STREAMING);
        try (ClientAndIterator<Long> job =
                DataStreamUtils.collectWithClient(env.fromSequence(1, 1_000_000), "some")) {
            assertThat(DataStreamUtils.collectRecordsFromUnboundedStream(job, 5)).hasSize(5);
            assertThat(job.client.getJobID()).isNotNull();
        }
        assertThatThrownBy(
                        () -> DataStreamUtils.collectUnboundedStream(env.fromData(1, 2), 3, "few"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("after 2 records");
        assertThat(DataStreamUtils.collectBoundedStream(env.fromData(1, 2), "all"))
                .containsExactlyInAnyOrder(1, 2);
        List<Integer> collected = new ArrayList<>();
        DataStreamUtils.collect(env.fromData(3)).forEachRemaining(collected::add);
        assertThat(collected).containsExactly(3);
    }
}
