package io.millrace.api.stream;

import io.millrace.api.function.CoGroupFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.time.Time;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import java.time.Duration;
import java.util.Objects;

/**
 * Two streams that are grouped together: all records of one key that are in one window.
 *
 * <pre>{@code
 * one.coGroup(two)
 *     .where(keyOfOne)
 *     .equalTo(keyOfTwo)
 *     .window(TumblingEventTimeWindows.of(Duration.ofSeconds(5)))
 *     .apply(function);
 * }</pre>
 *
 * <p>Not thread-safe.
 *
 * @param <T1> records of the first stream
 * @param <T2> records of the second stream
 */
public class CoGroupedStreams<T1, T2> {
    private final DataStream<T1> input1;
    private final DataStream<T2> input2;

    public CoGroupedStreams(DataStream<T1> input1, DataStream<T2> input2) {
        this.input1 = Objects.requireNonNull(input1);
        this.input2 = Objects.requireNonNull(input2);
    }

    /** The key of the first stream's records. */
    public <KEY> Where<KEY> where(KeySelector<T1, KEY> keySelector) {
        return where(
                keySelector,
                TypeExtractor.resultOf(keySelector, KeySelector.class, 1, 0, input1.getType()));
    }

    /**
     * @param keyType null if it is to be found from the keys
     */
    public <KEY> Where<KEY> where(KeySelector<T1, KEY> keySelector, TypeInformation<KEY> keyType) {
        return new Where<>(keySelector, keyType);
    }

    /** The streams with the key of the first one. */
    public class Where<KEY> {
        private final KeySelector<T1, KEY> keySelector1;
        private final TypeInformation<KEY> keyType;

        private Where(KeySelector<T1, KEY> keySelector1, TypeInformation<KEY> keyType) {
            this.keySelector1 = Objects.requireNonNull(keySelector1);
            this.keyType = keyType;
        }

        /** The key of the second stream's records. */
        public EqualTo equalTo(KeySelector<T2, KEY> keySelector) {
            return equalTo(
                    keySelector,
                    TypeExtractor.resultOf(keySelector, KeySelector.class, 1, 0, input2.getType()));
        }

        /**
         * @param otherKeyType null if it is to be found from the keys
         * @throws IllegalArgumentException if the first stream has keys of another type
         */
        public EqualTo equalTo(
                KeySelector<T2, KEY> keySelector, TypeInformation<KEY> otherKeyType) {
            return new EqualTo(keySelector, WindowPair.commonKeyType(keyType, otherKeyType));
        }

        /** The streams with the keys of both. */
        public class EqualTo {
            private final KeySelector<T2, KEY> keySelector2;
            private final TypeInformation<KEY> commonType;

            private EqualTo(KeySelector<T2, KEY> keySelector2, TypeInformation<KEY> commonType) {
                this.keySelector2 = Objects.requireNonNull(keySelector2);
                this.commonType = commonType;
            }

            public <W extends Window> WithWindow<T1, T2, KEY, W> window(
                    WindowAssigner<? super TaggedUnion<T1, T2>, W> assigner) {
                return new WithWindow<>(
                        new WindowPair<>(
                                input1,
                                input2,
                                keySelector1,
                                keySelector2,
                                commonType,
                                assigner,
                                null,
                                null,
                                null));
            }
        }
    }

    /** The streams with keys and windows. Immutable: each method gives another. */
    public static class WithWindow<T1, T2, KEY, W extends Window> extends CoGroupedWindow<T1, T2> {
        private final WindowPair<T1, T2, KEY, W> pair;

        WithWindow(WindowPair<T1, T2, KEY, W> pair) {
            this.pair = pair;
        }

        /**
         * @param trigger null for the assigner's own
         * @param evictor null if all records stay
         * @param allowedLateness null for none
         */
        protected WithWindow(
                DataStream<T1> input1,
                DataStream<T2> input2,
                KeySelector<T1, KEY> keySelector1,
                KeySelector<T2, KEY> keySelector2,
                TypeInformation<KEY> keyType,
                WindowAssigner<? super TaggedUnion<T1, T2>, W> windowAssigner,
                Trigger<? super TaggedUnion<T1, T2>, ? super W> trigger,
                Evictor<? super TaggedUnion<T1, T2>, ? super W> evictor,
                Duration allowedLateness) {
            this(
                    new WindowPair<>(
                            input1,
                            input2,
                            keySelector1,
                            keySelector2,
                            keyType,
                            windowAssigner,
                            trigger,
                            evictor,
                            allowedLateness));
        }

        /**
         * @deprecated use the constructor with a {@link Duration}
         */
        @Deprecated
        protected WithWindow(
                DataStream<T1> input1,
                DataStream<T2> input2,
                KeySelector<T1, KEY> keySelector1,
                KeySelector<T2, KEY> keySelector2,
                TypeInformation<KEY> keyType,
                WindowAssigner<? super TaggedUnion<T1, T2>, W> windowAssigner,
                Trigger<? super TaggedUnion<T1, T2>, ? super W> trigger,
                Evictor<? super TaggedUnion<T1, T2>, ? super W> evictor,
                Time allowedLateness) {
            this(
                    input1,
                    input2,
                    keySelector1,
                    keySelector2,
                    keyType,
                    windowAssigner,
                    trigger,
                    evictor,
                    Time.toDuration(allowedLateness));
        }

        /** Says when windows fire, in place of the assigner's own trigger. */
        public WithWindow<T1, T2, KEY, W> trigger(
                Trigger<? super TaggedUnion<T1, T2>, ? super W> newTrigger) {
            return new WithWindow<>(pair.with(newTrigger));
        }

        /** Takes records out of windows before or after their function has seen them. */
        public WithWindow<T1, T2, KEY, W> evictor(
                Evictor<? super TaggedUnion<T1, T2>, ? super W> newEvictor) {
            return new WithWindow<>(pair.with(newEvictor));
        }

        /** See {@link WindowedStream#allowedLateness(Duration)}. */
        public WithWindow<T1, T2, KEY, W> allowedLateness(Duration newLateness) {
            return new WithWindow<>(pair.with(newLateness));
        }

        /**
         * @deprecated use {@link #allowedLateness(Duration)}
         */
        @Deprecated
        public WithWindow<T1, T2, KEY, W> allowedLateness(Time newLateness) {
            return allowedLateness(Time.toDuration(newLateness));
        }

        /** Calls the function with what each window has of both streams when it fires. */
        @Override
        public <T> SingleOutputStreamOperator<T> apply(CoGroupFunction<T1, T2, T> function) {
            return apply(
                    function,
                    TypeExtractor.resultOf(
                            function,
                            CoGroupFunction.class,
                            2,
                            0,
                            pair.input1().getType(),
                            1,
                            pair.input2().getType()));
        }

        @Override
        public <T> SingleOutputStreamOperator<T> apply(
                CoGroupFunction<T1, T2, T> function, TypeInformation<T> resultType) {
            return pair.apply(
                    function,
                    (first, second, out) -> function.coGroup(first, second, out),
                    resultType);
        }

        /**
         * @deprecated use {@link #apply(CoGroupFunction)}
         */
        @Deprecated
        public <T> SingleOutputStreamOperator<T> with(CoGroupFunction<T1, T2, T> function) {
            return apply(function);
        }

        /**
         * @deprecated use {@link #apply(CoGroupFunction, TypeInformation)}
         */
        @Deprecated
        public <T> SingleOutputStreamOperator<T> with(
                CoGroupFunction<T1, T2, T> function, TypeInformation<T> resultType) {
            return apply(function, resultType);
        }
    }

    /**
     * A record of either of two streams. Immutable.
     *
     * @param <T1> records of the first stream
     * @param <T2> records of the second stream
     */
    public static class TaggedUnion<T1, T2> {
        // Public, and not final, for the serializer only.
        public T1 one;
        public T2 two;

        public TaggedUnion() {}

        private TaggedUnion(T1 one, T2 two) {
            this.one = one;
            this.two = two;
        }

        public static <T1, T2> TaggedUnion<T1, T2> one(T1 one) {
            return new TaggedUnion<>(Objects.requireNonNull(one), null);
        }

        public static <T1, T2> TaggedUnion<T1, T2> two(T2 two) {
            return new TaggedUnion<>(null, Objects.requireNonNull(two));
        }

        public boolean isOne() {
            return one != null;
        }

        public boolean isTwo() {
            return two != null;
        }

        /** Null if the record is of the second stream. */
        public T1 getOne() {
            return one;
        }

        /** Null if the record is of the first stream. */
        public T2 getTwo() {
            return two;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof TaggedUnion<?, ?> that
                    && Objects.equals(one, that.one)
                    && Objects.equals(two, that.two);
        }

        @Override
        public int hashCode() {
            return Objects.hash(one, two);
        }

        @Override
        public String toString() {
            return isOne() ? "One(" + one + ")" : "Two(" + two + ")";
        }
    }
}
