package io.millrace.api.stream;

import io.millrace.api.function.FlatJoinFunction;
import io.millrace.api.function.JoinFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.stream.CoGroupedStreams.TaggedUnion;
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
 * Two streams that are joined: each pair of records of one key that are in one window.
 *
 * <pre>{@code
 * one.join(two)
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
public class JoinedStreams<T1, T2> {
    private final DataStream<T1> input1;
    private final DataStream<T2> input2;

    public JoinedStreams(DataStream<T1> input1, DataStream<T2> input2) {
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
    public static class WithWindow<T1, T2, KEY, W extends Window> extends JoinedWindow<T1, T2> {
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

        /** Makes a record of each pair when its window fires. */
        @Override
        public <T> SingleOutputStreamOperator<T> apply(JoinFunction<T1, T2, T> function) {
            return apply(
                    function,
                    TypeExtractor.resultOf(
                            function,
                            JoinFunction.class,
                            2,
                            0,
                            pair.input1().getType(),
                            1,
                            pair.input2().getType()));
        }

        @Override
        public <T> SingleOutputStreamOperator<T> apply(
                JoinFunction<T1, T2, T> function, TypeInformation<T> resultType) {
            return pair.apply(
                    function,
                    (first, second, out) -> {
                        for (T1 left : first) {
                            for (T2 right : second) {
                                out.collect(function.join(left, right));
                            }
                        }
                    },
                    resultType);
        }

        /**
         * @deprecated use {@link #apply(JoinFunction)}
         */
        @Deprecated
        public <T> SingleOutputStreamOperator<T> with(JoinFunction<T1, T2, T> function) {
            return apply(function);
        }

        /**
         * @deprecated use {@link #apply(JoinFunction, TypeInformation)}
         */
        @Deprecated
        public <T> SingleOutputStreamOperator<T> with(
                JoinFunction<T1, T2, T> function, TypeInformation<T> resultType) {
            return apply(function, resultType);
        }

        /** Makes any number of records of each pair when its window fires. */
        @Override
        public <T> SingleOutputStreamOperator<T> apply(FlatJoinFunction<T1, T2, T> function) {
            return apply(
                    function,
                    TypeExtractor.resultOf(
                            function,
                            FlatJoinFunction.class,
                            2,
                            0,
                            pair.input1().getType(),
                            1,
                            pair.input2().getType()));
        }

        @Override
        public <T> SingleOutputStreamOperator<T> apply(
                FlatJoinFunction<T1, T2, T> function, TypeInformation<T> resultType) {
            return pair.apply(
                    function,
                    (first, second, out) -> {
                        for (T1 left : first) {
                            for (T2 right : second) {
                                function.join(left, right, out);
                            }
                        }
                    },
                    resultType);
        }

        /**
         * @deprecated use {@link #apply(FlatJoinFunction)}
         */
        @Deprecated
        public <T> SingleOutputStreamOperator<T> with(FlatJoinFunction<T1, T2, T> function) {
            return apply(function);
        }

        /**
         * @deprecated use {@link #apply(FlatJoinFunction, TypeInformation)}
         */
        @Deprecated
        public <T> SingleOutputStreamOperator<T> with(
                FlatJoinFunction<T1, T2, T> function, TypeInformation<T> resultType) {
            return apply(function, resultType);
        }
    }
}
