package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.BoundedMultiInput;
import io.millrace.api.operator.BoundedOneInput;
import io.millrace.api.operator.InputSelectable;
import io.millrace.api.operator.InputSelection;
import io.millrace.api.operator.InternalTimer;
import io.millrace.api.operator.InternalTimerService;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.SimpleOperatorFactory;
import io.millrace.api.operator.StreamOperator;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.operator.Triggerable;
import io.millrace.api.operator.TwoInputStreamOperator;
import io.millrace.api.operator.VoidNamespace;
import io.millrace.api.operator.VoidNamespaceSerializer;
import io.millrace.api.serialization.IntSerializer;
import io.millrace.api.serialization.StringSerializer;
import io.millrace.api.state.InternalKvState;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.time.Watermark;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransformOperatorsTest {
    private static final OutputTag<String> SIDE = new OutputTag<>("side", Types.STRING);
    private static final KeySelector<Object, Object> BY_SELF = value -> value;

    private static OperatorHarness one(OneInputStreamOperator<?, ?> operator) {
        return OperatorHarness.of(
                new OperatorSpec.TransformSpec(SimpleOperatorFactory.of(operator), null),
                Types.STRING,
                Types.STRING);
    }

    private static OperatorHarness keyed(OneInputStreamOperator<?, ?> operator) {
        return OperatorHarness.of(
                        new OperatorSpec.TransformSpec(SimpleOperatorFactory.of(operator), BY_SELF),
                        Types.STRING,
                        Types.STRING)
                .keyedBy(BY_SELF);
    }

    private static OperatorHarness two(StreamOperator<?> operator) {
        return OperatorHarness.ofTwo(
                new OperatorSpec.CoTransformSpec(SimpleOperatorFactory.of(operator), null, null),
                Types.STRING,
                Types.STRING,
                Types.STRING);
    }

    /** Keeps what happens to it, with the records as they came, and tells all in finish. */
    private static final class Diary extends AbstractStreamOperator<String>
            implements OneInputStreamOperator<String, String>, BoundedOneInput {
        private static final long serialVersionUID = 1L;
        private transient List<Object> happened;

        @Override
        public void open() {
            happened = new ArrayList<>(List.of("open"));
        }

        @Override
        public void processElement(StreamRecord<String> element) {
            happened.add(element);
        }

        @Override
        public void processWatermark(Watermark mark) throws Exception {
            happened.add(mark);
            super.processWatermark(mark);
        }

        @Override
        public void endInput() {
            happened.add("end");
        }

        @Override
        public void finish() {
            happened.forEach(what -> output.collect(new StreamRecord<>(what.toString())));
        }
    }

    @Test
    void seeRecordsAndTimeInTheirOrderAndMayKeepTheRecords() {
        Played played =
                one(new Diary()).play(Script.of("a").record("b", 7).watermark(5).record("c", 8));

        assertThat(played.records())
                .containsExactly(
                        "open",
                        "Record @ (undef) : a",
                        "Record @ 7 : b",
                        "Watermark @ 5",
                        "Record @ 8 : c",
                        "end");
        assertThat(played.watermarksMs()).containsExactly(5L);
    }

    /** Emits each record thrice: as it came, doubled, and to the side. */
    private static final class Thrice extends AbstractStreamOperator<String>
            implements OneInputStreamOperator<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(StreamRecord<String> element) {
            String value = element.getValue();
            if (value.isEmpty()) {
                throw new IllegalStateException("an empty word");
            }
            output.collect(SIDE, new StreamRecord<>(value + "!", 1));
            output.collect(element);
            output.collect(element.replace(value + value));
        }
    }

    @Test
    void emitRecordsWithTheirTimestampsAndToSideOutputs() {
        Played played = one(new Thrice()).side(SIDE).play(Script.of("a").record("b", 7));

        assertThat(played.records()).containsExactly("a", "aa", "b", "bb");
        assertThat(played.timestampsMs()).containsExactly(Long.MIN_VALUE, Long.MIN_VALUE, 7L, 7L);
        assertThat(played.sides().get("side")).containsExactly("a!", "b!");
    }

    @Test
    void areNamedWhenTheyFail() {
        assertThatThrownBy(() -> one(new Thrice()).run(List.of("a", "")))
                .hasMessageContaining("tested")
                .hasMessageContaining("an empty word");
    }

    /** Sets timers for each key in both domains, and a call at a time. */
    private static final class Timers extends AbstractStreamOperator<String>
            implements OneInputStreamOperator<String, String>, Triggerable<String, VoidNamespace> {
        private static final long serialVersionUID = 1L;
        private transient InternalTimerService<VoidNamespace> timers;

        @Override
        public void open() {
            timers = getInternalTimerService("t", VoidNamespaceSerializer.INSTANCE, this);
        }

        @Override
        public void processElement(StreamRecord<String> element) throws Exception {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, element.getTimestamp() + 10);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, element.getTimestamp() + 10);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, 1_000_000);
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, 1_000_000);
            timers.registerProcessingTimeTimer(
                    VoidNamespace.INSTANCE, timers.currentProcessingTime() + 100);
            List<Long> registered = new ArrayList<>();
            timers.forEachEventTimeTimer((namespace, time) -> registered.add(time));
            emit(getCurrentKey() + " has " + registered.size());
        }

        @Override
        public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
            emit(timer.getKey() + " at " + timer.getTimestamp() + " of " + getCurrentKey());
        }

        @Override
        public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
            emit(timer.getKey() + " by the clock");
        }

        private void emit(String text) {
            output.collect(new StreamRecord<>(text));
        }
    }

    @Test
    void haveTimersOfKeysThatFireBeforeTheWatermarkGoesOn() {
        Played played =
                keyed(new Timers())
                        .play(new Script().record("a", 1).passMs(200).watermark(11).watermark(12));

        assertThat(played.records()).containsExactly("a has 1", "a by the clock", "a at 11 of a");
    }

    @Test
    void haveNoTimersWithoutKeys() {
        assertThatThrownBy(() -> one(new Timers()).run(List.of("a")))
                .hasMessageContaining("tested")
                .hasMessageContaining("keyBy()");
    }

    /** Is called again and again until the third time. */
    private static final class Ticks extends AbstractStreamOperator<String>
            implements OneInputStreamOperator<String, String> {
        private static final long serialVersionUID = 1L;
        private transient java.util.concurrent.ScheduledFuture<?> calls;
        private transient long begunMs;
        private transient int ticks;

        @Override
        public void open() {
            begunMs = getProcessingTimeService().getCurrentProcessingTime();
            calls = getProcessingTimeService().scheduleAtFixedRate(this::tick, 10, 20);
            getProcessingTimeService()
                    .registerTimer(begunMs + 1_000_000, time -> tick(time))
                    .cancel(false);
        }

        private void tick(long time) {
            output.collect(new StreamRecord<>("after " + (time - begunMs)));
            if (++ticks == 3) {
                calls.cancel(false);
            }
        }

        @Override
        public void processElement(StreamRecord<String> element) {
            output.collect(element);
        }
    }

    @Test
    void areCalledByTheWallClockUntilTheyCancel() {
        assertThat(one(new Ticks()).play(new Script().passMs(55).passMs(2_000_000)).records())
                .containsExactly("after 10", "after 30", "after 50");
    }

    /** Emits what comes, marked with its input, and the ends. */
    private static class Both extends AbstractStreamOperator<String>
            implements TwoInputStreamOperator<String, String, String>, BoundedMultiInput {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement1(StreamRecord<String> element) {
            output.collect(element.replace("1" + element.getValue()));
        }

        @Override
        public void processElement2(StreamRecord<String> element) {
            output.collect(element.replace("2" + element.getValue()));
        }

        @Override
        public void endInput(int inputId) throws Exception {
            output.collect(new StreamRecord<>("end " + inputId));
        }
    }

    @Test
    void ofTwoInputsHaveTheTimeOfTheSlowerOne() {
        Played played =
                two(new Both())
                        .play(
                                new Script()
                                        .record("a", 1)
                                        .watermark(10)
                                        .second("b", 2)
                                        .secondWatermark(5)
                                        .secondWatermark(20));

        assertThat(played.records()).containsExactly("1a", "2b", "end 1", "end 2");
        assertThat(played.timestampsMs()).startsWith(1L, 2L);
        assertThat(played.watermarksMs()).containsExactly(5L, 10L);
    }

    /** Wants all of the first input before the second. */
    private static final class FirstThenSecond extends Both implements InputSelectable {
        private static final long serialVersionUID = 1L;
        private boolean firstEnded;

        @Override
        public void endInput(int inputId) throws Exception {
            super.endInput(inputId);
            firstEnded |= inputId == 1;
        }

        @Override
        public InputSelection nextSelection() {
            return firstEnded ? InputSelection.SECOND : InputSelection.FIRST;
        }
    }

    @Test
    void readTheInputThatTheyWant() {
        assertThat(
                        two(new FirstThenSecond())
                                .play(Script.of("a").second("x").record("b", 1).second("y"))
                                .records())
                .containsExactly("1a", "1b", "end 1", "2x", "2y", "end 2");
    }

    @Test
    void keepWhatWaitsOverCheckpoints() {
        assertThat(
                        two(new FirstThenSecond())
                                .restoring()
                                .play(
                                        Script.of("a")
                                                .second("x")
                                                .secondWatermark(7)
                                                .record("b", 1)
                                                .second("y"))
                                .records())
                .containsExactly("1a", "1b", "end 1", "2x", "2y", "end 2");
    }

    @Test
    void keepWhatWaitsOfKeysOverCheckpoints() {
        OperatorHarness keyed =
                OperatorHarness.ofTwo(
                                new OperatorSpec.CoTransformSpec(
                                        SimpleOperatorFactory.of(new FirstThenSecond()),
                                        BY_SELF,
                                        BY_SELF),
                                Types.STRING,
                                Types.STRING,
                                Types.STRING)
                        .keyedBy(BY_SELF)
                        .secondKeyedBy(BY_SELF)
                        .restoring();

        assertThat(keyed.play(Script.of("a").second("x").record("b", 1).second("y")).records())
                .containsExactly("1a", "1b", "end 1", "2x", "2y", "end 2");
    }

    /** Counts the records of a key by their length, and the keys' visits in a list. */
    private static final class Divided extends AbstractStreamOperator<String>
            implements OneInputStreamOperator<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(StreamRecord<String> element) throws Exception {
            String text = element.getValue();
            ValueState<Long> count =
                    getPartitionedState(
                            text.length(),
                            IntSerializer.INSTANCE,
                            new ValueStateDescriptor<>("count", Types.LONG, 0L));
            count.update(count.value() + 1);
            ListState<String> seen =
                    getOrCreateKeyedState(
                            StringSerializer.INSTANCE,
                            new ListStateDescriptor<>("seen", Types.STRING));
            @SuppressWarnings("unchecked") // as it is asked for
            InternalKvState<String, String, ?> divided = (InternalKvState<String, String, ?>) seen;
            divided.setCurrentNamespace(text.substring(text.length() - 1));
            seen.add(text);
            ValueState<Long> all =
                    getPartitionedState(
                            VoidNamespace.INSTANCE,
                            VoidNamespaceSerializer.INSTANCE,
                            new ValueStateDescriptor<>("all", Types.LONG, 0L));
            all.update(all.value() + 1);
            output.collect(
                    element.replace(
                            text
                                    + " "
                                    + count.value()
                                    + " "
                                    + seen.get()
                                    + " "
                                    + getPartitionedState(
                                                    new ValueStateDescriptor<>(
                                                            "all", Types.LONG, 0L))
                                            .value()));
        }
    }

    @Test
    void divideTheStateOfAKeyByNamespaces() {
        KeySelector<Object, Object> byFirst = value -> ((String) value).substring(0, 1);
        OperatorHarness keyed =
                OperatorHarness.of(
                                new OperatorSpec.TransformSpec(
                                        SimpleOperatorFactory.of(new Divided()), byFirst),
                                Types.STRING,
                                Types.STRING)
                        .keyedBy(byFirst)
                        .restoring();

        assertThat(keyed.run(List.of("ax", "ay", "bx", "axy", "ax")))
                .containsExactly(
                        "ax 1 [ax] 1",
                        "ay 2 [ay] 2",
                        "bx 1 [bx] 1",
                        "axy 1 [ay, axy] 3",
                        "ax 3 [ax, ax] 4");
    }

    @Test
    void haveNoStateInNamespacesWithoutKeys() {
        assertThatThrownBy(() -> one(new Divided()).run(List.of("a")))
                .hasMessageContaining("count")
                .hasMessageContaining("keyBy()");
    }

    /** Wants one record of each input in turn, as long as there are some. */
    private static final class InTurn extends Both implements InputSelectable {
        private static final long serialVersionUID = 1L;
        private final boolean[] ended = new boolean[3];
        private int next = 1;

        @Override
        public void processElement1(StreamRecord<String> element) {
            super.processElement1(element);
            next = ended[2] ? 1 : 2;
        }

        @Override
        public void processElement2(StreamRecord<String> element) {
            super.processElement2(element);
            next = ended[1] ? 2 : 1;
        }

        @Override
        public void endInput(int inputId) {
            ended[inputId] = true;
            next = 3 - inputId;
        }

        @Override
        public InputSelection nextSelection() {
            return next == 1 ? InputSelection.FIRST : InputSelection.SECOND;
        }
    }

    @Test
    void changeTheWantedInputWithinAChunk() {
        assertThat(
                        two(new InTurn())
                                .play(Script.of("a", "b", "c").second("x").second("y").second("z"))
                                .records())
                .containsExactly("1a", "2x", "1b", "2y", "1c", "2z");
    }

    /** Wants the first input even after its end. */
    private static final class Stubborn extends Both implements InputSelectable {
        private static final long serialVersionUID = 1L;

        @Override
        public InputSelection nextSelection() {
            return InputSelection.FIRST;
        }
    }

    @Test
    void cannotWaitForAnInputThatHasEnded() {
        assertThatThrownBy(() -> two(new Stubborn()).play(Script.of("a").second("x")))
                .hasMessageContaining("tested")
                .hasMessageContaining("nextSelection()");
    }
}
