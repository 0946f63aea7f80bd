package io.millrace.api.accumulator;

import java.util.ArrayList;

/**
 * All values, in no order between subtasks. They must be serializable, and they count against the
 * limit of what a task may accumulate. Not thread-safe.
 */
public class ListAccumulator<T> implements Accumulator<T, ArrayList<T>> {
    private static final long serialVersionUID = 1L;

    private ArrayList<T> values = new ArrayList<>();

    public ListAccumulator() {}

    @Override
    public void add(T value) {
        values.add(value);
    }

    /** The list itself, which goes on changing. */
    @Override
    public ArrayList<T> getLocalValue() {
        return values;
    }

    @Override
    public void resetLocal() {
        values.clear();
    }

    @Override
    public void merge(Accumulator<T, ArrayList<T>> other) {
        values.addAll(other.getLocalValue());
    }

    @Override
    public Accumulator<T, ArrayList<T>> clone() {
        ListAccumulator<T> copy = new ListAccumulator<>();
        copy.values = new ArrayList<>(values);
        return copy;
    }

    @Override
    public String toString() {
        return "ListAccumulator of " + values.size() + " values";
    }
}
