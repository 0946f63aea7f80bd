package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.AbstractInput;
import io.millrace.api.operator.AbstractStreamOperator.OutputAdjustment;
import io.millrace.api.operator.AbstractStreamOperatorFactory;
import io.millrace.api.operator.AbstractStreamOperatorV2;
import io.millrace.api.operator.BoundedMultiInput;
import io.millrace.api.operator.Input;
import io.millrace.api.operator.InputSelectable;
import io.millrace.api.operator.InputSelection;
import io.millrace.api.operator.InternalTimer;
import io.millrace.api.operator.InternalTimerService;
import io.millrace.api.operator.MultipleInputStreamOperator;
import io.millrace.api.operator.StreamOperator;
import io.millrace.api.operator.StreamOperatorParameters;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.operator.Triggerable;
import io.millrace.api.operator.VoidNamespace;
import io.millrace.api.operator.VoidNamespaceSerializer;
import io.millrace.api.type.Types;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultiInputOperatorsTest {
    private static final KeySelector<Object, Object> BY_SELF = value -> value;

    private static OperatorHarness three(Maker maker) {
        return harness(maker, List.of());
    }

    private static OperatorHarness harness(Maker maker, List<KeySelector<?, ?>> keys) {
        return OperatorHarness.ofThree(
                new OperatorSpec.MultiTransformSpec(new Factory(maker), 3, keys),
                Types.STRING,
                Types.STRING);
    }

    /** Makes an operator in the task. */
    private interface Maker extends Serializable {
        StreamOperator<String> make(StreamOperatorParameters<String> parameters);
    }

    private static final class Factory extends AbstractStreamOperatorFactory<String> {
        private static final long serialVersionUID = 1L;
        private final Maker maker;

        Factory(Maker maker) {
            this.maker = maker;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T extends StreamOperator<String>> T createStreamOperator(
                StreamOperatorParameters<String> parameters) {
            return (T) maker.make(parameters);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return StreamOperator.class;
        }
    }

    /** Emits what comes, marked with its input, and the ends. */
    private static class Marked extends AbstractStreamOperatorV2<String>
            implements MultipleInputStreamOperator<String>, BoundedMultiInput {
        private static final long serialVersionUID = 1L;
        private final int inputs;

        Marked(StreamOperatorParameters<String> parameters) {
            this(parameters, 3);
        }

        Marked(StreamOperatorParameters<String> parameters, int inputs) {
            super(parameters, inputs);
            this.inputs = inputs;
        }

        Marked(
                StreamOperatorParameters<String> parameters,
                OutputAdjustment<String> outputAdjustment) {
            super(parameters, 3, outputAdjustment);
            this.inputs = 3;
        }

        void onRecord(int input, StreamRecord<String> element) {
            if (element.getValue().isEmpty()) {
                throw new IllegalStateException("an empty word");
            }
            output.collect(element.replace(input + element.getValue()));
        }

        @Override
        @SuppressWarnings("rawtypes")
        public List<Input> getInputs() {
            List<Input> all = new ArrayList<>();
            for (int i = 1; i <= inputs; i++) {
                all.add(
                        new AbstractInput<String, String>(this, i) {
                            @Override
                            public void processElement(StreamRecord<String> element) {
                                onRecord(inputId, element);
                            }
                        });
            }
            return all;
        }

        @Override
        public void endInput(int inputId) {
            output.collect(new StreamRecord<>("end " + inputId));
        }
    }

    @Test
    void seeRecordsOfEachInputAndHaveTheTimeOfTheSlowestThatIsNotIdle() {
        Played played =
                three(Marked::new)
                        .play(
                                new Script()
                                        .record(2, "c", 3)
                                        .record("a", 1)
                                        .second("b")
                                        .watermark(10)
                                        .secondWatermark(20)
                                        .watermark(2, 5)
                                        .watermark(2, 15)
                                        .idle(0)
                                        .record("d"));

        assertThat(played.records())
                .containsExactly("3c", "1a", "2b", "1d", "end 1", "end 2", "end 3");
        assertThat(played.timestampsMs()).startsWith(3L, 1L, Long.MIN_VALUE);
        assertThat(played.watermarksMs()).containsExactly(5L, 10L, 15L);
    }

    @Test
    void areNamedWhenAnInputFails() {
        assertThatThrownBy(() -> three(Marked::new).play(new Script().record(2, "", 0)))
                .hasMessageContaining("tested")
                .hasMessageContaining("an empty word");
    }

    @Test
    void mustHaveAnInputForEachStream() {
        assertThatThrownBy(
                        () ->
                                three(parameters -> new Marked(parameters, 2))
                                        .play(new Script().record("a")))
                .hasMessageContaining("tested")
                .hasMessageContaining("2 inputs")
                .hasMessageContaining("3 streams");
    }

    @Test
    void letTimeGoOnLaterIfTheyWantIt() {
        Played played =
                three(
                                parameters ->
                                        new Marked(
                                                parameters,
                                                OutputAdjustment.delayedWatermarkOutput(3)))
                        .play(
                                new Script()
                                        .watermark(10)
                                        .secondWatermark(10)
                                        .watermark(2, 10)
                                        .watermark(Long.MAX_VALUE)
                                        .secondWatermark(Long.MAX_VALUE)
                                        .watermark(2, Long.MAX_VALUE));

        assertThat(played.watermarksMs()).containsExactly(7L, Long.MAX_VALUE);
    }

    /** Wants the third input, then the second, then the first. */
    private static final class LastFirst extends Marked implements InputSelectable {
        private static final long serialVersionUID = 1L;
        private int wanted = 3;

        LastFirst(StreamOperatorParameters<String> parameters) {
            super(parameters);
        }

        @Override
        public void endInput(int inputId) {
            super.endInput(inputId);
            wanted = inputId == wanted ? wanted - 1 : wanted;
        }

        @Override
        public InputSelection nextSelection() {
            return new InputSelection.Builder().select(Math.max(wanted, 1)).build();
        }
    }

    @Test
    void readTheInputThatTheyWant() {
        assertThat(
                        three(LastFirst::new)
                                .play(
                                        Script.of("a", "b")
                                                .second("x")
                                                .record(2, "p", 1)
                                                .record(2, "q", 2))
                                .records())
                .containsExactly("3p", "3q", "end 3", "2x", "end 2", "1a", "1b", "end 1");
    }

    /** Sets a timer for each key, whichever input it comes from. */
    private static final class Timers extends Marked implements Triggerable<String, VoidNamespace> {
        private static final long serialVersionUID = 1L;
        private transient InternalTimerService<VoidNamespace> timers;

        Timers(StreamOperatorParameters<String> parameters) {
            super(parameters);
        }

        @Override
        public void open() {
            timers = getInternalTimerService("t", VoidNamespaceSerializer.INSTANCE, this);
        }

        @Override
        void onRecord(int input, StreamRecord<String> element) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, element.getTimestamp() + 10);
        }

        @Override
        public void endInput(int inputId) {}

        @Override
        public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
            output.collect(new StreamRecord<>(timer.getKey() + " at " + timer.getTimestamp()));
        }

        @Override
        public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {}
    }

    @Test
    void haveTimersOfTheKeysOfAllInputs() {
        Script script =
                new Script()
                        .record("a", 1)
                        .record(2, "b", 2)
                        .record(2, "a", 1)
                        .watermark(20)
                        .secondWatermark(20)
                        .watermark(2, 20);

        Played played =
                harness(Timers::new, List.of(BY_SELF, BY_SELF, BY_SELF))
                        .keyedBy(BY_SELF)
                        .secondKeyedBy(BY_SELF)
                        .play(script);

        assertThat(played.records()).containsExactly("a at 11", "b at 12");
    }

    @Test
    void haveNoTimersWithoutKeys() {
        assertThatThrownBy(() -> three(Timers::new).play(new Script().record("a")))
                .hasMessageContaining("tested")
                .hasMessageContaining("KeyedMultipleInputTransformation");
    }
}
