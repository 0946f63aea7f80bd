package io.millrace.runtime.state.user;

import io.millrace.api.state.ValueState;
import io.millrace.api.tuple.Tuple2;
import java.io.IOException;

/** A value of each key that expires; removed when it is met. Confined to the task. */
final class ExpiringValue<T> {
    private final Expiry expiry;
    private final ValueState<Tuple2<Long, T>> state;

    ExpiringValue(Expiry expiry, ValueState<Tuple2<Long, T>> state) {
        this.expiry = expiry;
        this.state = state;
    }

    /** Null if there is none. */
    T read() throws IOException {
        Tuple2<Long, T> held = state.value();
        if (held == null) {
            return null;
        }
        if (expiry.hasExpired(held)) {
            state.clear();
            return expiry.showsExpired() ? held.f1 : null;
        }
        if (expiry.onRead()) {
            state.update(expiry.stamp(held.f1));
        }
        return held.f1;
    }

    /** What is to be changed: never what has expired. */
    T readToChange() throws IOException {
        Tuple2<Long, T> held = state.value();
        return held == null || expiry.hasExpired(held) ? null : held.f1;
    }

    void write(T value) throws IOException {
        if (value == null) {
            state.clear();
        } else {
            state.update(expiry.stamp(value));
        }
    }

    void clear() {
        state.clear();
    }
}
