package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.KeySelector;
import io.millrace.api.operator.AbstractInput;
import io.millrace.api.operator.AbstractStreamOperatorFactory;
import io.millrace.api.operator.AbstractStreamOperatorV2;
import io.millrace.api.operator.Input;
import io.millrace.api.operator.MultipleInputStreamOperator;
import io.millrace.api.operator.StreamOperator;
import io.millrace.api.operator.StreamOperatorParameters;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.KeyedMultipleInputTransformation;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.stream.MultipleConnectedStreams;
import io.millrace.api.stream.MultipleInputTransformation;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs with operators of many streams, on the embedded cluster. */
@Timeout(60)
class MultipleInputProgramsTest {
    private static final KeySelector<Long, Long> BY_REST = number -> number % 3;

    private static final class SumFactory extends AbstractStreamOperatorFactory<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings("unchecked")
        public <T extends StreamOperator<Long>> T createStreamOperator(
                StreamOperatorParameters<Long> parameters) {
            return (T) new Sums(parameters);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return Sums.class;
        }
    }

    /** Adds the numbers of all inputs by key, or all of them; emits the sums at the end. */
    private static final class Sums extends AbstractStreamOperatorV2<Long>
            implements MultipleInputStreamOperator<Long> {
        private static final long serialVersionUID = 1L;
        private final Map<Object, Long> sums = new HashMap<>();

        Sums(StreamOperatorParameters<Long> parameters) {
            super(parameters, 3);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public List<Input> getInputs() {
            return List.of(input(1), input(2), input(3));
        }

        private Input<Long> input(int id) {
            return new AbstractInput<Long, Long>(this, id) {
                @Override
                public void processElement(StreamRecord<Long> element) {
                    sums.merge(
                            hasKeyContext() ? getCurrentKey() : "all",
                            element.getValue(),
                            Long::sum);
                }
            };
        }

        @Override
        public void finish() {
            sums.values().forEach(sum -> output.collect(new StreamRecord<>(sum)));
        }
    }

    private static StreamExecutionEnvironment environment(RuntimeExecutionMode mode) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setRuntimeMode(mode);
        env.setParallelism(2);
        return env;
    }

    @ParameterizedTest
    @EnumSource(
            value = RuntimeExecutionMode.class,
            names = {"STREAMING", "BATCH"})
    void recordsOfOneKeyMeetFromAllStreams(RuntimeExecutionMode mode) throws Exception {
        StreamExecutionEnvironment env = environment(mode);
        KeyedMultipleInputTransformation<Long> sums =
                new KeyedMultipleInputTransformation<>(
                        "sums", new SumFactory(), Types.LONG, 2, Types.LONG);
        for (int i = 0; i < 3; i++) {
            KeyedStream<Long, Long> numbers = env.fromSequence(1, 9).keyBy(BY_REST);
            sums.addInput(numbers.getTransformation(), BY_REST);
        }
        env.addOperator(sums);

        DataStream<Long> results = new MultipleConnectedStreams(env).transform(sums);

        assertThat(results.executeAndCollect(10))
                .containsExactlyInAnyOrder(3L * (1 + 4 + 7), 3L * (2 + 5 + 8), 3L * (3 + 6 + 9));
        assertThat(sums.getStateKeySelectors()).hasSize(3);
        assertThat(sums.getInputTypes()).containsOnly(Types.LONG);
    }

    @Test
    void streamsWithoutKeysMeetInOneSubtask() throws Exception {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.STREAMING);
        SingleOutputStreamOperator<Long> few = env.fromSequence(1, 2);
        MultipleInputTransformation<Long> sums =
                new MultipleInputTransformation<>("sums", new SumFactory(), Types.LONG, 1)
                        .addInput(few.getTransformation())
                        .addInput(few.map(number -> 10 * number).getTransformation())
                        .addInput(few.union(env.fromSequence(100, 100)).getTransformation());

        DataStream<Long> results = new MultipleConnectedStreams(env).transform(sums);

        assertThat(results.executeAndCollect(10)).containsExactly(3L + 30L + 103L);
    }

    @Test
    void inputsComeBeforeTheOperatorIsInTheProgram() {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.STREAMING);
        DataStream<Long> numbers = env.fromSequence(1, 2);
        MultipleInputTransformation<Long> sums =
                new MultipleInputTransformation<>("sums", new SumFactory(), Types.LONG, 1);

        assertThatThrownBy(() -> env.addOperator(sums))
                .hasMessageContaining("sums")
                .hasMessageContaining("addInput");

        sums.addInput(numbers.getTransformation());
        env.addOperator(sums);
        assertThatThrownBy(() -> sums.addInput(numbers.getTransformation()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sums");
    }

    @Test
    void streamsOfAnotherEnvironmentAreRefused() {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.STREAMING);
        DataStream<Long> other = environment(RuntimeExecutionMode.STREAMING).fromSequence(1, 2);
        MultipleInputTransformation<Long> sums =
                new MultipleInputTransformation<>("sums", new SumFactory(), Types.LONG, 1)
                        .addInput(other.getTransformation());

        assertThatThrownBy(() -> env.addOperator(sums))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another");
    }
}
