package io.millrace.runtime.operator.window;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.RunningFold;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.TimeWindow;
import java.util.ArrayList;
import java.util.List;

/** Functions whose results say all that went into them. */
final class TestFunctions {
    private TestFunctions() {}

    /**
     * Adds up ids, which are different powers or primes: a record that is lost or doubled shows.
     */
    static final class SumIds implements ReduceFunction<Event> {
        private static final long serialVersionUID = 1L;

        @Override
        public Event reduce(Event a, Event b) {
            return new Event(a.key(), a.id() + b.id(), 1);
        }
    }

    /** The same in place, as the API's own sums. */
    static final class SumInPlace implements RunningFold<Event> {
        private static final long serialVersionUID = 1L;

        @Override
        public Event reduce(Event a, Event b) {
            return new Event(a.key(), a.id() + b.id(), 1);
        }

        @Override
        public Object begin(Event first) {
            return new Object[] {first, first.id()};
        }

        @Override
        public void add(Object state, Event record) {
            Object[] sum = (Object[]) state;
            sum[1] = (Long) sum[1] + record.id();
        }

        @Override
        public Event base(Object state) {
            return (Event) ((Object[]) state)[0];
        }

        @Override
        public Event result(Object state, Event base, boolean owned) {
            return new Event(base.key(), (Long) ((Object[]) state)[1], 1);
        }
    }

    /** A sum that changes in place. */
    static final class Sum {
        public String key;
        public long ids;
        public int count;
    }

    /** Adds up ids in accumulators that change in place, and merges into its first argument. */
    static final class SumUp implements AggregateFunction<Event, Sum, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public Sum createAccumulator() {
            return new Sum();
        }

        @Override
        public Sum add(Event event, Sum sum) {
            sum.key = event.key();
            sum.ids += event.id();
            sum.count++;
            return sum;
        }

        @Override
        public String getResult(Sum sum) {
            return sum.key + " " + sum.ids + " of " + sum.count;
        }

        @Override
        public Sum merge(Sum a, Sum b) {
            a.key = a.key == null ? b.key : a.key;
            a.ids += b.ids;
            a.count += b.count;
            return a;
        }
    }

    /** The same, with a merge that nobody has written. */
    static class NeverMerged implements AggregateFunction<Event, Sum, String> {
        private static final long serialVersionUID = 1L;

        private final SumUp inner = new SumUp();

        @Override
        public Sum createAccumulator() {
            return inner.createAccumulator();
        }

        @Override
        public Sum add(Event event, Sum sum) {
            return inner.add(event, sum);
        }

        @Override
        public String getResult(Sum sum) {
            return inner.getResult(sum);
        }

        @Override
        public Sum merge(Sum a, Sum b) {
            return null;
        }
    }

    /** Shows a window and its records, which are strings or events. */
    static final class Show extends ProcessWindowFunction<Object, String, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                String key, Context context, Iterable<Object> elements, Collector<String> out) {
            List<String> shown = new ArrayList<>();
            for (Object element : elements) {
                shown.add(
                        element instanceof Event event
                                ? Long.toString(event.id())
                                : element.toString());
            }
            shown.sort(null);
            TimeWindow window = context.window();
            out.collect(
                    key
                            + " ["
                            + window.getStart()
                            + ","
                            + window.getEnd()
                            + ") "
                            + shown
                            + " at "
                            + context.currentWatermark());
        }
    }
}
