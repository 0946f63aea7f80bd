package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.Collector;
import io.millrace.api.function.JoinFunction;
import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.graph.OperatorSpec.IntervalJoinSpec;
import io.millrace.api.graph.OperatorSpec.WindowSpec;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.type.Types;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.TumblingEventTimeWindows;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StreamJoinTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(4);
    private final DataStream<Long> numbers = env.fromSequence(1, 9);
    private final DataStream<String> words = env.fromData("1", "2");

    @Test
    void joinsInAWindowOverATaggedUnion() {
        numbers.join(words)
                .where(number -> number, Types.LONG)
                .equalTo(Long::valueOf, Types.LONG)
                .window(TumblingEventTimeWindows.of(SECOND))
                .trigger(CountTrigger.of(4))
                .allowedLateness(SECOND)
                .apply(new Concat())
                .print();

        StreamNode node = node(WindowSpec.class);

        assertThat(node.outputType()).isEqualTo(Types.STRING);
        assertThat(((WindowSpec) node.spec()).trigger()).hasToString("CountTrigger(4)");
        assertThat(((WindowSpec) node.spec()).allowedLatenessMs()).isEqualTo(1_000);
        assertThat(env.getStreamGraph().edges())
                .filteredOn(edge -> edge.targetId() == node.id())
                .hasSize(2);
    }

    @Test
    void refusesKeysOfDifferentTypes() {
        var left = numbers.coGroup(words).where(number -> (Object) number, keys(Types.LONG));

        assertThatThrownBy(() -> left.equalTo(word -> word, keys(Types.STRING)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Long")
                .hasMessageContaining("String");
    }

    @Test
    void linksWithProgramsOfBothGenerations() {
        for (Class<?> type :
                new Class<?>[] {
                    JoinedStreams.WithWindow.class, CoGroupedStreams.WithWindow.class
                }) {
            assertThat(Arrays.stream(type.getDeclaredMethods()))
                    .filteredOn(method -> method.getName().equals("apply"))
                    .extracting(Method::getReturnType)
                    .contains(DataStream.class, SingleOutputStreamOperator.class);
        }
    }

    @Test
    void takesExclusiveBoundsAsInclusiveOnes() {
        keyedNumbers()
                .intervalJoin(keyedWords())
                .between(Duration.ofMillis(-5), Duration.ofMillis(5))
                .lowerBoundExclusive()
                .upperBoundExclusive()
                .process(new Pair())
                .print();

        StreamNode node = node(IntervalJoinSpec.class);
        IntervalJoinSpec spec = (IntervalJoinSpec) node.spec();

        assertThat(spec.lowerBoundMs()).isEqualTo(-4);
        assertThat(spec.upperBoundMs()).isEqualTo(4);
        assertThat(node.outputType()).isEqualTo(Types.STRING);
        assertThat(node.keying().type()).isEqualTo(Types.LONG);
    }

    @Test
    void refusesAnIntervalThatEndsBeforeItBegins() {
        var join = keyedNumbers().intervalJoin(keyedWords());

        assertThatThrownBy(() -> join.between(SECOND, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000 ms is more than 0 ms");
    }

    @Test
    void refusesAnIntervalOfProcessingTime() {
        var join = keyedNumbers().intervalJoin(keyedWords()).inProcessingTime();

        assertThatThrownBy(() -> join.between(Duration.ZERO, SECOND))
                .isInstanceOf(UnsupportedTimeCharacteristicException.class);
    }

    private KeyedStream<Long, Long> keyedNumbers() {
        return numbers.keyBy(number -> number, Types.LONG);
    }

    private KeyedStream<String, Long> keyedWords() {
        return words.keyBy(Long::valueOf, Types.LONG);
    }

    @SuppressWarnings("unchecked")
    private static io.millrace.api.type.TypeInformation<Object> keys(
            io.millrace.api.type.TypeInformation<?> type) {
        return (io.millrace.api.type.TypeInformation<Object>) type;
    }

    private StreamNode node(Class<?> spec) {
        return env.getStreamGraph().nodes().stream()
                .filter(node -> spec.isInstance(node.spec()))
                .findFirst()
                .orElseThrow();
    }

    private static final class Concat implements JoinFunction<Long, String, String> {
        @Override
        public String join(Long first, String second) {
            return first + second;
        }
    }

    private static final class Pair extends ProcessJoinFunction<Long, String, String> {
        @Override
        public void processElement(Long left, String right, Context ctx, Collector<String> out) {
            out.collect(left + right);
        }
    }
}
