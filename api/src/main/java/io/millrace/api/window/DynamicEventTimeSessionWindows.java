package io.millrace.api.window;

import java.util.Collection;
import java.util.Objects;

/**
 * Sessions by event time: each ends when its last record's gap has passed without another record.
 *
 * @param <T> the records
 */
public class DynamicEventTimeSessionWindows<T> extends SessionWindows<T> {
    private static final long serialVersionUID = 1L;

    protected SessionWindowTimeGapExtractor<T> sessionWindowTimeGapExtractor;

    protected DynamicEventTimeSessionWindows(
            SessionWindowTimeGapExtractor<T> sessionWindowTimeGapExtractor) {
        this.sessionWindowTimeGapExtractor = Objects.requireNonNull(sessionWindowTimeGapExtractor);
    }

    public static <T> DynamicEventTimeSessionWindows<T> withDynamicGap(
            SessionWindowTimeGapExtractor<T> sessionWindowTimeGapExtractor) {
        return new DynamicEventTimeSessionWindows<>(sessionWindowTimeGapExtractor);
    }

    /**
     * @throws IllegalArgumentException if the program's function says less than 1 ms
     */
    @Override
    public long gapAfter(T element) {
        return checkGap(sessionWindowTimeGapExtractor.extract(element));
    }

    @Override
    public Collection<TimeWindow> assignWindows(
            T element, long timestamp, WindowAssignerContext context) {
        NoTimestamp.check(timestamp, this);
        return windowsAt(element, timestamp);
    }

    @Override
    @SuppressWarnings("unchecked") // the trigger looks at no record
    public Trigger<T, TimeWindow> getDefaultTrigger() {
        return (Trigger<T, TimeWindow>) (Trigger<?, TimeWindow>) EventTimeTrigger.create();
    }

    @Override
    public boolean isEventTime() {
        return true;
    }

    @Override
    public String toString() {
        return "DynamicEventTimeSessionWindows()";
    }
}
