package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.OutputTag;
import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.AbstractStreamOperatorFactory;
import io.millrace.api.operator.BoundedMultiInput;
import io.millrace.api.operator.BoundedOneInput;
import io.millrace.api.operator.ChainingStrategy;
import io.millrace.api.operator.InternalTimer;
import io.millrace.api.operator.InternalTimerService;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.OneInputStreamOperatorFactory;
import io.millrace.api.operator.OutputTypeConfigurable;
import io.millrace.api.operator.StreamOperator;
import io.millrace.api.operator.StreamOperatorParameters;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.operator.Triggerable;
import io.millrace.api.operator.TwoInputStreamOperator;
import io.millrace.api.operator.VoidNamespace;
import io.millrace.api.operator.VoidNamespaceSerializer;
import io.millrace.api.option.Configuration;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs with operators of their own, on the embedded cluster. */
@Timeout(60)
class OwnOperatorsTest {
    private static final OutputTag<Long> ODD = new OutputTag<>("odd", Types.LONG);

    private static StreamExecutionEnvironment environment(RuntimeExecutionMode mode, int workers) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(Map.of("embedded.workers", "" + workers)));
        env.setRuntimeMode(mode);
        env.setParallelism(2);
        return env;
    }

    private static <T> List<T> results(DataStream<T> stream) throws Exception {
        List<T> collected = new ArrayList<>();
        try (CloseableIterator<T> results = stream.executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        return collected;
    }

    /** Even numbers pass, odd ones go aside; at the end of input it says how many there were. */
    private static final class Split extends AbstractStreamOperator<Long>
            implements OneInputStreamOperator<Long, Long>,
                    BoundedOneInput,
                    OutputTypeConfigurable<Long> {
        private static final long serialVersionUID = 1L;
        private String outputType = "none";
        private transient long count;

        @Override
        public void setOutputType(TypeInformation<Long> type, ExecutionConfig executionConfig) {
            outputType = type.toString();
        }

        @Override
        public void open() throws Exception {
            super.open();
            if (!outputType.equals("Long") || getRuntimeContext().getTaskInfo() == null) {
                throw new IllegalStateException("not told of the output type: " + outputType);
            }
        }

        @Override
        public void processElement(StreamRecord<Long> element) {
            count++;
            if (element.getValue() % 2 == 0) {
                output.collect(element);
            } else {
                output.collect(ODD, element);
            }
        }

        @Override
        public void endInput() {
            output.collect(new StreamRecord<>(-count));
        }
    }

    @ParameterizedTest
    @CsvSource({"BATCH, 1", "STREAMING, 1", "STREAMING, 2"})
    void aStreamIsTransformed(RuntimeExecutionMode mode, int workers) throws Exception {
        SingleOutputStreamOperator<Long> even =
                environment(mode, workers)
                        .fromSequence(1, 1000)
                        .transform("Split", Types.LONG, new Split());

        List<Long> collected = results(even.union(even.getSideOutput(ODD)));

        assertThat(collected).hasSize(1002);
        assertThat(collected.stream().filter(number -> number < 0).mapToLong(n -> n).sum())
                .isEqualTo(-1000);
    }

    /** Counts the records of each key, and emits the count when all time has passed. */
    private static final class CountAtTheEnd extends AbstractStreamOperator<String>
            implements OneInputStreamOperator<Long, String>, Triggerable<Long, VoidNamespace> {
        private static final long serialVersionUID = 1L;
        private final Map<Object, Integer> counts = new HashMap<>();
        private transient InternalTimerService<VoidNamespace> timers;

        CountAtTheEnd(StreamOperatorParameters<String> parameters) {
            super(parameters);
        }

        @Override
        public void open() throws Exception {
            timers = getInternalTimerService("end", VoidNamespaceSerializer.INSTANCE, this);
        }

        @Override
        public void processElement(StreamRecord<Long> element) {
            counts.merge(getCurrentKey(), 1, Integer::sum);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, Long.MAX_VALUE);
        }

        @Override
        public void onEventTime(InternalTimer<Long, VoidNamespace> timer) {
            output.collect(new StreamRecord<>(timer.getKey() + "=" + counts.get(getCurrentKey())));
        }

        @Override
        public void onProcessingTime(InternalTimer<Long, VoidNamespace> timer) {
            throw new IllegalStateException("no such timer");
        }
    }

    /** Makes operators that cannot travel. */
    private static final class CountFactory extends AbstractStreamOperatorFactory<String>
            implements OneInputStreamOperatorFactory<Long, String> {
        private static final long serialVersionUID = 1L;

        CountFactory() {
            setChainingStrategy(ChainingStrategy.HEAD);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T extends StreamOperator<String>> T createStreamOperator(
                StreamOperatorParameters<String> parameters) {
            return (T) new CountAtTheEnd(parameters);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return CountAtTheEnd.class;
        }
    }

    @ParameterizedTest
    @CsvSource({"BATCH, 1", "STREAMING, 2"})
    void aKeyedStreamIsTransformedByAFactorysOperators(RuntimeExecutionMode mode, int workers)
            throws Exception {
        DataStream<String> counts =
                environment(mode, workers)
                        .fromSequence(0, 999)
                        .keyBy(number -> number % 4)
                        .transform("Count", Types.STRING, new CountFactory());

        assertThat(results(counts)).containsExactlyInAnyOrder("0=250", "1=250", "2=250", "3=250");
    }

    /** Looks numbers up in what came by the second input, when both have ended. */
    private static final class Join extends AbstractStreamOperator<String>
            implements TwoInputStreamOperator<Long, String, String>, BoundedMultiInput {
        private static final long serialVersionUID = 1L;
        private final List<Long> numbers = new ArrayList<>();
        private final Map<Object, String> words = new HashMap<>();
        private int ended;

        @Override
        public void processElement1(StreamRecord<Long> element) {
            numbers.add((Long) getCurrentKey());
        }

        @Override
        public void processElement2(StreamRecord<String> element) {
            words.put(getCurrentKey(), element.getValue());
        }

        @Override
        public void endInput(int inputId) {
            ended += inputId;
        }

        @Override
        public void finish() throws Exception {
            if (ended != 3) {
                throw new IllegalStateException("the ends of the inputs were not told: " + ended);
            }
            for (Long number : numbers) {
                output.collect(new StreamRecord<>(number + words.get(number)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BATCH, 1", "STREAMING, 2"})
    void connectedStreamsAreTransformed(RuntimeExecutionMode mode, int workers) throws Exception {
        StreamExecutionEnvironment env = environment(mode, workers);
        DataStream<String> joined =
                env.fromSequence(1, 3)
                        .connect(env.fromData("1a", "2b", "3c"))
                        .keyBy(number -> number, word -> Long.valueOf(word.substring(0, 1)))
                        .transform("Join", Types.STRING, new Join());

        assertThat(results(joined)).containsExactlyInAnyOrder("11a", "22b", "33c");
    }

    /** Cannot be made. */
    private static final class NoOperator extends AbstractStreamOperatorFactory<String>
            implements OneInputStreamOperatorFactory<Long, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public <T extends StreamOperator<String>> T createStreamOperator(
                StreamOperatorParameters<String> parameters) {
            throw new IllegalStateException("no operator today");
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return StreamOperator.class;
        }
    }

    @ParameterizedTest
    @CsvSource("STREAMING, 1")
    void aFactoryThatFailsIsNamed(RuntimeExecutionMode mode, int workers) {
        StreamExecutionEnvironment env = environment(mode, workers);
        DataStream<String> stream =
                env.fromSequence(1, 3).transform("Broken", Types.STRING, new NoOperator());

        assertThatThrownBy(() -> results(stream))
                .hasMessageContaining("Broken")
                .hasMessageContaining("no operator today");
    }
}
