package io.millrace.runtime.testing;

import io.millrace.runtime.chunk.RecordChunk;
import java.util.ArrayList;
import java.util.List;

/** What happens to an operator under test, step by step. Confined to the test. */
public final class Script {
    private final List<Step> steps = new ArrayList<>();

    /** One thing that happens. */
    sealed interface Step {
        /** A record comes on an input. */
        record Record(int input, Object value, long timestampMs) implements Step {}

        /** Time of an input has come so far. */
        record Watermark(int input, long timestampMs) implements Step {}

        /** An input is idle. */
        record Idle(int input) implements Step {}

        /** The wall clock goes on. */
        record Pass(long ms) implements Step {}

        /** Somebody sets the wall clock back. */
        record SetBack(long ms) implements Step {}
    }

    public static Script of(Object... records) {
        Script script = new Script();
        for (Object record : records) {
            script.record(record);
        }
        return script;
    }

    public Script record(Object value) {
        return record(value, RecordChunk.NO_TIMESTAMP);
    }

    public Script record(Object value, long timestampMs) {
        steps.add(new Step.Record(0, value, timestampMs));
        return this;
    }

    /** On any input, from 0. */
    public Script record(int input, Object value, long timestampMs) {
        steps.add(new Step.Record(input, value, timestampMs));
        return this;
    }

    /** On any input, from 0. */
    public Script watermark(int input, long timestampMs) {
        steps.add(new Step.Watermark(input, timestampMs));
        return this;
    }

    /** On any input, from 0. */
    public Script idle(int input) {
        steps.add(new Step.Idle(input));
        return this;
    }

    /** On the second input. */
    public Script second(Object value) {
        return second(value, RecordChunk.NO_TIMESTAMP);
    }

    /** On the second input. */
    public Script second(Object value, long timestampMs) {
        steps.add(new Step.Record(1, value, timestampMs));
        return this;
    }

    /** On the first input. */
    public Script watermark(long timestampMs) {
        steps.add(new Step.Watermark(0, timestampMs));
        return this;
    }

    public Script secondWatermark(long timestampMs) {
        steps.add(new Step.Watermark(1, timestampMs));
        return this;
    }

    public Script secondIdle() {
        steps.add(new Step.Idle(1));
        return this;
    }

    public Script passMs(long ms) {
        steps.add(new Step.Pass(ms));
        return this;
    }

    /** The wall clock is set back; time that was measured goes on. */
    public Script setBackMs(long ms) {
        steps.add(new Step.SetBack(ms));
        return this;
    }

    List<Step> steps() {
        return steps;
    }
}
