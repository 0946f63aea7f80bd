package io.millrace.runtime.state.user;

import io.millrace.api.state.ListState;
import io.millrace.api.tuple.Tuple2;
import java.util.ArrayList;
import java.util.List;

/**
 * A list whose elements expire, each for itself; removed when they are met. Confined to the task.
 */
final class ExpiringListState<T> implements ListState<T> {
    private final Expiry expiry;
    private final ListState<Tuple2<Long, T>> state;

    ExpiringListState(Expiry expiry, ListState<Tuple2<Long, T>> state) {
        this.expiry = expiry;
        this.state = state;
    }

    /** A copy; empty if there are none. */
    @Override
    public Iterable<T> get() throws Exception {
        List<T> shown = new ArrayList<>();
        List<Tuple2<Long, T>> kept = new ArrayList<>();
        boolean changed = false;
        Iterable<Tuple2<Long, T>> all = state.get();
        for (Tuple2<Long, T> each : all == null ? List.<Tuple2<Long, T>>of() : all) {
            boolean expired = expiry.hasExpired(each);
            if (!expired || expiry.showsExpired()) {
                shown.add(each.f1);
            }
            if (!expired) {
                kept.add(expiry.onRead() ? expiry.stamp(each.f1) : each);
            }
            changed |= expired || expiry.onRead();
        }
        if (changed) {
            state.update(kept);
        }
        return shown;
    }

    @Override
    public void add(T value) throws Exception {
        state.add(expiry.stamp(value));
    }

    @Override
    public void addAll(List<T> values) throws Exception {
        state.addAll(stamped(values));
    }

    @Override
    public void update(List<T> values) throws Exception {
        state.update(stamped(values));
    }

    private List<Tuple2<Long, T>> stamped(List<T> values) {
        List<Tuple2<Long, T>> stamped = new ArrayList<>(values.size());
        values.forEach(value -> stamped.add(expiry.stamp(value)));
        return stamped;
    }

    @Override
    public void clear() {
        state.clear();
    }
}
