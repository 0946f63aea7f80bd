package io.millrace.api.stream;

import io.millrace.api.function.Collector;
import io.millrace.api.function.Function;
import io.millrace.api.stream.CoGroupedStreams.TaggedUnion;
import io.millrace.api.window.Window;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Gives a function what a window has of each of two streams. Confined to its task. */
final class TwoSidedWindow<T1, T2, OUT, K, W extends Window>
        extends WindowAdapter<TaggedUnion<T1, T2>, OUT, K, W> {
    private static final long serialVersionUID = 1L;

    private final Sides<T1, T2, OUT> sides;

    /** What is done with the two sides of a window, either of which may be empty. */
    @FunctionalInterface
    interface Sides<T1, T2, OUT> extends Serializable {
        void process(List<T1> first, List<T2> second, Collector<OUT> out) throws Exception;
    }

    /**
     * @param function what {@code sides} calls
     */
    TwoSidedWindow(Function function, Sides<T1, T2, OUT> sides) {
        super(function);
        this.sides = sides;
    }

    @Override
    public void process(
            K key, Context context, Iterable<TaggedUnion<T1, T2>> elements, Collector<OUT> out)
            throws Exception {
        List<T1> first = new ArrayList<>();
        List<T2> second = new ArrayList<>();
        for (TaggedUnion<T1, T2> element : elements) {
            if (element.isOne()) {
                first.add(element.getOne());
            } else {
                second.add(element.getTwo());
            }
        }
        sides.process(first, second, out);
    }
}
