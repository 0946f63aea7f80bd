package io.millrace.runtime.state.user;

import io.millrace.api.state.StateTtlConfig;
import io.millrace.api.state.StateTtlConfig.StateVisibility;
import io.millrace.api.state.StateTtlConfig.UpdateType;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TupleTypeInfo;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.util.function.LongSupplier;

/**
 * When what a state holds has expired. Values carry the time of their last use: they are pairs of
 * that and the value itself, also in checkpoints. Immutable.
 *
 * @param clockMs milliseconds since the epoch
 * @param onRead whether reading is a use
 * @param showsExpired whether a reader sees what has expired and is still there, once
 */
record Expiry(LongSupplier clockMs, long lifetimeMs, boolean onRead, boolean showsExpired) {
    static Expiry of(StateTtlConfig config, LongSupplier clockMs) {
        return new Expiry(
                clockMs,
                config.getTimeToLive().toMillis(),
                config.getUpdateType() == UpdateType.OnReadAndWrite,
                config.getStateVisibility() == StateVisibility.ReturnExpiredIfNotCleanedUp);
    }

    static <T> TypeInformation<Tuple2<Long, T>> stamped(TypeInformation<T> type) {
        return new TupleTypeInfo<>(Types.LONG, type);
    }

    <T> Tuple2<Long, T> stamp(T value) {
        return Tuple2.of(clockMs.getAsLong(), value);
    }

    boolean hasExpired(Tuple2<Long, ?> stamped) {
        return clockMs.getAsLong() - stamped.f0 >= lifetimeMs;
    }
}
