package io.millrace.api.stream;

import io.millrace.api.function.FlatJoinFunction;
import io.millrace.api.function.JoinFunction;
import io.millrace.api.type.TypeInformation;

/**
 * What the result was declared as in older programs, so that those which are compiled still find
 * it.
 */
abstract class JoinedWindow<T1, T2> {
    public abstract <T> DataStream<T> apply(JoinFunction<T1, T2, T> function);

    public abstract <T> DataStream<T> apply(
            JoinFunction<T1, T2, T> function, TypeInformation<T> resultType);

    public abstract <T> DataStream<T> apply(FlatJoinFunction<T1, T2, T> function);

    public abstract <T> DataStream<T> apply(
            FlatJoinFunction<T1, T2, T> function, TypeInformation<T> resultType);
}
