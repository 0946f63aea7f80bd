package io.millrace.api.stream;

import io.millrace.api.function.Function;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapFunction;
import io.millrace.api.stream.CoGroupedStreams.TaggedUnion;
import io.millrace.api.type.GenericTypeInfo;
import io.millrace.api.type.PojoField;
import io.millrace.api.type.PojoTypeInfo;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Two streams whose records of one key meet in windows, and what has been said of those. Immutable.
 *
 * @param keyType null if it is erased
 * @param trigger null for the assigner's own
 * @param evictor null if all records stay
 * @param allowedLateness null for none
 */
record WindowPair<T1, T2, KEY, W extends Window>(
        DataStream<T1> input1,
        DataStream<T2> input2,
        KeySelector<T1, KEY> keySelector1,
        KeySelector<T2, KEY> keySelector2,
        TypeInformation<KEY> keyType,
        WindowAssigner<? super TaggedUnion<T1, T2>, W> windowAssigner,
        Trigger<? super TaggedUnion<T1, T2>, ? super W> trigger,
        Evictor<? super TaggedUnion<T1, T2>, ? super W> evictor,
        Duration allowedLateness) {
    WindowPair {
        Objects.requireNonNull(windowAssigner);
    }

    WindowPair<T1, T2, KEY, W> with(Trigger<? super TaggedUnion<T1, T2>, ? super W> wanted) {
        return new WindowPair<>(
                input1,
                input2,
                keySelector1,
                keySelector2,
                keyType,
                windowAssigner,
                wanted,
                evictor,
                allowedLateness);
    }

    WindowPair<T1, T2, KEY, W> with(Evictor<? super TaggedUnion<T1, T2>, ? super W> wanted) {
        return new WindowPair<>(
                input1,
                input2,
                keySelector1,
                keySelector2,
                keyType,
                windowAssigner,
                trigger,
                wanted,
                allowedLateness);
    }

    WindowPair<T1, T2, KEY, W> with(Duration wanted) {
        return new WindowPair<>(
                input1,
                input2,
                keySelector1,
                keySelector2,
                keyType,
                windowAssigner,
                trigger,
                evictor,
                wanted);
    }

    /**
     * One stream of both, tagged, keyed and windowed.
     *
     * @param function what {@code sides} calls
     */
    <R> SingleOutputStreamOperator<R> apply(
            Function function,
            TwoSidedWindow.Sides<T1, T2, R> sides,
            TypeInformation<R> resultType) {
        TypeInformation<TaggedUnion<T1, T2>> type = unionType();
        WindowedStream<TaggedUnion<T1, T2>, KEY, W> windows =
                tagged(input1, TaggedUnion::one, type)
                        .union(tagged(input2, TaggedUnion::two, type))
                        .keyBy(new UnionKey<>(keySelector1, keySelector2), keyType)
                        .window(windowAssigner);
        if (trigger != null) {
            windows.trigger(trigger);
        }
        if (evictor != null) {
            windows.evictor(evictor);
        }
        if (allowedLateness != null) {
            windows.allowedLateness(allowedLateness);
        }
        return windows.process(new TwoSidedWindow<>(function, sides), resultType);
    }

    /** Next to the operator that the records come from, if that is one. */
    private static <T, U> DataStream<U> tagged(
            DataStream<T> input, MapFunction<T, U> tag, TypeInformation<U> type) {
        SingleOutputStreamOperator<U> result = input.map(tag, type).name("Tag");
        result.draft().parallelism = input.branches.get(0).source().parallelism;
        return result;
    }

    @SuppressWarnings("unchecked")
    private TypeInformation<TaggedUnion<T1, T2>> unionType() {
        return new PojoTypeInfo<>(
                (Class<TaggedUnion<T1, T2>>) (Class<?>) TaggedUnion.class,
                List.of(field("one", input1.getType()), field("two", input2.getType())));
    }

    private static PojoField field(String name, TypeInformation<?> type) {
        try {
            return new PojoField(
                    TaggedUnion.class.getField(name),
                    type == null ? new GenericTypeInfo<>(Object.class) : type);
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * The type of the keys of both streams.
     *
     * @param first null if it is to be found from the keys, as the second
     * @throws IllegalArgumentException if they differ
     */
    static <KEY> TypeInformation<KEY> commonKeyType(
            TypeInformation<KEY> first, TypeInformation<KEY> second) {
        if (first != null && second != null && !first.equals(second)) {
            throw new IllegalArgumentException(
                    "The keys of the two streams have different types: "
                            + first
                            + " and "
                            + second
                            + ".");
        }
        return first == null ? second : first;
    }
}
