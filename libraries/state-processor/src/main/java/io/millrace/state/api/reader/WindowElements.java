package io.millrace.state.api.reader;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.state.TableSpec.Shape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How the contents of a window lie in a savepoint, and what a reader is shown of them. Immutable.
 *
 * @param <IN> what a reader is shown
 */
public final class WindowElements<IN> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Shape shape;
    private final TypeInformation<?> type;
    private final Shown<IN> shown;

    /** What is shown of contents. */
    private interface Shown<IN> extends Serializable {
        /**
         * @param contents a value, or the elements of a list
         */
        Iterable<IN> of(Object contents) throws Exception;
    }

    private WindowElements(Shape shape, TypeInformation<?> type, Shown<IN> shown) {
        this.shape = shape;
        this.type = type;
        this.shown = shown;
    }

    /** One record, the fold of all. */
    public static <T> WindowElements<T> reduced(TypeInformation<T> type) {
        return new WindowElements<>(Shape.VALUE, type, contents -> List.of(as(contents)));
    }

    /** An accumulator, of which the result is shown. */
    public static <ACC, R> WindowElements<R> aggregated(
            AggregateFunction<?, ACC, R> function, TypeInformation<ACC> type) {
        return new WindowElements<>(
                Shape.VALUE, type, contents -> List.of(function.getResult(as(contents))));
    }

    /** All records. */
    public static <T> WindowElements<T> collected(TypeInformation<T> type) {
        return new WindowElements<>(Shape.LIST, type, WindowElements::as);
    }

    /** All records, each with its time, as evictors want them. */
    public static <T> WindowElements<T> stamped(TypeInformation<T> type) {
        return new WindowElements<>(
                Shape.LIST, Types.TUPLE(Types.LONG, type), WindowElements::unstamped);
    }

    /** The same, of which the fold is shown. */
    public static <T> WindowElements<T> stampedAndReduced(
            ReduceFunction<T> function, TypeInformation<T> type) {
        return new WindowElements<>(
                Shape.LIST,
                Types.TUPLE(Types.LONG, type),
                contents -> {
                    T all = null;
                    for (T each : WindowElements.<T>unstamped(contents)) {
                        all = all == null ? each : function.reduce(all, each);
                    }
                    return List.of(all);
                });
    }

    /** The same, of which the result is shown. */
    public static <T, ACC, R> WindowElements<R> stampedAndAggregated(
            AggregateFunction<T, ACC, R> function, TypeInformation<T> type) {
        return new WindowElements<>(
                Shape.LIST,
                Types.TUPLE(Types.LONG, type),
                contents -> {
                    ACC all = function.createAccumulator();
                    for (T each : WindowElements.<T>unstamped(contents)) {
                        all = function.add(each, all);
                    }
                    return List.of(function.getResult(all));
                });
    }

    private static <T> List<T> unstamped(Object contents) {
        List<T> records = new ArrayList<>();
        for (Tuple2<Long, T> pair : WindowElements.<List<Tuple2<Long, T>>>as(contents)) {
            records.add(pair.f1);
        }
        return records;
    }

    @SuppressWarnings("unchecked") // the program knows the types of its windows
    private static <T> T as(Object contents) {
        return (T) contents;
    }

    Shape shape() {
        return shape;
    }

    /** Of the value, or of an element of the list. */
    TypeInformation<?> type() {
        return type;
    }

    Iterable<IN> of(Object contents) throws Exception {
        return shown.of(contents);
    }
}
