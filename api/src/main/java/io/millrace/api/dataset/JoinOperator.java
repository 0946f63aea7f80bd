package io.millrace.api.dataset;

import io.millrace.api.bounded.Bounded;
import io.millrace.api.bounded.KeyedJoin;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.FlatJoinFunction;
import io.millrace.api.function.JoinFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;

/**
 * What is made of the pairs of two data sets that have the same key. Not thread-safe.
 *
 * @param <L> records of the first one
 * @param <R> records of the second one
 * @param <OUT> records
 */
public abstract class JoinOperator<L, R, OUT> extends Operator<OUT, JoinOperator<L, R, OUT>> {
    JoinOperator(ExecutionEnvironment env, SingleOutputStreamOperator<OUT> operator) {
        super(env, operator);
    }

    /** Two data sets whose keys are to be said. Immutable. */
    public static final class JoinOperatorSets<L, R> {
        private final DataSet<L> first;
        private final DataSet<R> second;

        JoinOperatorSets(DataSet<L> first, DataSet<R> second) {
            this.first = first;
            this.second = second;
        }

        /** Fields of the first one's tuples, from 0. */
        public JoinOperatorSetsPredicate where(int... fields) {
            return new JoinOperatorSetsPredicate(JoinKey.of(first.stream(), fields));
        }

        public JoinOperatorSetsPredicate where(String... fields) {
            return new JoinOperatorSetsPredicate(JoinKey.of(first.stream(), fields));
        }

        public <K> JoinOperatorSetsPredicate where(KeySelector<L, K> keySelector) {
            return new JoinOperatorSetsPredicate(JoinKey.of(keySelector, first.getType()));
        }

        /** Two data sets with the key of the first one. Immutable. */
        public final class JoinOperatorSetsPredicate {
            private final JoinKey<L> firstKey;

            private JoinOperatorSetsPredicate(JoinKey<L> firstKey) {
                this.firstKey = firstKey;
            }

            /**
             * Fields of the second one's tuples, from 0.
             *
             * @throws MillraceException {@code PROGRAM_INVALID} if they are of other types than
             *     those of the first one
             */
            public DefaultJoin<L, R> equalTo(int... fields) {
                return join(JoinKey.of(second.stream(), fields));
            }

            public DefaultJoin<L, R> equalTo(String... fields) {
                return join(JoinKey.of(second.stream(), fields));
            }

            public <K> DefaultJoin<L, R> equalTo(KeySelector<R, K> keySelector) {
                return join(JoinKey.of(keySelector, second.getType()));
            }

            private DefaultJoin<L, R> join(JoinKey<R> secondKey) {
                if (!firstKey.canEqual(secondKey)) {
                    throw new MillraceException(
                            ErrorCode.PROGRAM_INVALID,
                            "the keys of a join are of one type, but where() gives "
                                    + firstKey.type().getSimpleName()
                                    + " and equalTo() gives "
                                    + secondKey.type().getSimpleName()
                                    + ", so that no records would have the same key. Name fields of"
                                    + " the same types, or use key selectors.");
                }
                return new DefaultJoin<>(
                        first,
                        second,
                        Bounded.of(first.stream())
                                .join(second.stream())
                                .where(firstKey.selector())
                                .equalTo(secondKey.selector()));
            }
        }
    }

    /** What a function makes of the pairs. Not thread-safe. */
    public static class EquiJoin<L, R, OUT> extends JoinOperator<L, R, OUT> {
        EquiJoin(ExecutionEnvironment env, SingleOutputStreamOperator<OUT> operator) {
            super(env, operator);
        }
    }

    /** The pairs themselves, or what a function makes of them. Not thread-safe. */
    public static final class DefaultJoin<L, R> extends EquiJoin<L, R, Tuple2<L, R>> {
        private final KeyedJoin<L, R> join;

        private DefaultJoin(DataSet<L> first, DataSet<R> second, KeyedJoin<L, R> join) {
            super(
                    first.getExecutionEnvironment(),
                    join.with(new Pair<>(), pairOf(first.getType(), second.getType())));
            this.join = join;
        }

        /** Null if it is to be found from the records. */
        private static <L, R> TypeInformation<Tuple2<L, R>> pairOf(
                TypeInformation<L> first, TypeInformation<R> second) {
            return first == null || second == null ? null : Types.TUPLE(first, second);
        }

        /** Calls the function with each pair. */
        public <OUT> EquiJoin<L, R, OUT> with(JoinFunction<L, R, OUT> function) {
            return new EquiJoin<>(getExecutionEnvironment(), join.with(function));
        }

        public <OUT> EquiJoin<L, R, OUT> with(FlatJoinFunction<L, R, OUT> function) {
            return new EquiJoin<>(getExecutionEnvironment(), join.with(function));
        }
    }

    private static final class Pair<L, R> implements JoinFunction<L, R, Tuple2<L, R>> {
        private static final long serialVersionUID = 1L;

        @Override
        public Tuple2<L, R> join(L first, R second) {
            return Tuple2.of(first, second);
        }
    }
}
