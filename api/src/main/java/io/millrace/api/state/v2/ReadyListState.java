package io.millrace.api.state.v2;

import java.util.ArrayList;
import java.util.List;

/** A list over one without futures. Confined to the task. */
final class ReadyListState<T> extends ReadyState<io.millrace.api.state.ListState<T>>
        implements ListState<T> {
    ReadyListState(io.millrace.api.state.ListState<T> state) {
        super(state);
    }

    @Override
    public Iterable<T> get() {
        return call(io.millrace.api.state.ListState::get);
    }

    @Override
    public void add(T value) {
        run(state -> state.add(value));
    }

    @Override
    public void update(List<T> values) {
        run(state -> state.update(values));
    }

    @Override
    public void addAll(List<T> values) {
        run(state -> state.addAll(values));
    }

    /** Over a copy: what is hung onto it may change the list. */
    @Override
    public StateFuture<StateIterator<T>> asyncGet() {
        List<T> elements = new ArrayList<>();
        Iterable<T> held = get();
        if (held != null) {
            held.forEach(elements::add);
        }
        return new ReadyFuture<>(new ReadyIterator<>(elements));
    }

    @Override
    public StateFuture<Void> asyncAdd(T value) {
        add(value);
        return ReadyFuture.done();
    }

    @Override
    public StateFuture<Void> asyncUpdate(List<T> values) {
        update(values);
        return ReadyFuture.done();
    }

    @Override
    public StateFuture<Void> asyncAddAll(List<T> values) {
        addAll(values);
        return ReadyFuture.done();
    }
}
